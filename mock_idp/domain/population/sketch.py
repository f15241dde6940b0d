"""What chance decides about a pupil: school, grade, age, situations, and the days on which something changes."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from struct import Struct
from typing import TYPE_CHECKING, Final, NamedTuple

from mock_idp.domain.population.permutation import Permutation
from mock_idp.domain.population.situations import TEN_THOUSAND, ByTopic, Situation

if TYPE_CHECKING:
    from mock_idp.domain.population.curriculum import Grade
    from mock_idp.domain.population.layout import Layout, Place
    from mock_idp.domain.population.shape import Shape
    from mock_idp.domain.population.situations import Situations

DRAWS: Final = Struct("<8H")
"""A pupil has eight draws of sixteen bits."""
BITS: Final = 16
FIRST_MONTH: Final = 9
LONGEST_YEAR: Final = 366

FOUND: Final = Situation.IDENTIFIED_SINCE  # names of their own: an enum is slow to give its members
MOVED: Final = Situation.MOVED
ENDED: Final = Situation.ENDED


class Sketch(NamedTuple):
    """A pupil (an index) before they have a name. `order`: among those of the school; `age`: reached in this year.

    `years`: since they entered this school, or the one they came from, on 1 September; `birthday`: 0 is 1 January of a
    leap year; `track`: a number below ten thousand.
    """

    pupil: int
    place: Place
    order: int
    grade: Grade
    years: int
    track: int
    age: int
    birthday: int
    situations: ByTopic
    identified_on: date | None
    moved_on: date | None
    left_on: date | None


class Sketches:
    """Sketches of everybody, one at a time."""

    def __init__(self, *, seed: int, school_year: int, shape: Shape, layout: Layout, situations: Situations) -> None:
        self._layout, self._situations = layout, situations
        self._chance = Permutation("pupil", seed, size=1 << 8 * DRAWS.size)
        begin = september(school_year)
        self._days = {
            situation: tuple(begin + timedelta(days=day) for day in range(first, last + 1))
            for situation, (first, last) in shape.days.items()
        }

    def of(self, index: int) -> Sketch:
        """Return the sketch of a pupil."""
        drawn = DRAWS.unpack(self._chance.of(index).to_bytes(DRAWS.size, "little"))
        late, grown, began, since, track, birthday, first_day, second_day = drawn
        place = self._layout.at(index)
        order = index - place.start
        curriculum = place.curriculum
        grade = curriculum.grade_at(order * TEN_THOUSAND // place.size)
        situations = self._situations.of(index)
        identity, enrolment, _ = situations
        grades = len(grade.path)
        has_always_been_here = began * TEN_THOUSAND >> BITS < curriculum.from_the_start
        return Sketch(
            index,
            place,
            order,
            grade,
            grades - 1 if has_always_been_here else since * grades >> BITS,
            track * TEN_THOUSAND >> BITS,
            grade.youngest + (grown * grade.ages >> BITS) + (late * TEN_THOUSAND >> BITS < curriculum.late),
            birthday * LONGEST_YEAR >> BITS,
            situations,
            self._day(FOUND, first_day) if identity is FOUND else None,
            self._day(MOVED, second_day) if enrolment is MOVED else None,
            self._day(ENDED, second_day) if enrolment is ENDED else None,
        )

    def _day(self, situation: Situation, drawn: int) -> date:
        days = self._days[situation]
        return days[drawn * len(days) >> BITS]


@cache
def september(year: int) -> date:
    """Return the first day of the school year that begins in that year."""
    return date(year, FIRST_MONTH, 1)
