"""A pupil of the crowd, made of nothing but a seed, a school year and an index."""

from __future__ import annotations

from calendar import isleap
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from mock_idp.domain.insz import Number
from mock_idp.domain.population.situations import Situation

if TYPE_CHECKING:
    from mock_idp.domain.discimus import Group, School, Sex
    from mock_idp.domain.population.identifiers import Uuids
    from mock_idp.domain.population.layout import Layout
    from mock_idp.domain.population.names import Names
    from mock_idp.domain.population.sketch import Sketch

EMAIL_DOMAIN: Final = "leerling.example"
LEAP_YEAR: Final = 2024
LEAP_DAY: Final = 59
BIRTHDAYS: Final = tuple(
    (f"{day.day:02}", f"{day.month:02}") for day in (date(LEAP_YEAR, 1, 1) + timedelta(days=n) for n in range(366))
)
FROM_BEFORE: Final = 30_000
FROM_AFTER: Final = 60_000
"""In the sequence of a school stand its own pupils, then who left it for the next school, then who comes from the next
as to a second school: three parts that never meet, so that a stamnummer is unique in its school."""

NOT_IDENTIFIED: Final = Situation.NOT_IDENTIFIED  # names of their own: an enum is slow to give its members
TWO_ACCOUNTS: Final = Situation.TWO_ACCOUNTS
TWO_SCHOOLS: Final = Situation.TWO_SCHOOLS
BIS_NUMBER: Final = Situation.BIS_NUMBER
NO_EMAIL: Final = Situation.NO_EMAIL
RRN: Final = Number.RRN
BIS: Final = Number.BIS
NO_NUMBER: Final = Number.NONE


class Pupil(NamedTuple):
    """A pupil as the registers know them at the end of the school year; the dates say what changes during it.

    `number` is a kind: there is no national number. `school` is where the pupil goes, or went until `left_on`;
    `moved_from` where they went until `moved_on`; `second_school` where they go as well. The name of a `grade` means
    something in its hoofdstructuur (that of `group`) only.
    """

    index: int  # type: ignore[assignment]  # hides tuple.index, which nobody asks of a pupil
    given_name: str
    family_name: str
    birth_day: str
    birth_month: str
    birth_year: str
    sex: Sex
    number: Number
    email: str | None
    school: School
    moved_from: School | None
    second_school: School | None
    grade: str
    group: Group
    stamnummer: str
    user_name: str
    second_user_name: str | None
    account_uuid: str
    leer_id_uuid: str | None
    identified_on: date | None
    moved_on: date | None
    left_on: date | None
    situations: tuple[Situation, ...]

    @property
    def full_name(self) -> str:
        """The name as a reader expects it."""
        return f"{self.given_name} {self.family_name}"

    @property
    def user_names(self) -> tuple[str, ...]:
        """Every user name of the pupil, the first one first."""
        return (self.user_name,) if self.second_user_name is None else (self.user_name, self.second_user_name)


class Portraits:
    """Makes pupils of sketches: gives them names and identifiers."""

    def __init__(self, *, school_year: int, names: Names, uuids: Uuids, layout: Layout) -> None:
        self._year = school_year
        self._names, self._uuids, self._layout = names, uuids, layout

    def of(self, sketch: Sketch) -> Pupil:
        """Return the pupil of a sketch."""
        index, place, order, grade, years, track, age, birthday, situations, identified_on, moved_on, left_on = sketch
        identity, _, contact = situations
        names, places = self._names, self._layout.places
        named = names.of(index)
        given, family, _ = named
        user_name = names.user_name(named)
        birth_year = self._year - age
        day, month = BIRTHDAYS[birthday if birthday != LEAP_DAY or isleap(birth_year) else LEAP_DAY + 1]
        is_temporary = identity is NOT_IDENTIFIED
        return Pupil(
            index,
            names.given[given],
            names.family[family],
            day,
            month,
            str(birth_year),
            names.sexes[given],
            NO_NUMBER if is_temporary else BIS if identity is BIS_NUMBER else RRN,
            None if contact is NO_EMAIL else f"{user_name}@{EMAIL_DOMAIN}",
            place.school,
            places[place.before].school if moved_on else None,
            places[place.after].school if identity is TWO_SCHOOLS else None,
            grade.name,
            grade.group(track),
            stamnummer(self._year if moved_on else self._year - years, order),
            user_name,
            names.user_name(named, 1) if identity is TWO_ACCOUNTS else None,
            self._uuids.account(index, 0, replacements(sketch) if identity else 0),
            None if is_temporary else self._uuids.leer_id(index),
            identified_on,
            moved_on,
            left_on,
            situations.listed(),
        )


def stamnummer(year: int, order: int) -> str:
    """Return the seven digits that a school gives: two of the school year of entry, five in sequence."""
    return f"{year % 100:02}{order + 1:05}"


def replacements(sketch: Sketch) -> int:
    """Return how often the first account got another uuid by the end of the school year (U7, U10).

    A temporary account does each 1 September, at a new school, and when the pupil is identified.
    """
    identity = sketch.situations.identity
    if identity is NOT_IDENTIFIED:
        return sketch.years + (sketch.moved_on is not None)
    if sketch.identified_on is not None:
        has_moved_before = sketch.moved_on is not None and sketch.moved_on < sketch.identified_on
        return sketch.years + has_moved_before + 1
    return 0
