"""What is kept of codes and tokens. All that comes of one sign-in is a family, and is revoked together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from mock_idp.protocol.code import AuthorizationCode
from mock_idp.settings import LONGEST_S

if TYPE_CHECKING:
    from mock_idp.state.store import Record, Store

CODE: Final = "code"
SPENT: Final = "spent-code"
ACCESS: Final = "access-token"
REVOKED: Final = "revoked-family"
REMEMBERED_S: Final = 3600
"""For so long a code is remembered after its time, to say why it is refused, and to punish its replay."""


class Tokens:
    """Codes and access tokens of one issuer."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def keep_code(self, code: AuthorizationCode, *, ttl_s: float) -> None:
        """Keep a code for its time, and some more to say why it is refused then."""
        self._store.put(CODE, code.code, code.as_record(), ttl_s=ttl_s + REMEMBERED_S)

    def code(self, code: str) -> AuthorizationCode | None:
        """Return a code that was not redeemed yet, expired ones too."""
        record = self._store.get(CODE, code)
        return AuthorizationCode.from_record(record) if record else None

    def spend(self, code: AuthorizationCode) -> bool:
        """Use a code up; return whether this was the first time. Of all who try, only one is told so."""
        traces = {"family": code.family, "stage_id": code.stage_id, "flow": code.flow}
        self._store.put(SPENT, code.code, traces, ttl_s=REMEMBERED_S)
        return self._store.take(CODE, code.code) is not None

    def punish(self, code: str) -> bool:
        """Revoke what a code gave that comes back; return whether there ever was such a code."""
        spent = self._store.get(SPENT, code)
        if spent:
            self.revoke(spent["family"])
        return spent is not None

    def keep_access(self, token: str, record: Record, *, ttl_s: float) -> None:
        """Keep an access token with what it opens."""
        self._store.put(ACCESS, token, record, ttl_s=ttl_s)

    def access(self, token: str) -> Record | None:
        """Return what an access token opens; None when it is unknown, expired or revoked."""
        record = self._store.get(ACCESS, token)
        return None if record is None or self.is_revoked(record["family"]) else record

    def revoke(self, family: str) -> None:
        """Revoke every token of a family, those as well that are being made at this moment."""
        self._store.put(REVOKED, family, {}, ttl_s=LONGEST_S)

    def is_revoked(self, family: str) -> bool:
        """Return whether a family was revoked."""
        return self._store.get(REVOKED, family) is not None

    def trace(self, *, code: str | None = None, access_token: str | None = None) -> dict[str, Any]:
        """Return where a code or token comes from, spent and revoked ones too: `stage_id` and `flow`, or nothing."""
        record = None
        if code:
            record = self._store.get(CODE, code) or self._store.get(SPENT, code)
        if record is None and access_token:
            record = self._store.get(ACCESS, access_token)
        return record or {}
