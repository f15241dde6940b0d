"""Headers of every answer: it is for testing only, it is not kept, and pages load nothing from elsewhere."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from flask import g, request

from mock_idp.settings.policy import CrossOrigin
from mock_idp.web.current import asked_issuer, endpoint_of
from mock_idp.web.whole import Whole

if TYPE_CHECKING:
    from flask import Response

    Headers = tuple[tuple[str, str], ...]

ALWAYS: Final = {
    "X-LeerID-Testbed": "testing-only",
    "X-Content-Type-Options": "nosniff",
    # Not no-referrer: then a browser says "Origin: null" when it posts the answer to the application.
    "Referrer-Policy": "strict-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}
POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'; "
    # A form may end at any application: browsers apply form-action to the redirects that follow as well.
    "form-action 'self' http: https:"
)
POPUPS: Final = frozenset({"authorization", "sign_in", "end_session"})
"""Blueprints that an application may open in a window of its own, from which it wants to hear when it is back."""

PUBLISHED: Final = frozenset({"discovery", "jwks"})
READABLE: Final = {
    CrossOrigin.NONE: frozenset[str](),
    CrossOrigin.PUBLISHED: PUBLISHED,
    CrossOrigin.ALL: PUBLISHED | {"token", "userinfo"},
}
"""Blueprints whose answers a script of a web site elsewhere may read. Never the control API, never a page."""
ANYBODY: Final = ("Access-Control-Allow-Origin", "*")
PREFLIGHT: Final = {
    "Access-Control-Allow-Methods": "GET, POST",
    "Access-Control-Allow-Headers": "Authorization, Content-Type",
    "Access-Control-Max-Age": "600",
}
OWN_SCRIPT: Final = "script-src 'self'; connect-src 'self'"
"""For a page with a script file of ours, which may ask this server and no other."""


def harden(response: Response) -> Response:
    """Add the headers; an endpoint that set its own caching keeps it."""
    name = endpoint_of(request.endpoint)
    headers = _headers(name in POPUPS, _scripts(), _access(name), _is_kept(response))
    if isinstance(response, Whole):
        response.beside = headers
    else:
        response.headers.update(headers)
    return response


@lru_cache(64)
def _headers(is_popup: bool, scripts: str, access: Headers, is_kept: bool) -> Headers:  # noqa: FBT001  a key
    return (
        *ALWAYS.items(),
        ("Content-Security-Policy", f"{POLICY}{scripts}"),
        ("Cross-Origin-Opener-Policy", "unsafe-none" if is_popup else "same-origin"),
        *(() if is_kept else (("Cache-Control", "no-store"),)),
        *access,
    )


def _is_kept(response: Response) -> bool:
    """Return whether the endpoint said for how long its answer may be kept, or that it may not."""
    return response.headers.get("Cache-Control") not in {None, "no-cache"}


def _scripts() -> str:
    """Return which scripts the page may run that was made: mostly none."""
    scripts: str | None = g.get("scripts")
    return f"; {scripts}" if scripts else ""


def _access(name: str) -> Headers:
    """Return what lets a script of a web site elsewhere read the answer."""
    if name not in READABLE[CrossOrigin.ALL]:
        return ()
    issuer = asked_issuer()
    if issuer is None or name not in READABLE[issuer.policy.cross_origin]:
        return ()
    return (ANYBODY, *(PREFLIGHT.items() if request.method == "OPTIONS" else ()))
