"""Decisions about the session around a sign-in and a sign-out."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Literal, TypedDict

if TYPE_CHECKING:
    from datetime import datetime

    from relying_party.accounts.sessions import Begun, Sessions


class CookieFlags(TypedDict):
    """What a cookie is closed to."""

    httponly: bool
    samesite: Literal["Lax", "Strict"]
    secure: bool


def cookie_flags(https: bool) -> CookieFlags:  # noqa: FBT001  a fact, not an option
    """Cookies are closed to scripts and other sites, and over https never travel in the clear (SES-02)."""
    return CookieFlags(httponly=True, samesite="Lax", secure=https)


def answered_sign_in(sessions: Sessions, token: str, state: str, now: datetime) -> Begun | None:
    """A response answers a sign-in of its own browser: that of this state, else the latest, to be refused (AZR-03)."""
    waiting = sessions.begun(token, now=now)
    return next((begun for begun in waiting if begun.state == state), waiting[0] if waiting else None)


def use_sign_in_up(sessions: Sessions, begun: Begun) -> bool:
    """A sign-in is answered once: of two responses, or of one that is loaded again, only the first goes on (AZR-04)."""
    return sessions.redeem(begun)


def renew_session(sessions: Sessions, token: str) -> str:
    """The session gets another id when somebody signs in, so that an id known before is worth nothing (SES-01)."""
    return sessions.renew(token)


def end_session(sessions: Sessions, token: str) -> None:
    """A sign-out ends the session on the server: the old cookie opens nothing (LGT-05)."""
    sessions.end(token)


def sign_out_confirmed(sent: str, returned: str) -> bool:
    """The provider has signed out too when the state that we sent comes back; another one changes nothing (LGT-02)."""
    return bool(sent) and secrets.compare_digest(sent.encode(), returned.encode())
