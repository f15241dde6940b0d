"""Who may look: whoever may call the control API, and a browser that showed the control token once in a form."""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING, Final

from mock_idp.web.control.errors import ControlError
from mock_idp.web.control.guard import check

if TYPE_CHECKING:
    from flask import Request, Response
    from pydantic import SecretStr

COOKIE: Final = "leerid_inspect"
PATH: Final = "/inspect"
LASTS_S: Final = 8 * 3600


def refusal(request: Request, token: SecretStr | None, now: float) -> ControlError | None:
    """Return why a caller may not look, or None."""
    if token is not None and _is_pass(request.cookies.get(COOKIE, ""), token, now):
        return None
    try:
        check(request, token)
    except ControlError as error:
        return error
    return None


def is_right(given: str, token: SecretStr) -> bool:
    """Return whether this is the control token."""
    return hmac.compare_digest(given.strip().encode(), token.get_secret_value().encode())


def let_in(response: Response, token: SecretStr, now: float, *, secure: bool) -> None:
    """Give the browser a cookie that says until when it may look, sealed with the control token and not that token."""
    until = int(now) + LASTS_S
    value = f"{until}.{_seal(str(until), token)}"
    response.set_cookie(COOKIE, value, max_age=LASTS_S, path=PATH, httponly=True, samesite="Strict", secure=secure)


def _is_pass(value: str, token: SecretStr, now: float) -> bool:
    until, _, seal = value.partition(".")
    is_sealed = hmac.compare_digest(seal.encode(), _seal(until, token).encode())
    return is_sealed and until.isascii() and until.isdecimal() and now < int(until)


def _seal(until: str, token: SecretStr) -> str:
    return hmac.new(token.get_secret_value().encode(), f"inspect {until}".encode(), hashlib.sha256).hexdigest()
