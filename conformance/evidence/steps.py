"""How a sign-in ended, how far it came, and where a fault reaches it."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Outcome(StrEnum):
    """What the application did with a visitor."""

    SIGNED_IN = "signed-in"
    REFUSED = "refused"
    CRASHED = "crashed"
    STALLED = "stalled"


class Step(StrEnum):
    """How far a sign-in came, in the order of the protocol."""

    NONE = "none"
    AUTHORIZATION = "authorization"
    AUTHORIZATION_RESPONSE = "authorization-response"
    TOKEN = "token"  # noqa: S105  the name of an endpoint
    USERINFO = "userinfo"
    SIGNED_IN = "signed-in"

    @property
    def rank(self) -> int:
        """Position in the order of the protocol; compare steps by this."""
        return list(Step).index(self)


DELIVERED_AT: Final[Mapping[str, Step]] = {
    "discovery": Step.NONE,
    "jwks": Step.NONE,
    "datastore": Step.AUTHORIZATION_RESPONSE,
    "authorization": Step.AUTHORIZATION,
    "authorization-response": Step.AUTHORIZATION_RESPONSE,
    "response-mode": Step.AUTHORIZATION_RESPONSE,
    "token-response": Step.TOKEN,
    "transport.discovery": Step.NONE,
    "transport.jwks": Step.NONE,
    "transport.token": Step.TOKEN,
    "transport.userinfo": Step.USERINFO,
    "claims": Step.TOKEN,
    "id-token": Step.TOKEN,
    "signature": Step.TOKEN,
    "userinfo": Step.USERINFO,
    "end-session": Step.SIGNED_IN,
    "logout-token": Step.SIGNED_IN,
    "refresh": Step.SIGNED_IN,
    "refreshed-id-token": Step.SIGNED_IN,
}
"""The step at which the faults of a seam reach the application; those of transport by endpoint."""


def seam_of(fault: str) -> str:
    """The seam of a fault, `id-token` of `id-token.expired`; of transport with the endpoint: `transport.token`."""
    seam, _, name = fault.partition(".")
    return f"{seam}.{name.partition('-')[0]}" if seam == "transport" else seam


def delivered_at(fault: str) -> Step:
    """The step at which a fault reaches the application."""
    return DELIVERED_AT.get(seam_of(fault), Step.TOKEN)
