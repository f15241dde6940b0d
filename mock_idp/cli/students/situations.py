"""The situations of the crowd, recognised in any life: so that a search for one finds personas as well."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from mock_idp.domain.discimus import Identified, Moved, record_of
from mock_idp.domain.insz import Number
from mock_idp.domain.leerid import student_of
from mock_idp.domain.people.days import day_of
from mock_idp.domain.population import Situation

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from mock_idp.domain.discimus import Life, Moment
    from mock_idp.domain.leerid import Enrolment, Student


@dataclass(frozen=True, kw_only=True)
class _Look:
    """A life on a day."""

    life: Life
    day: date
    student: Student
    number: Number

    @property
    def held(self) -> list[Enrolment]:
        return [each for each in self.student.enrolments if each.holds_on(self.day)]

    def has_had(self, kind: type[Moment]) -> bool:
        """Return whether such a moment came in this school year."""
        begin = day_of("school-year", self.day)
        return any(isinstance(each, kind) and begin <= each.on <= self.day for each in self.life.moments)


HOLDS: Final[Mapping[Situation, Callable[[_Look], bool]]] = {
    Situation.NOT_IDENTIFIED: lambda look: look.number == Number.NONE,
    Situation.IDENTIFIED_SINCE: lambda look: look.has_had(Identified),
    Situation.BIS_NUMBER: lambda look: look.number == Number.BIS,
    Situation.TWO_ACCOUNTS: lambda look: len(_open_accounts(look.student)) > 1,
    Situation.TWO_SCHOOLS: lambda look: len({each.instellingsnummer for each in look.held}) > 1,
    Situation.MOVED: lambda look: look.has_had(Moved),
    Situation.ENDED: lambda look: not look.held and any(each.starts_on < look.day for each in look.student.enrolments),
    Situation.NO_EMAIL: lambda look: look.student.email is None,
}
"""What each situation is. Who is in none of them is ordinary."""


def situations_of(life: Life, day: date) -> tuple[Situation, ...]:
    """Return the situations of a life on a day: one at least, for there is ordinary too."""
    student = student_of(life, day=day)
    look = _Look(life=life, day=day, student=student, number=record_of(life, day=day).number)
    return tuple(each for each, holds in HOLDS.items() if holds(look)) or (Situation.ORDINARY,)


def _open_accounts(student: Student) -> list[str]:
    return [label for label, account in student.accounts.by_label.items() if account.merged_into is None]
