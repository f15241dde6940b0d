"""The authorization code: Authlib's grant, with ACM's 30 seconds, single use and answers by response mode."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from authlib.oauth2.rfc6749 import InvalidGrantError
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant
from authlib.oauth2.rfc7636 import CodeChallenge

from mock_idp.domain.claims import OFFLINE_ACCESS
from mock_idp.domain.randomness import fresh_secret
from mock_idp.protocol.authentication import METHODS
from mock_idp.protocol.response import RedirectAnswer, response_mode
from mock_idp.protocol.scope import granted_scopes

if TYPE_CHECKING:
    from mock_idp.protocol.client import RegisteredClient
    from mock_idp.protocol.code import AuthorizationCode, SignedIn
    from mock_idp.protocol.server import AcmServer
    from mock_idp.protocol.wire import AcmRequest


class CodeGrant(AuthorizationCodeGrant):
    """ACM's peculiarities; everything else is Authlib's."""

    TOKEN_ENDPOINT_AUTH_METHODS = METHODS
    server: AcmServer
    request: AcmRequest

    def create_authorization_response(
        self, redirect_uri: str, grant_user: SignedIn
    ) -> tuple[int, RedirectAnswer, list[tuple[str, str]]]:
        """Return the parameters of the answer; Authlib would put the code into a query only."""
        self.request.user = grant_user
        code = self.generate_authorization_code()
        self.save_authorization_code(code, self.request)
        data = self.request.payload.data
        parameters = {"code": code, **({"state": data["state"]} if data.get("state") else {})}
        mode = response_mode(data.get("response_mode"), redirect_uri)
        return HTTPStatus.FOUND, RedirectAnswer(redirect_uri=redirect_uri, parameters=parameters, mode=mode), []

    def generate_authorization_code(self) -> str:
        """Return a code that cannot be guessed."""
        return fresh_secret()

    def save_authorization_code(self, code: str, request: AcmRequest) -> None:
        """Keep the code with everything that was signed in to."""
        self.server.tokens.keep_code(self.server.code_for(code, request), ttl_s=self.server.policy.code_ttl_s)

    def query_authorization_code(self, code: str, client: RegisteredClient) -> AuthorizationCode:
        """Redeem the code: of all who try only one gets it, and a second attempt revokes what the first got."""
        tokens = self.server.tokens
        found = tokens.code(code)
        if found is None:
            raise self._spent_or_unknown(code)
        if found.client_id != client.client_id:
            raise InvalidGrantError("This code was issued to another client.")
        if not tokens.spend(found):
            raise self._spent_or_unknown(code)
        if self.server.now() >= found.expires_at:
            raise InvalidGrantError(f"This code expired; redeem it within {self.server.policy.code_ttl_s} seconds.")
        return found

    def generate_token(self, **asked: Any) -> dict[str, Any]:
        """Return the tokens: one to refresh with for those only who asked for it."""
        is_refreshed = OFFLINE_ACCESS in asked["scope"].split()
        token: dict[str, Any] = super().generate_token(**asked | {"include_refresh_token": is_refreshed})
        return token

    def authenticate_user(self, authorization_code: AuthorizationCode) -> AuthorizationCode:
        """Return the code: it says who signed in, and what is granted."""
        self.request.granted = authorization_code
        return authorization_code

    def delete_authorization_code(self, authorization_code: AuthorizationCode) -> None:
        """Do nothing: redeeming deleted it already."""

    def _spent_or_unknown(self, code: str) -> InvalidGrantError:
        family = self.server.tokens.family_of_spent(code)
        if family is None:
            return InvalidGrantError("This code is unknown.")
        self.server.tokens.revoke(family)
        return InvalidGrantError("This code was redeemed before; the tokens it gave are revoked.")


class ProofKey(CodeChallenge):
    """PKCE: checked when a challenge was sent; who must send one is said in `authorization_rules`."""

    def __init__(self) -> None:
        super().__init__(required=False)


class RequiredScopes:
    """Adds the scopes that the registration demands; what may be asked for is said in `authorization_rules`."""

    def __call__(self, grant: CodeGrant) -> None:
        """Hook into the validation of authorization requests."""
        grant.register_hook("after_validate_authorization_request_payload", self.add)

    def add(self, grant: CodeGrant, redirect_uri: Any) -> None:
        """Add what is granted and was not asked for."""
        del redirect_uri
        request, client = grant.request, grant.request.client
        if client is None or not client.registration.required_scopes:
            return
        granted = granted_scopes(client, grant.server.source.profile(client.registration, request.stage_id))
        asked = request.scope.split()
        added = [each for each in client.registration.required_scopes if each in granted and each not in asked]
        request.scope = " ".join([*asked, *added])
        if added:
            request.learnt.note(f"Added, for the registration demands it: the scope {', '.join(added)}.")
