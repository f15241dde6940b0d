"""Which means of authentication a request takes: those it asks for, as far as its client is registered for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mock_idp.domain.means import level_of, means_known
from mock_idp.settings.policy import Unmet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mock_idp.domain.clients import Client
    from mock_idp.protocol.wire import AcmRequest
    from mock_idp.settings import Policy


@dataclass(frozen=True, kw_only=True)
class Demand:
    """`means`: the URNs of which one is wanted, None when any will do; `notes`: what was odd in acr_values.

    `is_unmet`: acr_values holds nothing that the client may have.
    """

    means: tuple[str, ...] | None = None
    is_unmet: bool = False
    notes: tuple[str, ...] = ()

    def first_of(self, usable: Iterable[str]) -> str | None:
        """Return the first means that will do of those that somebody can use."""
        return next((each for each in usable if self.means is None or each in self.means), None)

    def lowest_level(self, policy: Policy) -> int:
        """Return the level that a session needs at least to be good enough."""
        return min((level_of(each, policy.leerid_acr) for each in self.means or ()), default=0)


def acr_values_of(request: AcmRequest) -> tuple[str, ...]:
    """Return what was asked for, each value once; nothing when the parameter is missing or empty."""
    return tuple(dict.fromkeys(request.payload.data.get("acr_values", "").split()))


def demand_of(request: AcmRequest, client: Client, policy: Policy) -> Demand:
    """Return which means a request takes: ACM intersects acr_values with the means of the client."""
    asked, configured = acr_values_of(request), client.acr_values
    if not asked:
        return Demand(means=configured or None)
    known = configured or {*means_known(policy.leerid_acr), policy.other_acr}
    wanted = tuple(each for each in asked if each in known)
    notes = tuple(_remarks(asked, wanted, configured))
    return Demand(means=wanted or configured or None, is_unmet=not wanted, notes=notes)


def _remarks(asked: tuple[str, ...], wanted: tuple[str, ...], configured: tuple[str, ...]) -> Iterable[str]:
    """Yield what to tell a developer."""
    others = ", ".join(each for each in asked if each not in wanted)
    if others and configured:
        yield f"acr_values names means that this client is not registered for, so they do not count: {others}."
    elif others:
        yield f"acr_values names means that are not known, so they do not count: {others}. Take them from the dossier."
    if not wanted:
        yield "Nothing is left of acr_values, so any means that the client takes will do, unless that is refused."
    if len(wanted) > 1 and set(configured) == set(wanted):
        yield "acr_values lists every means of the client. ACM advises against it: the list changes with the dossier."


def reason_against_means(request: AcmRequest, client: Client, policy: Policy) -> str | None:
    """Return why nobody could sign in with any of the means that were asked for, where the policy refuses that."""
    demand = demand_of(request, client, policy)
    for sentence in demand.notes:
        request.learnt.note(sentence)
    if demand.is_unmet and policy.acr_unmet == Unmet.REFUSED:
        return "Nothing is left of acr_values."
    return None
