"""What is kept of codes and tokens. All that comes of one sign-in is a family, and is revoked together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from mock_idp.protocol.code import AuthorizationCode
from mock_idp.protocol.granted import Token
from mock_idp.settings import LONGEST_S

if TYPE_CHECKING:
    from mock_idp.protocol.conduct import Conduct
    from mock_idp.protocol.granted import Granted
    from mock_idp.state.store import Store

CODE: Final = "code"
ACCESS: Final = "access-token"
REFRESH: Final = "refresh-token"
SPENT: Final = "spent"
REVOKED: Final = "revoked-family"
KINDS: Final = (CODE, ACCESS, REFRESH, SPENT)


class Tokens:
    """Codes and tokens of one issuer."""

    def __init__(self, store: Store, conduct: Conduct) -> None:
        self._store = store
        self._conduct = conduct

    @property
    def _remembered_s(self) -> float:
        """For how long a code or refresh token is remembered after its time: as long as what it gave holds.

        To say why it is refused, and to revoke that when it comes back.
        """
        return self._conduct.policy.access_token_ttl_s

    def keep_code(self, code: AuthorizationCode, *, ttl_s: float) -> None:
        """Keep a code for its time, and some more to say why it is refused then."""
        self._store.put(CODE, code.code, code.as_record(), ttl_s=ttl_s + self._remembered_s)

    def code(self, code: str) -> AuthorizationCode | None:
        """Return a code that was not redeemed yet, expired ones too."""
        record = self._store.get(CODE, code)
        return AuthorizationCode.from_record(record) if record else None

    def spend(self, code: AuthorizationCode) -> bool:
        """Use a code up; return whether this was the first time. Of all who try, only one is told so."""
        return self._spend(CODE, code.code, code, ttl_s=self._remembered_s)

    def keep_refresh(self, token: Token) -> None:
        """Keep a refresh token until its sign-in can no longer be refreshed, and some more to say so then."""
        self._store.put(REFRESH, token.token, token.as_record(), ttl_s=_left_s(token) + self._remembered_s)

    def refresh(self, token: str) -> Token | None:
        """Return a refresh token that was not used yet, expired and revoked ones too."""
        record = self._store.get(REFRESH, token)
        return Token.from_record(record) if record else None

    def spend_refresh(self, token: Token) -> bool:
        """Use a refresh token up; return whether this was the first time. Of all who try, only one is told so."""
        return self._spend(REFRESH, token.token, token, ttl_s=_left_s(token) + self._remembered_s)

    def family_of_spent(self, code_or_token: str) -> str | None:
        """Return the family of a code or refresh token that was used already; None when there never was one."""
        spent = self._store.get(SPENT, code_or_token)
        return spent["family"] if spent else None

    def keep_access(self, token: Token) -> None:
        """Keep an access token with what it opens."""
        self._store.put(ACCESS, token.token, token.as_record(), ttl_s=_left_s(token))

    def access(self, token: str) -> Token | None:
        """Return what an access token opens; None when it is unknown, expired or revoked."""
        record = self._store.get(ACCESS, token)
        return None if record is None or self.is_revoked(record["family"]) else Token.from_record(record)

    def live(self, token: str, now: float) -> Token | None:
        """Return an access or refresh token that can be used at this moment (seconds since the epoch)."""
        found = self.access(token) or self.refresh(token)
        return None if found is None or now >= found.expires_at or self.is_revoked(found.family) else found

    def revoke(self, family: str) -> None:
        """Revoke every token of a family, those as well that are being made at this moment."""
        self._store.put(REVOKED, family, {}, ttl_s=LONGEST_S)

    def is_revoked(self, family: str) -> bool:
        """Return whether a family was revoked."""
        return self._store.get(REVOKED, family) is not None

    def trace(self, *presented: str | None) -> dict[str, Any]:
        """Return where the first code or token that is known comes from, spent and revoked ones too.

        Its `stage_id` and `flow` among others, or nothing.
        """
        records = (self._store.get(kind, each) for each in presented if each for kind in KINDS)
        return next((record for record in records if record), {})

    def _spend(self, kind: str, key: str, granted: Granted, *, ttl_s: float) -> bool:
        traces = {"family": granted.family, "stage_id": granted.stage_id, "flow": granted.flow}
        self._store.put(SPENT, key, traces, ttl_s=ttl_s)
        return self._store.take(kind, key) is not None


def _left_s(token: Token) -> float:
    return max(0, token.expires_at - token.issued_at)
