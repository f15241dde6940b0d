"""Server-side sessions and the sign-ins begun in them. A browser holds a random token, the database only its hash."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update

from relying_party.accounts.models import BegunRow, SessionRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from relying_party.accounts.database import Database

SIGN_IN_TAKES = timedelta(minutes=30)
"""How long a pupil may take on the provider's pages."""


@dataclass(frozen=True, kw_only=True)
class Visit:
    """A session as the rest of the application sees it; `person_id` is None and the rest "" before the sign-in.

    Staff have a `subject` and no person: nothing is kept about them but this session.
    """

    id: int
    person_id: str | None
    issuer: str = ""
    subject: str = ""

    @property
    def is_signed_in(self) -> bool:
        """Whether somebody has signed in, a pupil or one of the staff."""
        return bool(self.person_id or self.subject)


SILENT = "silent."
"""The state of a silent sign-in begins with this, so that its failure is told from that of another."""


@dataclass(frozen=True, kw_only=True)
class Vouched:
    """Who vouches for somebody, under which name, and by which session there; "" where nothing was told."""

    issuer: str
    subject: str = ""
    provider_session: str = ""


@dataclass(frozen=True, kw_only=True)
class Begun:
    """A sign-in on its way: what was sent out and must come back, from which issuer, to which redirect URI."""

    state: str
    nonce: str
    code_verifier: str | None
    issuer: str = ""
    redirect_uri: str = ""
    next_page: str = ""
    id: int = 0

    @property
    def is_silent(self) -> bool:
        """Whether the provider was asked to show no page."""
        return self.state.startswith(SILENT)


class Sessions:
    """The sessions of this application."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def start(self, *, now: datetime) -> str:
        """Open a session for a browser nobody has signed in with yet; return its token."""
        token = _fresh_token()

        def change(session: Session) -> None:
            session.execute(delete(SessionRow).where(SessionRow.expires_at <= now))
            session.add(SessionRow(token_hash=_hash(token), expires_at=now + SIGN_IN_TAKES))

        self.database.write(change)
        return token

    def find(self, token: str, *, now: datetime) -> Visit | None:
        """Return the live session a token opens."""
        with self.database.reading() as session:
            row = _live(session, token, now)
            if row is None:
                return None
            return Visit(id=row.id, person_id=row.person_id, issuer=row.issuer, subject=row.subject)

    def renew(self, token: str) -> str:
        """Give the session another token; the old one opens nothing any more."""
        fresh = _fresh_token()

        self._update(token, token_hash=_hash(fresh))
        return fresh

    def sign_in(self, token: str, person_id: str | None, *, until: datetime, vouched: Vouched | None = None) -> None:
        """Bind the session to a person whom an issuer vouches for, None for one of the staff, for a bounded time."""
        told = vars(vouched) if vouched else {}
        self._update(token, person_id=person_id, expires_at=until, **told)

    def end(self, token: str) -> None:
        """Forget the session and the sign-ins begun in it."""

        def change(session: Session) -> None:
            session.execute(delete(SessionRow).where(SessionRow.token_hash == _hash(token)))

        self.database.write(change)

    def end_all(self, vouched: Vouched) -> int:
        """End those of one session at the issuer, or without its name all of a person; return how many."""
        names = ("provider_session", "subject")
        about = next(((name, value) for name in names if (value := getattr(vouched, name))), None)
        if about is None:
            return 0
        which = delete(SessionRow).filter_by(issuer=vouched.issuer, **dict([about]))
        return self.database.write(lambda session: len(session.scalars(which.returning(SessionRow.id)).all()))

    def begin(self, token: str, begun: Begun, *, now: datetime) -> None:
        """Remember a sign-in that starts now; the session lives at least as long as the pupil may take."""

        def change(session: Session) -> None:
            row = session.scalars(select(SessionRow).where(SessionRow.token_hash == _hash(token))).one()
            row.expires_at = max(row.expires_at, now + SIGN_IN_TAKES)
            session.add(
                BegunRow(
                    session_id=row.id,
                    issuer=begun.issuer,
                    redirect_uri=begun.redirect_uri,
                    next_page=begun.next_page,
                    state=begun.state,
                    nonce=begun.nonce,
                    code_verifier=begun.code_verifier,
                    expires_at=now + SIGN_IN_TAKES,
                )
            )

        self.database.write(change)

    def begun(self, token: str, *, now: datetime) -> Sequence[Begun]:
        """Return the sign-ins begun in this session and not come back yet, latest first."""
        with self.database.reading() as session:
            row = _live(session, token, now)
            if row is None:
                return ()
            waiting = sorted(row.begun, key=lambda line: line.id, reverse=True)
            return [begun_of(line) for line in waiting if line.expires_at > now]

    def redeem(self, begun: Begun) -> bool:
        """Use a begun sign-in up; of two callers only one is told True."""
        return self.database.write(lambda session: _redeemed(session, begun.id))

    def _update(self, token: str, **values: str | datetime | None) -> None:
        """Change a session; one that was ended meanwhile stays ended."""
        change = update(SessionRow).where(SessionRow.token_hash == _hash(token)).values(**values)
        self.database.write(lambda session: session.execute(change))


def begun_of(row: BegunRow) -> Begun:
    """Return a begun sign-in as it was kept."""
    return Begun(
        id=row.id,
        issuer=row.issuer,
        redirect_uri=row.redirect_uri,
        next_page=row.next_page,
        state=row.state,
        nonce=row.nonce,
        code_verifier=row.code_verifier,
    )


def _redeemed(session: Session, begun_id: int) -> bool:
    row = session.get(BegunRow, begun_id)
    if row is None:
        return False
    session.delete(row)
    return True


def _live(session: Session, token: str, now: datetime) -> SessionRow | None:
    row = session.scalars(select(SessionRow).where(SessionRow.token_hash == _hash(token))).one_or_none()
    return row if row is not None and row.expires_at > now else None


def _fresh_token() -> str:
    return secrets.token_urlsafe(32)


def _hash(token: str) -> str:
    """The token is 256 random bits, so a plain hash is enough to make the table useless to a thief."""
    return sha256(token.encode()).hexdigest()
