"""Headers on every answer: nothing from elsewhere, nothing in a cache, nothing in a frame."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import request

from relying_party.web.site import current_site

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.wrappers import Response

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "X-LeerID-Testbed": "testing only; not a service of any government",
}
A_YEAR = "max-age=31536000"


def prepare(app: Flask) -> None:
    """Put the headers on every answer."""
    app.after_request(_protect)


def _protect(response: Response) -> Response:
    settings = current_site().settings
    response.headers.update(HEADERS)
    response.headers["Content-Security-Policy"] = _content_policy(settings.issuer)
    if request.endpoint != "static":
        response.headers["Cache-Control"] = "no-store"
    if settings.secure:
        response.headers["Strict-Transport-Security"] = A_YEAR
    return response


def _content_policy(issuer: str) -> str:
    """Allow our own style and pictures. Forms may lead to the provider: signing out is a form that goes on there."""
    parts = urlsplit(issuer)
    return (
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'; "
        f"form-action 'self' {parts.scheme}://{parts.netloc}"
    )
