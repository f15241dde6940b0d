"""Lives of the crowd: the moments of several school years, so that a calendar that is moved still shows something."""

from __future__ import annotations

from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from mock_idp.domain.discimus import Birth, Enrolled, Identified, Left, Life, Moved, Regrouped
from mock_idp.domain.insz import Number
from mock_idp.domain.leerid import AccountOpened
from mock_idp.domain.population.pupil import FROM_AFTER, FROM_BEFORE, stamnummer
from mock_idp.domain.population.sketch import september

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mock_idp.domain.discimus import Group, Moment, School
    from mock_idp.domain.population.identifiers import Uuids
    from mock_idp.domain.population.pupil import Pupil
    from mock_idp.domain.population.sketch import Sketch


class PupilIdentities(NamedTuple):
    """The `Identities` port of one pupil (an index). `labels`: user names, in the order of the accounts they open."""

    pupil: int
    labels: tuple[str, ...]
    uuids: Uuids

    def account_uuid(self, label: str, number: int) -> str:
        """Return the uuid of an account after so many replacements."""
        return self.uuids.account(self.pupil, self.labels.index(label), number)

    def leer_id_uuid(self, number: int) -> str:
        """Return the leer_id_uuid after so many replacements."""
        return self.uuids.leer_id(self.pupil, number)


class Lives:
    """Tells the lives of pupils, from the year in which they entered their school to that in which they leave it."""

    def __init__(self, *, school_year: int, uuids: Uuids) -> None:
        self._year = school_year
        self._uuids = uuids

    def of(self, pupil: Pupil, sketch: Sketch) -> Life:
        """Return the life of a pupil. Labels of accounts are user names."""
        was_found = pupil.identified_on is not None
        return Life(
            key=pupil.user_name,
            given_name=pupil.given_name,
            family_name=pupil.family_name,
            birth=Birth(day=pupil.birth_day, month=pupil.birth_month, year=pupil.birth_year),
            identities=PupilIdentities(pupil.index, pupil.user_names, self._uuids),
            sex=None,  # so that no national number is ever made: two a day would have to do for the whole crowd
            number=Number.NONE if was_found else pupil.number,
            account=pupil.user_name,
            email=pupil.email,
            moments=tuple(sorted(self._moments(pupil, sketch), key=attrgetter("on"))),
        )

    def _moments(self, pupil: Pupil, sketch: Sketch) -> Iterator[Moment]:
        """Yield the moments; those of one day in the order in which they happen."""
        yield from self._past(pupil, sketch)
        if pupil.second_user_name:
            yield AccountOpened(on=september(self._year), account=pupil.second_user_name)
        if pupil.second_school:
            yield self._enrolled(sketch, pupil.second_school, self._year, FROM_AFTER)
            yield Left(on=september(self._year + 1), school=pupil.second_school)
        if pupil.identified_on:
            yield Identified(on=pupil.identified_on)
        if pupil.moved_on:
            to = self._enrolled(sketch, pupil.school, self._year, 0)
            yield Moved(on=pupil.moved_on, to=replace(to, on=pupil.moved_on), leaving=pupil.moved_from)
        if pupil.left_on:
            yield Left(on=pupil.left_on)
        else:
            yield from self._future(pupil, sketch)

    def _past(self, pupil: Pupil, sketch: Sketch) -> Iterator[Moment]:
        """Yield the first enrolment, and the grades up to that of this school year."""
        school, sequence = (pupil.moved_from, FROM_BEFORE) if pupil.moved_from else (pupil.school, 0)
        entry = self._year - sketch.years
        yield self._enrolled(sketch, school, entry, sequence)
        for year in range(entry + 1, self._year + 1):
            yield self._regrouped(sketch, school, year)

    def _future(self, pupil: Pupil, sketch: Sketch) -> Iterator[Moment]:
        """Yield the grades after this school year, and the day after the last one."""
        last = self._year + len(sketch.grade.ahead)
        for year in range(self._year + 1, last + 1):
            yield self._regrouped(sketch, pupil.school, year)
        yield Left(on=september(last + 1))

    def _enrolled(self, sketch: Sketch, school: School, year: int, sequence: int) -> Enrolled:
        return Enrolled(
            on=september(year),
            school=school,
            stamnummer=stamnummer(year, sketch.order + sequence),
            group=self._group(sketch, year),
            hoofdstructuur=sketch.place.curriculum.hoofdstructuur,
        )

    def _regrouped(self, sketch: Sketch, school: School, year: int) -> Regrouped:
        group = self._group(sketch, year)
        return Regrouped(on=september(year), school=school, group=group, hoofdstructuur=group.hoofdstructuur)

    def _group(self, sketch: Sketch, year: int) -> Group:
        """Return the group in a school year: of the grades up to this one, or of those ahead."""
        way = (*sketch.grade.path, *sketch.grade.ahead)
        grade = sketch.place.curriculum.grades[way[len(sketch.grade.path) - 1 + year - self._year]]
        return grade.group(sketch.track)
