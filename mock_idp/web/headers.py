"""Headers of every answer: it is for testing only, it is not kept, and pages load nothing from elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import g, request

from mock_idp.settings.policy import CrossOrigin
from mock_idp.web.current import asked_issuer, endpoint_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Response

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
    response.headers.update(ALWAYS)
    response.headers["Content-Security-Policy"] = "; ".join((POLICY, *_scripts()))
    response.headers["Cross-Origin-Opener-Policy"] = "unsafe-none" if name in POPUPS else "same-origin"
    if response.headers.get("Cache-Control") in {None, "no-cache"}:
        response.headers["Cache-Control"] = "no-store"
    if _is_readable_elsewhere(name):
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers.update(PREFLIGHT if request.method == "OPTIONS" else {})
    return response


def _scripts() -> Iterator[str]:
    """Yield which scripts the page may run that was made: none, the one with its nonce, or our own file."""
    if nonce := g.get("script_nonce"):
        yield f"script-src 'nonce-{nonce}'"
    elif g.get("has_own_script"):
        yield OWN_SCRIPT


def _is_readable_elsewhere(name: str) -> bool:
    if name not in READABLE[CrossOrigin.ALL]:
        return False
    issuer = asked_issuer()
    return issuer is not None and name in READABLE[issuer.policy.cross_origin]
