"""Headers on every answer: nothing from elsewhere, nothing in a cache, nothing in a frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from relying_party.web.site import current_site

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.wrappers import Response

A_YEAR = "max-age=31536000"


def prepare(app: Flask) -> None:
    """Put the headers on every answer."""
    app.after_request(_protect)


def _protect(response: Response) -> Response:
    settings, rules = current_site().settings, current_site().policy.rules
    response.headers.update(rules.page_headers([each.issuer for each in settings.each_issuer]))
    if request.endpoint != "static":
        response.headers["Cache-Control"] = rules.cache_control(request.path)
    if settings.secure:
        response.headers["Strict-Transport-Security"] = A_YEAR
    return response
