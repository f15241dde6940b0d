"""DISCIMUS: what schools register about their pupils. LeerID is made from it, and knows no more than it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, kw_only=True)
class School:
    """An administrative school unit. `number` (instellingsnummer) has six digits, leading zeros count."""

    number: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Registration:
    """An enrolment as a school registered it: from `starts_on` up to and including `ends_on`."""

    school: School
    stamnummer: str
    hoofdstructuur: str
    group_code: str
    group_name: str
    starts_on: date
    ends_on: date | None = None

    def holds_on(self, day: date) -> bool:
        """Return whether the pupil is enrolled on that day."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True, kw_only=True)
class Birth:
    """A date of birth in three parts, as it is communicated; an unknown part is "00"."""

    day: str
    month: str
    year: str


@dataclass(frozen=True, kw_only=True)
class Pupil:
    """A pupil as registered. `insz` is found on `identified_on`, and never leaves."""

    given_name: str | None
    family_name: str
    birth: Birth
    registrations: tuple[Registration, ...] = ()
    insz: str | None = field(default=None, repr=False)
    identified_on: date | None = None

    def is_identified_on(self, day: date) -> bool:
        """Return whether the national number is known on that day."""
        return self.insz is not None and (self.identified_on is None or self.identified_on <= day)
