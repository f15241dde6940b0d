"""Client credentials: a client asks for a token of its own, for an API or for itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from authlib.oauth2.rfc6749 import InvalidScopeError
from authlib.oauth2.rfc6749.grants import ClientCredentialsGrant

from mock_idp.domain.claims import OFFLINE_ACCESS, OPENID
from mock_idp.domain.randomness import fresh_secret
from mock_idp.protocol.authentication import PROVING
from mock_idp.protocol.client import described
from mock_idp.protocol.granted import Granted
from mock_idp.protocol.scope import AUDIENCE, each_once
from mock_idp.protocol.target import targets

if TYPE_CHECKING:
    from mock_idp.domain.clients import Client
    from mock_idp.protocol.server import AcmServer
    from mock_idp.protocol.wire import AcmRequest

OF_PEOPLE: Final = (OPENID, OFFLINE_ACCESS)
"""Scopes that need somebody who signed in."""
OWN: Final = "vo_info"
"""The scope that tells whose application it is."""


class OwnGrant(ClientCredentialsGrant):
    """Authlib's, with default scopes, and an audience."""

    TOKEN_ENDPOINT_AUTH_METHODS = PROVING
    server: AcmServer
    request: AcmRequest

    def validate_token_request(self) -> None:
        """Check client, audience and scope."""
        super().validate_token_request()
        client = self.request.client
        assert client is not None  # noqa: S101  Authlib set it
        audience = targets(self.server, self.request, client)
        scope = self._scope(client.registration)
        self.request.granted = Granted(
            client_id=client.client_id,
            scope=scope,
            stage_id=self.request.stage_id,
            claims={"sub": client.client_id, **(_told(client.registration) if OWN in scope.split() else {})},
            account=None,
            family=fresh_secret(),
            audience=audience or [client.client_id],
            flow=self.request.flow,
        )

    def generate_token(self, **asked: Any) -> dict[str, Any]:
        """Return the token, for the scope that was granted."""
        granted = self.request.granted
        token: dict[str, Any] = super().generate_token(**asked | {"scope": granted.scope if granted else ""})
        return token

    def _scope(self, registration: Client) -> str:
        possible = [each for each in registration.scopes or () if each not in OF_PEOPLE]
        asked = (self.request.payload.scope or "").split()
        if not asked and not possible:
            raise InvalidScopeError("No scope was sent, and this client is registered for none of its own.")
        never = [each for each in asked if each not in possible and not each.startswith(AUDIENCE)]
        if never:
            why = (
                "need somebody who signs in" if set(never) <= set(OF_PEOPLE) else "were not registered for this client"
            )
            raise InvalidScopeError(described(f"These scopes {why}: {', '.join(never)}."))
        return each_once(" ".join([*asked, *registration.required_scopes] if asked else possible))


def _told(registration: Client) -> dict[str, str]:
    """Return what the scope vo_info tells of an application."""
    claims = {
        "vo_applicatienaam": registration.client_name,
        "vo_orgcode": registration.organisation_code,
        "vo_orgnaam": registration.organisation_name,
    }
    return {name: value for name, value in claims.items() if value is not None}
