"""The cookies: the session, the sign-out with its farewell and what it leaves behind, the language.

All of them are HttpOnly, SameSite=Lax and of this host.

A response that is posted from the provider's site brings none of them: for the time of a sign-in there is one more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from relying_party.web.site import current_site

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from relying_party.accounts.sessions import Visit
    from relying_party.signin.rules.sessions import CookieFlags

SESSION = "leerid_rp_session"
SIGN_OUT = "leerid_rp_sign_out"
FAREWELL = "leerid_rp_farewell"
LEFT_BEHIND = "leerid_rp_left_behind"
POSTED = "leerid_rp_posted"
LANGUAGE = "leerid_rp_language"
SIGN_OUT_LIVES_S = 600
LANGUAGE_LIVES_S = 365 * 24 * 3600


def read(name: str) -> str:
    """Return the value of a cookie, "" when the browser sent none."""
    return request.cookies.get(_full(name), "")


def write(response: Response, name: str, value: str, *, lives_s: int | None = None) -> None:
    """Set a cookie; without `lives_s` the browser forgets it when it closes."""
    response.set_cookie(_full(name), value, max_age=lives_s, path="/", **_flags())


def write_for_posting(response: Response, token: str, *, lives_s: int) -> None:
    """Set the one cookie that comes along with a form of another site; browsers want Secure then, loopback too."""
    response.set_cookie(_full(POSTED), token, max_age=lives_s, path="/", httponly=True, samesite="None", secure=True)


def of_sign_in() -> str:
    """Return the session in which the sign-in that is being answered was begun."""
    return read(SESSION) or read(POSTED)


def remove(response: Response, name: str) -> None:
    """Delete a cookie."""
    response.delete_cookie(_full(name), path="/", **_flags())


def current_visit() -> Visit | None:
    """Return the live session of this browser."""
    site, token = current_site(), read(SESSION)
    return site.sessions.find(token, now=site.clock()) if token else None


def _flags() -> CookieFlags:
    site = current_site()
    return site.policy.rules.cookie_flags(site.settings.secure)


def _full(name: str) -> str:
    """Over https the prefix ties the cookie to this host (draft-ietf-httpbis-rfc6265bis)."""
    return f"__Host-{name}" if current_site().settings.secure else name
