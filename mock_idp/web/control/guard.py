"""Who may call: on loopback everybody who is no web page of a stranger; elsewhere those who know the control token."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from mock_idp.settings import is_loopback
from mock_idp.web.control.errors import ControlError

if TYPE_CHECKING:
    from flask import Request
    from pydantic import SecretStr

CHALLENGE = 'Bearer realm="leerid-testbed control"'


def check(request: Request, token: SecretStr | None) -> None:
    """Raise `ControlError` for a caller without the token or, where no token is set, from beyond loopback."""
    if token is not None:
        _check_token(request, token)
    else:
        _check_host(request)
        _check_origin(request)


def _check_token(request: Request, token: SecretStr) -> None:
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    expected = token.get_secret_value().encode()
    if scheme.lower() != "bearer" or not hmac.compare_digest(given.strip().encode(), expected):
        raise ControlError(
            "unauthorized",
            "This mock has a control token; send it as: Authorization: Bearer <token>.",
            headers={"WWW-Authenticate": CHALLENGE},
        )


def _check_host(request: Request) -> None:
    """A page of a stranger can point its own name at this machine (DNS rebinding); the Host header betrays it."""
    if not is_loopback(_hostname(f"//{request.host}")):
        raise ControlError(
            "forbidden",
            "The Host header is not a loopback name. Call localhost or 127.0.0.1, or serve with a control token.",
        )


def _check_origin(request: Request) -> None:
    """A page of a stranger can post to this machine without reading the answer; the Origin header betrays it."""
    origin = request.headers.get("Origin")
    if origin is not None and not is_loopback(_hostname(origin)):
        raise ControlError(
            "forbidden",
            "The Origin header names a page beyond loopback. Call from a program, or serve with a control token.",
        )


def _hostname(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None
