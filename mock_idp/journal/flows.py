"""Sign-ins in the journal: the exchanges that belong together, in the order in which they happened."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final

from mock_idp.journal.exchange import Endpoint

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mock_idp.journal.exchange import Exchange

PUBLISHED: Final = frozenset({Endpoint.DISCOVERY, Endpoint.JWKS})
"""What anybody reads, whoever signs in."""


@dataclass(frozen=True, kw_only=True)
class Flow:
    """One sign-in, or what belongs to none: then `flow` is None, and the exchanges are alike and in a row."""

    id: str
    flow: str | None
    exchanges: tuple[Exchange, ...]

    @property
    def first(self) -> Exchange:
        """The exchange with which it began."""
        return self.exchanges[0]

    @property
    def last(self) -> Exchange:
        """The exchange that is newest."""
        return self.exchanges[-1]

    @property
    def client_id(self) -> str | None:
        """The application, as far as an exchange names it."""
        return next((each.client_id for each in self.exchanges if each.client_id), None)

    @property
    def notes(self) -> tuple[str, ...]:
        """What was odd in the requests of the application, each sentence once."""
        return tuple(dict.fromkeys(chain.from_iterable(each.notes for each in self.exchanges)))

    @property
    def fired(self) -> tuple[str, ...]:
        """The faults and circumstances that changed something, each once."""
        return tuple(dict.fromkeys(chain.from_iterable(each.fired for each in self.exchanges)))


def flows(exchanges: Iterable[Exchange]) -> tuple[Flow, ...]:
    """Return the sign-ins, the one with the newest exchange first; what belongs to none stands between them."""
    together: dict[str, list[Exchange]] = {}
    row: list[Exchange] = []
    for each in exchanges:
        if each.flow is not None:
            row = row if each.flow in together else []
            together.setdefault(each.flow, []).append(each)
        elif row and _are_alike(row[-1], each):
            row.append(each)
        else:
            row = together.setdefault(f"{each.number}", [each])
    made = (Flow(id=key, flow=group[0].flow, exchanges=tuple(group)) for key, group in together.items())
    return tuple(sorted(made, key=lambda each: each.last.number, reverse=True))


def _are_alike(one: Exchange, other: Exchange) -> bool:
    """Return whether two exchanges outside sign-ins tell the same: who reads metadata soon reads the keys as well."""
    is_same_place = one.endpoint == other.endpoint or {one.endpoint, other.endpoint} <= PUBLISHED
    same = ("method", "issuer", "stage", "client_id", "status", "request", "notes", "fired")
    return is_same_place and all(getattr(one, name) == getattr(other, name) for name in same)
