"""Who is exported, one after the other: those who are written down, then the crowd."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mock_idp.cli.students.releasing import asked
from mock_idp.domain.people.export import SCHOOL_COLUMNS, facts_of, lines_of
from mock_idp.domain.population.export import settled_row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from mock_idp.cli.students.everybody import Everybody
    from mock_idp.domain.people.export import Line
    from mock_idp.domain.people.person import Person
    from mock_idp.domain.population import Population, Pupil, Query

    Columns = Mapping[str, Callable[[Line], str]]


@dataclass(frozen=True, kw_only=True)
class Selection:
    """Those of everybody whom a query without text means, on the day at start. Nobody is kept after their line."""

    everybody: Everybody
    query: Query

    def size(self, limit: int | None) -> int | None:
        """Return about how many lines there will be; None when that is not known without looking."""
        if limit is not None or self.query.school or self.query.situation:
            return limit
        return len(self.everybody.named) + len(self.everybody.crowd)

    def rows(self, columns: Columns) -> Iterator[tuple[str, ...]]:
        """Yield the cells of each line."""
        for hit in self.everybody.named_like(self.query):
            yield from self._rows_of(hit.person, columns)
        for pupil in self._pupils():
            row = self._settled(pupil) if columns is SCHOOL_COLUMNS else None
            if row:
                yield row
                continue
            for person in self._doors(pupil):
                yield from self._rows_of(person, columns)

    def documents(self) -> Iterator[dict[str, Any]]:
        """Yield everything about each account."""
        people = (hit.person for hit in self.everybody.named_like(self.query))
        crowd = (person for pupil in self._pupils() for person in self._doors(pupil))
        for each in (person for some in (people, crowd) for person in some):
            if facts := self._facts(each):
                yield facts

    def _facts(self, person: Person) -> dict[str, Any] | None:
        day = self.everybody.anchor
        if not person.circumstances:
            return facts_of(person, day)
        enquiry = asked(person, day)
        return facts_of(person, day, known_on=enquiry.known_on, rules=enquiry.rules)

    @property
    def _crowd(self) -> Population:
        return self.everybody.crowd

    def _pupils(self) -> Iterator[Pupil]:
        _, situation, school = self.query
        pupils = iter(self._crowd) if school is None else self._crowd.pupils_of(school)
        return pupils if situation is None else (each for each in pupils if situation in each.situations)

    def _doors(self, pupil: Pupil) -> Iterator[Person]:
        """Yield the pupil once for each account, but for names that somebody who is written down has."""
        for user_name in pupil.user_names:
            if user_name not in self.everybody.named:
                yield self._crowd.person(pupil, user_name)

    def _settled(self, pupil: Pupil) -> tuple[str, ...] | None:
        user_name = pupil.user_name
        if user_name in self.everybody.named:
            return None
        return settled_row(pupil, self._crowd.password(user_name))

    def _rows_of(self, person: Person, columns: Columns) -> Iterator[tuple[str, ...]]:
        for line in lines_of(person, self.everybody.anchor, self.query.school):
            yield tuple(read(line) for read in columns.values())
