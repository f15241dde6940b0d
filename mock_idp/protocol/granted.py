"""What was granted: to which client, of which scope, about whom. Codes and tokens each stand for it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from mock_idp.protocol.client import RegisteredClient
    from mock_idp.state.store import Record


@dataclass(frozen=True, kw_only=True)
class Granted:
    """What a client was given. `family`: everything that comes of it, so that it is revoked all at once.

    `audience`: for whom the access token is meant, by client_id. `signed_in`: who signed in as the store keeps it, None
    where a client speaks for itself. `auth_time`: only where it is to be told. `actor`: who acts for the person.
    """

    client_id: str
    scope: str
    stage_id: str
    claims: dict[str, Any]
    account: str | None
    family: str
    audience: list[str]
    signed_in: dict[str, Any] | None = None
    flow: str | None = None
    auth_time: int | None = None
    actor: str | None = None

    @classmethod
    def from_record(cls, record: Record) -> Self:
        """Return what was kept as `record`."""
        return cls(**record)

    def as_record(self) -> Record:
        """Return it as the store keeps it."""
        return dict(vars(self))

    def shared(self) -> dict[str, Any]:
        """Return the members that every code and token of this grant has."""
        return {each.name: getattr(self, each.name) for each in fields(Granted)}

    def get_scope(self) -> str:
        """Return the granted scope."""
        return self.scope

    def get_nonce(self) -> str | None:
        """Return nothing: only a code has the nonce of its request."""
        return None

    def get_auth_time(self) -> int | None:
        """Return the time of authentication, if `max_age` asked for it."""
        return self.auth_time

    def get_acr(self) -> None:
        """Return nothing: the means of authentication is among the claims, for it is at userinfo too."""

    def get_amr(self) -> None:
        """Return nothing: ACM was not seen to send `amr`."""


@dataclass(frozen=True, kw_only=True)
class Token(Granted):
    """A token. `issued_at` and `expires_at` in seconds since the epoch.

    Of a refresh token, `expires_at` is when the sign-in can no longer be refreshed.
    """

    token: str
    issued_at: int
    expires_at: int
    kind: str

    def concerns(self, client: RegisteredClient) -> bool:
        """Return whether the token was issued to this client, or is meant for it."""
        return client.client_id in {self.client_id, *self.audience}

    def check_client(self, client: RegisteredClient) -> bool:
        """Return whether the token was issued to this client."""
        return self.client_id == client.client_id

    def is_expired(self) -> bool:
        """Return False: nothing expired is handed out."""
        return False

    def is_revoked(self) -> bool:
        """Return False: nothing revoked is handed out."""
        return False
