"""Defects in refreshing, which an application does only when it is told to."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

from relying_party.defects.registry import defect
from relying_party.signin.guards import refreshed_token
from relying_party.signin.refusal import ProviderError
from relying_party.signin.rules import refreshing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextlib import AbstractContextManager

    from relying_party.signin.evidence import Evidence
    from relying_party.signin.refreshing import Refreshable


@defect(replaces=refreshed_token.refreshed_issuer, requirements=("RFR-01",))
def refreshed_issuer_unchecked(_evidence: Evidence) -> bool:
    """Accepts a refreshed ID token of another issuer."""
    return True


@defect(replaces=refreshed_token.refreshed_subject, requirements=("RFR-02",))
def refreshed_subject_unchecked(_evidence: Evidence) -> bool:
    """Accepts a refreshed ID token about somebody else."""
    return True


@defect(replaces=refreshed_token.refreshed_audience, requirements=("RFR-03",))
def refreshed_audience_unchecked(_evidence: Evidence) -> bool:
    """Accepts a refreshed ID token that is meant for another application."""
    return True


@defect(replaces=refreshed_token.refreshed_party, requirements=("RFR-03",))
def refreshed_party_unchecked(_evidence: Evidence) -> bool:
    """Accepts a refreshed ID token that was issued to another application."""
    return True


@defect(replaces=refreshed_token.refreshed_authentication, requirements=("RFR-03",))
def refreshed_authentication_unchecked(_evidence: Evidence) -> bool:
    """Accepts a refreshed ID token that tells of another authentication."""
    return True


@defect(replaces=refreshed_token.refreshed_nonce, requirements=("RFR-03",))
def refreshed_nonce_unchecked(_evidence: Evidence) -> bool:
    """Accepts a refreshed ID token with the nonce of another sign-in."""
    return True


@defect(replaces=refreshed_token.refreshed_nonce, requirements=("RFR-03",))
def refreshed_nonce_wanted(evidence: Evidence) -> bool:
    """Refuses a refreshed ID token that has no nonce."""
    return "nonce" in evidence.claims and refreshed_token.refreshed_nonce(evidence)


@defect(replaces=refreshing.refreshed_token_judged, requirements=("RFR-07",))
def refreshed_token_wanted(_token_response: Mapping[str, Any]) -> bool:
    """Refuses a refresh that brings no ID token."""
    return True


@defect(replaces=refreshing.next_refresh_token, requirements=("RFR-05",))
def refresh_token_never_replaced(sent: str, _token_response: Mapping[str, Any]) -> str:
    """Refreshes with the first refresh token for ever, though a new one came."""
    return sent


@defect(replaces=refreshing.next_refresh_token, requirements=("RFR-06",))
def refresh_token_lost(sent: str, token_response: Mapping[str, Any]) -> str:
    """Forgets its refresh token when the answer brings no new one."""
    told = str(token_response.get("refresh_token", ""))
    return "" if told == sent else told


@defect(replaces=refreshing.refresh_turn, requirements=("RFR-05",))
def refresh_by_everybody(_lock: AbstractContextManager[Any]) -> AbstractContextManager[Any]:
    """Lets requests that come at once refresh side by side, with one refresh token."""
    return nullcontext()


@defect(replaces=refreshing.refresh_attempt, requirements=("RFR-04",))
def refresh_insisted_on(refresh: refreshing.Refresh) -> Refreshable:
    """Tries a refresh that was refused a second time."""
    try:
        return refresh()
    except ProviderError:
        return refresh()


@defect(replaces=refreshing.refusal_ends_session, requirements=("RFR-04",))
def refresh_refusal_ignored(_error: ProviderError) -> bool:
    """Lets a session go on that the provider does not refresh any more."""
    return False
