"""Token exchange (RFC 8693): an API that was called for a pupil asks for a token with which it calls another API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from authlib.oauth2.rfc6749 import InvalidRequestError, InvalidScopeError, UnauthorizedClientError
from authlib.oauth2.rfc6749.grants import BaseGrant, TokenEndpointMixin

from mock_idp.domain.claims import OFFLINE_ACCESS
from mock_idp.domain.clients import GrantType
from mock_idp.domain.randomness import fresh_id
from mock_idp.protocol.authentication import PROVING
from mock_idp.protocol.claims_source import NotAdmittedError
from mock_idp.protocol.client import described
from mock_idp.protocol.granted import Granted
from mock_idp.protocol.grants.asking import asked_again
from mock_idp.protocol.introspection import signed, told
from mock_idp.protocol.scope import each_once, granted_scopes
from mock_idp.protocol.target import targets
from mock_idp.protocol.tokens import ACCESS, REFRESH
from mock_idp.settings.policy import Strictness

if TYPE_CHECKING:
    from mock_idp.protocol.client import RegisteredClient
    from mock_idp.protocol.granted import Token
    from mock_idp.protocol.server import AcmServer
    from mock_idp.protocol.wire import AcmRequest

ACCESS_TOKEN: Final = "urn:ietf:params:oauth:token-type:access_token"  # noqa: S105  a type, not a password
REFRESH_TOKEN: Final = "urn:ietf:params:oauth:token-type:refresh_token"  # noqa: S105  a type, not a password
JWT: Final = "urn:ietf:params:oauth:token-type:jwt"
KINDS: Final = {ACCESS_TOKEN: ACCESS, REFRESH_TOKEN: REFRESH}


class ExchangeGrant(BaseGrant, TokenEndpointMixin):
    """Authlib has no such grant; the errors are those of RFC 8693 section 2.2.2."""

    GRANT_TYPE = GrantType.TOKEN_EXCHANGE
    TOKEN_ENDPOINT_AUTH_METHODS = PROVING
    server: AcmServer
    request: AcmRequest

    def validate_token_request(self) -> None:
        """Check who asks, with which token, for which API."""
        client: RegisteredClient = self.authenticate_token_endpoint_client()
        if not client.check_grant_type(self.GRANT_TYPE):
            raise UnauthorizedClientError("This client is not registered for token exchange.")
        self.request.client = client
        if self._wanted() not in {ACCESS_TOKEN, JWT}:
            raise InvalidRequestError(f"requested_token_type must be {ACCESS_TOKEN} or {JWT}.")
        subject, actor = self._subject(client), self._actor()
        audience = targets(self.server, self.request, client)
        if not audience:
            raise InvalidRequestError("Name the API that the token is for: audience or resource is missing.")
        scope = self._scope(subject, client)
        self.request.granted = self._granted(subject, client, scope, {"audience": audience, "actor": actor})

    def create_token_response(self) -> tuple[int, dict[str, Any], list[tuple[str, str]]]:
        """Return the token with its type."""
        granted, client = self.request.granted, self.request.client
        assert granted is not None  # noqa: S101  the request was validated
        assert client is not None  # noqa: S101  as above
        token = self.generate_token(scope=granted.scope, include_refresh_token=False)
        if self._wanted() == JWT:
            claims = told(self.server, self.server.mint.access(granted, client, token["access_token"]))
            token["access_token"] = signed(self.server, dict(sorted({**claims, "jti": fresh_id()}.items())))
        self.save_token(token)
        return 200, token | {"issued_token_type": self._wanted()}, self.TOKEN_RESPONSE_HEADER

    def _wanted(self) -> str:
        return self.request.form.get("requested_token_type") or ACCESS_TOKEN

    def _subject(self, client: RegisteredClient) -> Token:
        """Return the token to exchange, which must concern whoever exchanges it."""
        subject = self._presented("subject_token")
        if not subject.concerns(client):
            complaint = "The subject_token is neither issued to this client nor meant for it."
            if self.server.policy.token_parties == Strictness.STRICT:
                raise InvalidRequestError(complaint)
            self.request.learnt.note(complaint)
        return subject

    def _actor(self) -> str | None:
        """Return who acts for the person: the subject of another token."""
        if not {"actor_token", "actor_token_type"} & self.request.form.keys():
            return None
        actor = self._presented("actor_token")
        return str(actor.claims.get("sub", actor.client_id))

    def _presented(self, name: str) -> Token:
        kind = KINDS.get(self.request.form.get(f"{name}_type", ""))
        if kind is None:
            raise InvalidRequestError(f"{name}_type must be {ACCESS_TOKEN} or {REFRESH_TOKEN}.")
        found = self.server.tokens.live(self.request.form.get(name, ""), self.server.now())
        if found is None or found.kind != kind:
            raise InvalidRequestError(f"The {name} is missing, unknown, of another type, expired or revoked.")
        return found

    def _scope(self, subject: Token, client: RegisteredClient) -> str:
        """Return the scope that is asked for, else that of the subject as far as this client may have it."""
        profile = self.server.source.profile(client.registration, subject.stage_id)
        possible = [each for each in granted_scopes(client, profile) if each != OFFLINE_ACCESS]
        asked = (self.request.payload.scope or "").split()
        never = [each for each in asked if each not in possible]
        if never:
            raise InvalidScopeError(described(f"This client may not have the scope {', '.join(never)} by exchange."))
        return each_once(" ".join(asked or [each for each in subject.scope.split() if each in possible]))

    def _granted(self, subject: Token, client: RegisteredClient, scope: str, members: dict[str, Any]) -> Granted:
        """Return what is granted: of the same sign-in, revoked with it, and true now."""
        now = {"client_id": client.client_id, "scope": scope, **members}
        if subject.signed_in is None:
            return Granted(**subject.shared() | now)
        try:
            released = asked_again(self.server, subject, client, scope)
        except NotAdmittedError as error:
            raise InvalidRequestError(described(str(error))) from error
        return Granted(**subject.shared() | now | {"claims": released.claims, "account": released.account})
