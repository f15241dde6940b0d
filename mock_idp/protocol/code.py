"""Authorization codes: what a sign-in yielded, kept until the application redeems it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from authlib.oidc.core import AuthorizationCodeMixin

if TYPE_CHECKING:
    from mock_idp.state.store import Record


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """Somebody who signed in, on a stage, at a moment (seconds since the epoch), by a means (`acr`)."""

    person: str
    auth_time: int
    acr: str


@dataclass(frozen=True, kw_only=True)
class Release:
    """What may be told about a person to one client: claims, and the account for the journal."""

    claims: dict[str, Any]
    account: str | None


@dataclass(frozen=True, kw_only=True)
class AuthorizationCode(AuthorizationCodeMixin):
    """A code and what it stands for. `family`: everything that comes of it, so that a replay revokes all at once."""

    code: str
    client_id: str
    redirect_uri: str
    scope: str
    stage_id: str
    claims: dict[str, Any]
    account: str | None
    family: str
    expires_at: float
    flow: str | None = None
    nonce: str | None = None
    code_challenge: str | None = None
    code_challenge_method: str | None = None
    auth_time: int | None = None

    @classmethod
    def from_record(cls, record: Record) -> AuthorizationCode:
        """Return the code that was kept as `record`."""
        return cls(**record)

    def as_record(self) -> Record:
        """Return the code as the store keeps it."""
        return asdict(self)

    def get_redirect_uri(self) -> str:
        """Return the redirect URI of the authorization request."""
        return self.redirect_uri

    def get_scope(self) -> str:
        """Return the granted scope."""
        return self.scope

    def get_nonce(self) -> str | None:
        """Return the nonce, if one was sent."""
        return self.nonce

    def get_auth_time(self) -> int | None:
        """Return the time of authentication, if `max_age` asked for it."""
        return self.auth_time

    def get_acr(self) -> None:
        """Return nothing: the means of authentication is among the claims, for it is at userinfo too."""

    def get_amr(self) -> None:
        """Return nothing: ACM was not seen to send `amr`."""
