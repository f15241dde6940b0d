"""Requests that are answered with a page and never with a redirect: nobody can be trusted with the answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from mock_idp.protocol.client import RegisteredClient
    from mock_idp.protocol.wire import AcmRequest

    Rule = Callable[[AcmRequest, RegisteredClient | None], "Refusal | None"]

ONCE: Final = ("client_id", "redirect_uri", "response_type", "response_mode", "state")
"""Parameters that decide where an answer goes, and how: twice, there is nowhere to send it (RFC 6749 section 3.1)."""


class Reason(StrEnum):
    """Why a page is shown instead of a redirect; the web floor has the words."""

    PARAMETER_REPEATED = "parameter-repeated"
    CLIENT_ID_MISSING = "client-id-missing"
    CLIENT_UNKNOWN = "client-unknown"
    REDIRECT_URI_MISSING = "redirect-uri-missing"
    REDIRECT_URI_NOT_REGISTERED = "redirect-uri-not-registered"
    REDIRECT_URI_NOT_LOOPBACK = "redirect-uri-not-loopback"
    SCOPE_NOT_GRANTED = "scope-not-granted"
    CANCELLED = "cancelled"
    INTERACTION_UNKNOWN = "interaction-unknown"
    ID_TOKEN_HINT_INVALID = "id-token-hint-invalid"  # noqa: S105  a reason, not a password
    SIGN_OUT_WITHOUT_CLIENT = "sign-out-without-client"
    SIGN_OUT_NOT_REGISTERED = "sign-out-not-registered"
    SWITCH_INCOMPLETE = "switch-incomplete"
    DATASTORE_AWAY = "datastore-away"
    PAGE_UNKNOWN = "page-unknown"
    METHOD_WRONG = "method-wrong"
    TOO_LARGE = "too-large"
    UNREADABLE = "unreadable"
    BROKEN = "broken"


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """Why, what was received, and what was expected."""

    reason: Reason
    received: str = ""
    expected: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """What the journal says of it."""
        received = f" Received: {self.received}." if self.received else ""
        expected = f" Expected: {', '.join(self.expected)}." if self.expected else ""
        return f"Nobody is redirected: {SENTENCES[self.reason]}{received}{expected}"


def refused_at_the_door(request: AcmRequest, client: RegisteredClient | None) -> Refusal | None:
    """Return the first reason not to redirect, or None; the journal is told as well."""
    first = next((refusal for rule in FRONT_DOOR if (refusal := rule(request, client))), None)
    if first:
        request.learnt.note(first.sentence)
    return first


def _repeated(request: AcmRequest, client: RegisteredClient | None) -> Refusal | None:
    del client
    repeated = [name for name in ONCE if len(request.payload.datalist.get(name, [])) > 1]
    return Refusal(reason=Reason.PARAMETER_REPEATED, received=", ".join(repeated)) if repeated else None


def _no_client_id(request: AcmRequest, client: RegisteredClient | None) -> Refusal | None:
    del client
    return None if request.payload.client_id else Refusal(reason=Reason.CLIENT_ID_MISSING)


def _unknown_client(request: AcmRequest, client: RegisteredClient | None) -> Refusal | None:
    return None if client else Refusal(reason=Reason.CLIENT_UNKNOWN, received=request.payload.client_id)


def _no_redirect_uri(request: AcmRequest, client: RegisteredClient | None) -> Refusal | None:
    expected = client.registration.redirect_uris if client else ()
    return None if request.payload.redirect_uri else Refusal(reason=Reason.REDIRECT_URI_MISSING, expected=expected)


def _foreign_redirect_uri(request: AcmRequest, client: RegisteredClient | None) -> Refusal | None:
    received = request.payload.redirect_uri
    if client is None or client.check_redirect_uri(received):
        return None
    reason = Reason.REDIRECT_URI_NOT_LOOPBACK if client.is_open else Reason.REDIRECT_URI_NOT_REGISTERED
    return Refusal(reason=reason, received=received, expected=client.registration.redirect_uris)


SENTENCES: Final[dict[Reason, str]] = {
    Reason.PARAMETER_REPEATED: "a parameter that decides where the answer goes came more than once.",
    Reason.CLIENT_ID_MISSING: "client_id is missing.",
    Reason.CLIENT_UNKNOWN: "no client of this client_id is registered at this issuer.",
    Reason.REDIRECT_URI_MISSING: "redirect_uri is missing; ACM wants it in every request.",
    Reason.REDIRECT_URI_NOT_REGISTERED: "redirect_uri is not registered for this client, character by character.",
    Reason.REDIRECT_URI_NOT_LOOPBACK: "the client is not registered, and redirect_uri is not on this computer.",
}
"""Each reason of the front door, for a developer who reads the journal."""
FRONT_DOOR: Final[tuple[Rule, ...]] = (
    _repeated,
    _no_client_id,
    _unknown_client,
    _no_redirect_uri,
    _foreign_redirect_uri,
)
"""In this order; the first that speaks decides."""
