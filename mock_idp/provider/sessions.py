"""Sessions at ACM: who signed in with this browser, for at most two hours from then, whatever happens meanwhile."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from mock_idp.domain.randomness import fresh_secret
from mock_idp.protocol.code import SignedIn

if TYPE_CHECKING:
    from mock_idp.protocol.conduct import Conduct
    from mock_idp.state.store import Store

SESSION_COOKIE: Final = "leerid_session"
SESSION: Final = "session"


@dataclass(frozen=True, kw_only=True)
class Session:
    """Somebody who signed in on a stage. `id` is a secret of the browser."""

    id: str
    stage_id: str
    signed_in: SignedIn


class Sessions:
    """Keeps sessions."""

    def __init__(self, conduct: Conduct, store: Store) -> None:
        self._conduct = conduct
        self._store = store

    def begin(self, signed_in: SignedIn, stage_id: str, replacing: str | None = None) -> Session:
        """Begin a session, never to be prolonged; the one that the browser had before is over."""
        self.end(replacing)
        session_id = fresh_secret()
        record = {"stage_id": stage_id, "signed_in": asdict(signed_in)}
        self._store.put(SESSION, session_id, record, ttl_s=self._conduct.policy.session_ttl_s)
        return Session(id=session_id, stage_id=stage_id, signed_in=signed_in)

    def find(self, session_id: str | None, stage_id: str) -> Session | None:
        """Return the session of a browser on a stage, or None when it is unknown, over, or of another stage."""
        record = self._store.get(SESSION, session_id) if session_id else None
        if session_id is None or record is None or record["stage_id"] != stage_id:
            return None
        return Session(id=session_id, stage_id=stage_id, signed_in=SignedIn(**record["signed_in"]))

    def end(self, session_id: str | None) -> None:
        """End a session."""
        if session_id:
            self._store.delete(SESSION, session_id)
