"""Sessions at ACM: who signed in with this browser, for at most two hours from then, whatever happens meanwhile."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from mock_idp.domain.randomness import fresh_secret
from mock_idp.protocol.code import SignedIn

if TYPE_CHECKING:
    from mock_idp.protocol.conduct import Conduct
    from mock_idp.state.store import Store

SESSION_COOKIE: Final = "leerid_session"
SESSION: Final = "session"
CHANGES: Final = "session-changes"
"""What changes of a session is kept beside it: so no change brings a session back that was ended meanwhile."""
MOST_SWITCHING: Final = 16


@dataclass(frozen=True, kw_only=True)
class Session:
    """Somebody who signed in on a stage, as one of their identities. `id` is a secret of the browser.

    `switching`: the clients to which another identity is chosen at the next visit.
    """

    id: str
    stage_id: str
    signed_in: SignedIn
    switching: tuple[str, ...] = ()


class Sessions:
    """Keeps sessions."""

    def __init__(self, conduct: Conduct, store: Store) -> None:
        self._conduct = conduct
        self._store = store

    def begin(self, signed_in: SignedIn, stage_id: str, replacing: str | None = None) -> Session:
        """Begin a session, never to be prolonged; the one that the browser had before is over."""
        self.end(replacing)
        session_id = fresh_secret()
        record = {"stage_id": stage_id, "signed_in": dict(vars(signed_in))}
        self._store.put(SESSION, session_id, record, ttl_s=self._conduct.policy.session_ttl_s)
        return Session(id=session_id, stage_id=stage_id, signed_in=signed_in)

    def find(self, session_id: str | None, stage_id: str) -> Session | None:
        """Return the session of a browser on a stage, or None when it is unknown, over, or of another stage."""
        record = self._store.get(SESSION, session_id) if session_id else None
        if session_id is None or record is None or record["stage_id"] != stage_id:
            return None
        signed_in = SignedIn(**record["signed_in"])
        changes = self._store.get(CHANGES, session_id)
        if changes is None:
            return Session(id=session_id, stage_id=stage_id, signed_in=signed_in)
        signed_in = replace(signed_in, identity=changes["identity"])
        return Session(id=session_id, stage_id=stage_id, signed_in=signed_in, switching=tuple(changes["switching"]))

    def settle(self, session: Session, identity: str | None, client_id: str | None) -> None:
        """Remember as whom somebody went on to a client."""
        others = tuple(each for each in session.switching if each != client_id)
        if (identity, others) != (session.signed_in.identity, session.switching):
            self._change(session, identity, others)

    def switch(self, session: Session, client_id: str) -> None:
        """Let somebody choose again as whom they go on to a client, at the next visit."""
        switching = dict.fromkeys([*session.switching, client_id])
        self._change(session, session.signed_in.identity, tuple(switching)[-MOST_SWITCHING:])

    def end(self, session_id: str | None) -> None:
        """End a session."""
        if session_id:
            self._store.delete(SESSION, session_id)
            self._store.delete(CHANGES, session_id)

    def _change(self, session: Session, identity: str | None, switching: tuple[str, ...]) -> None:
        record = {"identity": identity, "switching": list(switching)}
        self._store.put(CHANGES, session.id, record, ttl_s=self._conduct.policy.session_ttl_s)
