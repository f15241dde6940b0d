"""Headers of every answer: it is for testing only, it is not kept, and pages load nothing from elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import g

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Response

ALWAYS: Final = {
    "X-LeerID-Testbed": "testing-only",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin",
    "X-Frame-Options": "DENY",
}
POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'; "
    # A form may end at any application: browsers apply form-action to the redirects that follow as well.
    "form-action 'self' http: https:"
)


OWN_SCRIPT: Final = "script-src 'self'; connect-src 'self'"
"""For a page with a script file of ours, which may ask this server and no other."""


def harden(response: Response) -> Response:
    """Add the headers; an endpoint that set its own caching keeps it."""
    for name, value in ALWAYS.items():
        response.headers[name] = value
    response.headers["Content-Security-Policy"] = "; ".join((POLICY, *_scripts()))
    if response.headers.get("Cache-Control") in {None, "no-cache"}:
        response.headers["Cache-Control"] = "no-store"
    return response


def _scripts() -> Iterator[str]:
    """Yield which scripts the page may run that was made: none, the one with its nonce, or our own file."""
    if nonce := g.get("script_nonce"):
        yield f"script-src 'nonce-{nonce}'"
    elif g.get("has_own_script"):
        yield OWN_SCRIPT
