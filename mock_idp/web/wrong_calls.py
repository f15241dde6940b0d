"""Calls that HTTP itself refuses: nothing there, a wrong method, too much; and what breaks here. Pages, or JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from flask import Response, current_app, g, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from mock_idp.protocol.refusal import Reason, Refusal
from mock_idp.web.current import endpoint_of
from mock_idp.web.refusals import refused

if TYPE_CHECKING:
    from flask import Flask

SERVER_ERROR: Final = 500
PROGRAMS: Final = frozenset({"discovery", "jwks", "token", "userinfo", "introspection", "control"})
"""Blueprints that programs call, so that a page would tell nobody anything."""

REASONS: Final = {
    404: Reason.PAGE_UNKNOWN,
    405: Reason.METHOD_WRONG,
    413: Reason.TOO_LARGE,
}
"""What a page says of a status. Anything else below 500 cannot be read; from 500 on it is our own fault."""


def answer_wrong_calls(app: Flask) -> None:
    """Let the application answer calls that no view answers."""
    app.url_map.merge_slashes = False  # or //here is redirected to whatever the Host header says
    app.register_error_handler(HTTPException, _answered)


def _answered(error: HTTPException) -> Response:
    status = error.code or SERVER_ERROR
    # A body that was too large, or could not be read, must not be read again for the language of the page.
    g.ui_locales = request.args.get("ui_locales", "")
    response = _in_json(status) if endpoint_of(_address(error)) in PROGRAMS else _page(status)
    if isinstance(error, MethodNotAllowed):
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods or ()))
    return response


def _in_json(status: int) -> Response:
    word = "server_error" if status >= SERVER_ERROR else "invalid_request"
    return Response(json.dumps({"error": word}), status=status, content_type="application/json")


def _page(status: int) -> Response:
    otherwise = Reason.BROKEN if status >= SERVER_ERROR else Reason.UNREADABLE
    reason = REASONS.get(status, otherwise)
    received = {Reason.PAGE_UNKNOWN: request.path, Reason.METHOD_WRONG: request.method}.get(reason, "")
    return refused(Refusal(reason=reason, received=received), status)


def _address(error: HTTPException) -> str | None:
    """Return the name of the view that was asked, also when it does not take this method."""
    adapter = current_app.create_url_adapter(request)
    if not isinstance(error, MethodNotAllowed) or not error.valid_methods or adapter is None:
        return request.endpoint
    name: str = adapter.match(method=next(iter(error.valid_methods)))[0]
    return name
