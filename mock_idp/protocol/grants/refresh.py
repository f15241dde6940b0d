"""Refreshing: each refresh token works once, and a sign-in can be refreshed for a time that is counted from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from authlib.oauth2 import OAuth2Error
from authlib.oauth2.rfc6749 import InvalidRequestError, InvalidScopeError
from authlib.oauth2.rfc6749.grants import RefreshTokenGrant

from mock_idp.protocol.authentication import METHODS
from mock_idp.protocol.claims_source import NotAdmittedError
from mock_idp.protocol.client import described
from mock_idp.protocol.granted import Granted
from mock_idp.protocol.grants.asking import asked_again
from mock_idp.protocol.id_token import AcmIdToken
from mock_idp.protocol.renewal import Renewal
from mock_idp.protocol.scope import each_once
from mock_idp.settings.policy import Reuse

if TYPE_CHECKING:
    from mock_idp.protocol.granted import Token
    from mock_idp.protocol.server import AcmServer
    from mock_idp.protocol.wire import AcmRequest


class RefreshGrant(RefreshTokenGrant):
    """Authlib's, with rotation, ACM's own error, and claims that are asked for again."""

    TOKEN_ENDPOINT_AUTH_METHODS = METHODS
    INCLUDE_NEW_REFRESH_TOKEN = True
    server: AcmServer
    request: AcmRequest
    renewal: Renewal = Renewal()

    def validate_token_request(self) -> None:
        """Check client, token and scope; say what a scope that is refused would have widened."""
        try:
            super().validate_token_request()
        except InvalidScopeError:
            raise InvalidScopeError("A refresh can narrow the scope of the sign-in, not widen it.") from None

    def authenticate_refresh_token(self, refresh_token: str) -> Token:
        """Return what a refresh token stands for, and use nothing up yet."""
        found = self.server.tokens.refresh(refresh_token)
        if found is None:
            raise self._spent_or_unknown(refresh_token)
        if not found.check_client(self.client):
            raise self._refused("This refresh token was issued to another client.")
        if self.server.tokens.is_revoked(found.family):
            raise self._refused("This refresh token was revoked, with every token of its sign-in.")
        if self.server.now() >= found.expires_at:
            raise InvalidRequestError("The time is over in which this sign-in could be refreshed; sign in again.")
        self.renewal = self._bent(found.stage_id)
        if self.renewal.error:
            raise OAuth2Error("The stage lets this sign-in be refreshed no longer.", error=self.renewal.error)
        return found

    def _bent(self, stage_id: str) -> Renewal:
        honest = Renewal(id_token=self.server.policy.refresh_id_token)
        bent: Renewal = self.server.seams.bend("refresh", honest, stage_id=stage_id)
        return bent

    def authenticate_user(self, refresh_token: Token) -> Granted:
        """Return what is granted now: the datastore is asked again, so that what is released is true."""
        scope = each_once(self.request.payload.scope or refresh_token.scope)
        try:
            released = asked_again(self.server, refresh_token, self.client, scope)
        except NotAdmittedError as error:
            raise self._refused(str(error)) from error
        now = {"scope": scope, "claims": released.claims, "account": released.account}
        granted = Granted(**refresh_token.shared() | now)
        self.request.granted = granted
        return granted

    def issue_token(self, user: Granted, refresh_token: Token) -> dict[str, Any]:
        """Use the refresh token up where a new one comes: of all who try, only one gets tokens."""
        if self.renewal.new_token and not self.server.tokens.spend_refresh(refresh_token):
            raise self._spent_or_unknown(refresh_token.token)
        self.INCLUDE_NEW_REFRESH_TOKEN = self.renewal.new_token
        token: dict[str, Any] = super().issue_token(user, refresh_token)
        return token

    def revoke_old_credential(self, refresh_token: Token) -> None:
        """Do nothing: it was used up before anything was issued."""

    def create_token_response(self) -> tuple[int, dict[str, Any], list[tuple[str, str]]]:
        """Return the answer without scope, as in the documented sample."""
        status, token, headers = super().create_token_response()
        return status, {name: value for name, value in token.items() if name != "scope"}, headers

    def _spent_or_unknown(self, refresh_token: str) -> OAuth2Error:
        family = self.server.tokens.family_of_spent(refresh_token)
        if family is None:
            return self._refused("This refresh token is unknown.")
        used = "This refresh token was used before; each works once, and the answer brought a new one."
        if self.server.policy.refresh_reuse == Reuse.REFUSED:
            return self._refused(used)
        self.server.tokens.revoke(family)
        return self._refused(f"{used} Every token of its sign-in is revoked now.")

    def _refused(self, description: str) -> OAuth2Error:
        return OAuth2Error(described(description), error=str(self.server.policy.refresh_refused))


class RefreshedIdToken(AcmIdToken):
    """The ID token of a refresh, where the policy or the stage gives one."""

    def process_token(self, grant: RefreshGrant, response: tuple[int, dict[str, Any], Any]) -> None:
        """Put it into the answer."""
        if grant.renewal.id_token:
            super().process_token(grant, response)

    def bent(self, claims: dict[str, Any], stage_id: str) -> dict[str, Any]:
        """Return the claims after the seam of refreshed ID tokens as well."""
        bent: dict[str, Any] = self.server.seams.bend(
            "refreshed-id-token", super().bent(claims, stage_id), stage_id=stage_id
        )
        return bent
