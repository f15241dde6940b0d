"""Authorization codes: what a sign-in yielded, kept until the application redeems it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from authlib.oidc.core import AuthorizationCodeMixin

from mock_idp.protocol.granted import Granted


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """Somebody who signed in, on a stage, at a moment (seconds since the epoch), by a means (`acr`).

    `identity`: the key of the one as which they come, once that was settled.
    """

    person: str
    auth_time: int
    acr: str
    identity: str | None = None


@dataclass(frozen=True, kw_only=True)
class Release:
    """What may be told about a person to one client: claims, and the account for the journal."""

    claims: dict[str, Any]
    account: str | None


@dataclass(frozen=True, kw_only=True)
class AuthorizationCode(Granted, AuthorizationCodeMixin):
    """A code and what it stands for."""

    code: str
    redirect_uri: str
    expires_at: float
    nonce: str | None = None
    code_challenge: str | None = None
    code_challenge_method: str | None = None

    def get_redirect_uri(self) -> str:
        """Return the redirect URI of the authorization request."""
        return self.redirect_uri

    def get_nonce(self) -> str | None:
        """Return the nonce, if one was sent."""
        return self.nonce
