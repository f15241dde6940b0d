"""Back-channel logout: a logout token on its way to an application. ACM documents none, so it goes on request only."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from mock_idp.domain.randomness import fresh_secret
from mock_idp.faults import LogoutCall, Seam
from mock_idp.faults.logout_token import sealed
from mock_idp.protocol.jose import ALGORITHM
from mock_idp.settings import is_loopback

if TYPE_CHECKING:
    from collections.abc import Mapping
    from ssl import SSLContext

    from mock_idp.domain.clients import Client
    from mock_idp.provider.issuer import Issuer

EVENT: Final = "http://schemas.openid.net/event/backchannel-logout"
LIVES_S: Final = 120
PATIENCE_S: Final = 10
JSON: Final = "application/json"
NO_ANSWER: Final = 0
ENDPOINT: Final = "backchannel-logout"


class NotToBeReachedError(ValueError):
    """The client has no address for logout tokens, or one beyond this machine."""


@dataclass(frozen=True, kw_only=True)
class Reaction:
    """How an application answered; status 0: not at all."""

    status: int
    cache_control: str | None = None


def send(issuer: Issuer, client: Client, stage_id: str, about: Mapping[str, str]) -> Reaction:
    """Send a logout token about a person or a session (`sub`, `sid`), as the stage bends it.

    Raises:
        NotToBeReachedError: nothing was sent.
    """
    address = client.backchannel_logout_uri
    if address is None or not is_loopback(urlsplit(address).hostname):
        raise NotToBeReachedError("This client has no backchannel_logout_uri on this machine; register one.")
    with issuer.exchange(ENDPOINT, "POST", stage_id) as entry:
        call: LogoutCall = issuer.seams.bend(Seam.LOGOUT_TOKEN, _honest(issuer, client, about), stage_id=stage_id)
        entry.client_id = client.client_id
        entry.request = {"claims": dict(call.claims), "method": call.method, "content_type": call.content_type}
        token = sealed(call, issuer.keys.active.key, client.client_secret) if call.brings_token else None
        reaction = _brought(address, call, {"logout_token": token} if token else {})
        entry.finish(reaction.status, {"cache_control": reaction.cache_control})
    return reaction


def _honest(issuer: Issuer, client: Client, about: Mapping[str, str]) -> LogoutCall:
    now = int(issuer.server.now())
    claims = {
        "iss": issuer.identifier,
        "aud": client.client_id,
        "iat": now,
        "exp": now + LIVES_S,
        "jti": fresh_secret(),
        "events": {EVENT: {}},
        **about,
    }
    return LogoutCall(header={"alg": ALGORITHM, "kid": issuer.keys.active.kid, "typ": "logout+jwt"}, claims=claims)


def _brought(address: str, call: LogoutCall, told: dict[str, str]) -> Reaction:
    import httpx  # noqa: PLC0415  takes a while to import

    sent: dict[str, Any] = {"json": told} if call.content_type == JSON else {"data": told}
    sent = {"params": told} if call.method == "GET" else sent | {"headers": {"Content-Type": call.content_type}}
    try:
        answer = httpx.request(call.method, address, timeout=PATIENCE_S, trust_env=False, verify=_trusted(), **sent)
    except httpx.HTTPError:
        return Reaction(status=NO_ANSWER)
    return Reaction(status=answer.status_code, cache_control=answer.headers.get("Cache-Control"))


@cache
def _trusted() -> SSLContext:
    """Return whose certificates are believed: reading them takes longer than bringing a token, so it is done once."""
    import httpx  # noqa: PLC0415  takes a while to import

    return httpx.create_ssl_context(trust_env=False)
