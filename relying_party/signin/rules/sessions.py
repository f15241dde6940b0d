"""Decisions about the session around a sign-in and a sign-out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from relying_party.accounts.sessions import Sessions


def renew_session(sessions: Sessions, token: str) -> str:
    """The session gets another id when somebody signs in, so that an id known before is worth nothing (SES-01)."""
    return sessions.renew(token)


def end_session(sessions: Sessions, token: str) -> None:
    """A sign-out ends the session on the server: the old cookie opens nothing (LGT-05)."""
    sessions.end(token)
