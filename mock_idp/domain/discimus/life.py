"""A life: who a pupil is at the beginning, and a short list of dated moments. Every state is a function of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Protocol

from mock_idp.domain.insz import Number, fictitious_insz

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable
    from datetime import date

MOST_REMEMBERED: Final = 16
"""So much that was worked out of one life is kept: a sign-in asks several times how it stands on the same day."""


class Sex(StrEnum):
    """As the national number knows it. Never communicated."""

    FEMALE = "f"
    MALE = "m"


@dataclass(frozen=True, kw_only=True, slots=True)
class Birth:
    """A date of birth in three parts, as it is communicated: "07", "03", "2016"; an unknown part is "00"."""

    day: str
    month: str
    year: str


@dataclass(frozen=True, kw_only=True)
class Moment:
    """Something that holds from the day `on`. `known_on`: the day the registers learn of it; None is at once."""

    on: date
    known_on: date | None = None

    @property
    def known_from(self) -> date:
        """The first day on which the registers know."""
        return self.known_on or self.on

    def has_come(self, day: date, known_on: date) -> bool:
        """Return whether this holds on `day`, as the registers knew it on `known_on`."""
        return self.on <= day and self.known_from <= known_on


class Identities(Protocol):
    """Where the identifiers of a life come from: computed, never stored."""

    def account_uuid(self, label: str, number: int) -> str:
        """Return the uuid that the account `label` has after it was replaced `number` times."""
        ...

    def leer_id_uuid(self, number: int) -> str:
        """Return the leer_id_uuid after it was replaced `number` times."""
        ...


@dataclass(frozen=True, kw_only=True)
class Life:
    """One pupil. `number`: the kind of national number at the beginning; `account`: the label of the first account."""

    key: str
    given_name: str | None
    family_name: str
    birth: Birth
    identities: Identities = field(repr=False, compare=False)
    sex: Sex | None = None
    number: Number = Number.RRN
    account: str = ""
    email: str | None = None
    moments: tuple[Moment, ...] = ()

    def worked_out(self, key: Hashable, work: Callable[[], Any]) -> Any:
        """Return what `work`, a function of this life, gives; it is kept under `key`, and not worked out again."""
        found = self._remembered.get(key)
        if found is None:
            if len(self._remembered) >= MOST_REMEMBERED:
                self._remembered.clear()
            found = self._remembered[key] = work()
        return found

    @cached_property
    def _remembered(self) -> dict[Hashable, Any]:
        return {}

    def insz(self, number: Number) -> str | None:
        """Return the full national number of this kind: fictitious, never issued, never to be released."""
        if number == Number.NONE or self.sex is None:
            return None
        year, month, day = int(self.birth.year), int(self.birth.month), int(self.birth.day)
        return fictitious_insz(year=year, month=month, day=day, male=self.sex == Sex.MALE, bis=number == Number.BIS)
