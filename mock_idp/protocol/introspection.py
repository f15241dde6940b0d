"""Introspection: what stands behind a token, for the client it was issued to and the API that it is meant for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from authlib.oauth2.rfc6749 import InvalidRequestError
from authlib.oauth2.rfc7662 import IntrospectionEndpoint

from mock_idp.protocol.authentication import PROVING
from mock_idp.protocol.jose import ALGORITHM, Unsigned, seal
from mock_idp.protocol.tokens import ACCESS
from mock_idp.settings.policy import Strictness

if TYPE_CHECKING:
    from mock_idp.protocol.client import RegisteredClient
    from mock_idp.protocol.granted import Token
    from mock_idp.protocol.server import AcmServer
    from mock_idp.protocol.wire import AcmRequest

CREDENTIAL_MANAGER: Final = "credential_manager"


class AcmIntrospection(IntrospectionEndpoint):
    """Authlib's, with the released claims beside the token, and a signed copy of it all."""

    CLIENT_AUTH_METHODS = PROVING
    server: AcmServer

    def check_params(self, request: AcmRequest, client: RegisteredClient) -> None:
        """Demand a token; a hint that is not known is no error (RFC 7662 section 2.1)."""
        del client
        if not request.form.get("token"):
            raise InvalidRequestError("There is no token in the request.")

    def authenticate_token(self, request: AcmRequest, client: RegisteredClient) -> Token | None:
        """Return the token, of whichever type: a hint only helps to search."""
        self.check_params(request, client)
        token = self.server.tokens.live(request.form["token"], self.server.now())
        if token is None:
            request.learnt.note("This token is unknown, has expired or was revoked.")
            return None
        return token if self.check_permission(token, client, request) else None

    def check_permission(self, token: Token, client: RegisteredClient, request: AcmRequest) -> bool:
        """Return whether this client may know of the token."""
        if not token.concerns(client):
            request.learnt.note(f"This token is neither issued to {client.client_id} nor meant for it.")
            if self.server.policy.token_parties == Strictness.STRICT:
                return False
        request.granted = token
        return True

    def introspect_token(self, token: Token) -> dict[str, Any]:
        """Return what stands behind the token."""
        return told(self.server, token)

    def create_endpoint_response(self, request: AcmRequest) -> tuple[int, dict[str, Any], list[tuple[str, str]]]:
        """Return the answer, with what was asked for beside the token, and its signed copy."""
        status, body, headers = super().create_endpoint_response(request)
        if not body["active"]:
            return status, body, headers
        if request.form.get("token_endpoint_auth") == CREDENTIAL_MANAGER:
            body[CREDENTIAL_MANAGER] = _manager(self.server, body["client_id"])
        body = dict(sorted(body.items()))
        if self.server.policy.introspection_jwt:
            body["jwt"] = signed(self.server, body)
        return status, body, headers


def told(server: AcmServer, token: Token) -> dict[str, Any]:
    """Return what is told of a token that is active: whose it is, for whom, for how long, and the released claims."""
    claims = server.seams.bend("claims", dict(token.claims), stage_id=token.stage_id)
    return {
        **claims,
        **({"act": {"sub": token.actor}} if token.actor else {}),
        **({"token_type": "bearer"} if token.kind == ACCESS else {}),
        "active": True,
        "aud": token.audience[0] if len(token.audience) == 1 else token.audience,
        "client_id": token.client_id,
        "exp": token.expires_at,
        "iat": token.issued_at,
        "iss": server.conduct.identifier,
        "scope": token.scope,
    }


def signed(server: AcmServer, claims: dict[str, Any]) -> str:
    """Return a JWT of these claims, as the ID token is signed."""
    signing = server.keys.active
    header = {"alg": ALGORITHM, "kid": signing.kid, "typ": "JWT"}
    return seal(Unsigned(header=header, claims=claims, key=signing.key))


def _manager(server: AcmServer, client_id: str) -> dict[str, str]:
    """Return who manages the credentials of a client: two members are documented, what they hold is a guess."""
    client = server.query_client(client_id)
    registration = client.registration if client else None
    code = registration.organisation_code if registration else None
    name = (registration.organisation_name or registration.client_name) if registration else None
    return {"code": code or client_id, "name": name or client_id}
