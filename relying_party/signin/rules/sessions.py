"""Decisions about the session around a sign-in and a sign-out."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Literal, TypedDict

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from relying_party.accounts.sessions import Begun, Sessions


class CookieFlags(TypedDict):
    """What a cookie is closed to."""

    httponly: bool
    samesite: Literal["Lax", "Strict", "None"]
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


def session_ends(now: datetime, hours: int) -> datetime:
    """A session ends at a fixed moment, however busy it is (SES-07)."""
    return now + timedelta(hours=hours)


def session_suffices() -> bool:
    """Whoever wants to sign in is asked about anew, also when somebody is signed in here (LR-11, SES-11)."""
    return False


def posted_back_to(begun_in: str, earlier: str) -> str:  # noqa: ARG001  what was begun before is over
    """A response that is posted comes back to the session in which its sign-in was begun (AZR-17)."""
    return begun_in


def takes_from_address(begun: Begun, told: Mapping[str, str]) -> Begun:  # noqa: ARG001  a sound rule takes nothing
    """Nothing in the address at which a sign-in starts goes into it: another site may have written it (REQ-15)."""
    return begun


def sign_out_here_first() -> bool:
    """The session here ends before the browser goes on to the provider, from where it may not come back (LGT-03)."""
    return True


def sign_out_at_provider(address: str | None) -> str | None:
    """A sign-out goes on to the provider, where it has a page for it (LGT-01)."""
    return address


def end_session(sessions: Sessions, token: str) -> None:
    """A sign-out ends the session on the server: the old cookie opens nothing (LGT-05)."""
    sessions.end(token)


def sign_out_confirmed(sent: str, returned: str) -> bool:
    """The provider has signed out too when the state that we sent comes back; another one changes nothing (LGT-02)."""
    return bool(sent) and secrets.compare_digest(sent.encode(), returned.encode())
