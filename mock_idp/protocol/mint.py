"""Makes tokens: opaque, for as long as the policy or the registration says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mock_idp.domain.randomness import fresh_secret
from mock_idp.protocol.granted import Token
from mock_idp.protocol.tokens import ACCESS, REFRESH

if TYPE_CHECKING:
    from mock_idp.domain.clock import Clock
    from mock_idp.protocol.client import RegisteredClient
    from mock_idp.protocol.conduct import Conduct
    from mock_idp.protocol.granted import Granted
    from mock_idp.protocol.tokens import Tokens
    from mock_idp.protocol.wire import AcmRequest


class Mint:
    """Makes the tokens of one issuer and keeps what they stand for."""

    def __init__(self, tokens: Tokens, conduct: Conduct, clock: Clock) -> None:
        self._tokens = tokens
        self._conduct = conduct
        self._clock = clock

    def bearer(self, *, client: RegisteredClient, scope: str, include_refresh_token: bool, **_: Any) -> dict[str, Any]:
        """Return new tokens as the token endpoint answers them."""
        return {
            "access_token": fresh_secret(),
            "expires_in": self._ttl_s(client),
            **({"refresh_token": fresh_secret()} if include_refresh_token else {}),
            "scope": scope,
            "token_type": "Bearer",
        }

    def keep(self, token: dict[str, Any], request: AcmRequest) -> None:
        """Keep the access token with the claims it opens, and the refresh token with the sign-in that it continues."""
        granted, client = request.granted, request.client
        if granted is None or client is None:
            return
        self._tokens.keep_access(self.access(granted, client, token["access_token"]))
        if "refresh_token" in token:
            self._tokens.keep_refresh(self._refresh(request.refresh_token or granted, token["refresh_token"]))

    def access(self, granted: Granted, client: RegisteredClient, token: str) -> Token:
        """Return an access token that is issued now."""
        now = self._now()
        ends = now + self._ttl_s(client)
        return Token(**granted.shared(), token=token, kind=ACCESS, issued_at=now, expires_at=ends)

    def _refresh(self, granted: Granted, token: str) -> Token:
        """Return a refresh token: it holds until an absolute moment, however often it was renewed before."""
        ends = int((granted.signed_in or {})["auth_time"]) + self._conduct.policy.refresh_ttl_s
        return Token(**granted.shared(), token=token, kind=REFRESH, issued_at=self._now(), expires_at=ends)

    def _ttl_s(self, client: RegisteredClient) -> int:
        return client.registration.access_token_ttl_s or self._conduct.policy.access_token_ttl_s

    def _now(self) -> int:
        return int(self._clock.now().timestamp())
