"""Pages for what goes wrong. They never show what was in an exception, and neither does the log."""

from __future__ import annotations

import logging
from pathlib import Path
from traceback import extract_tb
from typing import TYPE_CHECKING

from flask import render_template
from flask_babel import lazy_gettext as _
from werkzeug.exceptions import HTTPException

from relying_party.web.csrf import ForeignForm

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.wrappers import Response

LOG = logging.getLogger(__name__)
BAD_REQUEST, FORBIDDEN, NOT_FOUND, WRONG_METHOD, TOO_LARGE, CRASH = 400, 403, 404, 405, 413, 500
FOREIGN_FORM = _("This form does not belong to this sign-in any more. Open its page again, and send it from there.")
SENTENCES = {
    BAD_REQUEST: _("The browser sent something this application cannot read."),
    FORBIDDEN: _("This page is not for you, or you are not signed in any more."),
    NOT_FOUND: _("This page does not exist."),
    WRONG_METHOD: _("This page cannot be called in this way."),
    TOO_LARGE: _("This was far too much text. Go back and make it shorter."),
}


def prepare(app: Flask) -> None:
    """Give every error a page."""
    app.register_error_handler(HTTPException, _mistake)
    app.register_error_handler(Exception, _crash)


def _mistake(error: HTTPException) -> tuple[str, int] | HTTPException | Response:
    code = error.code or BAD_REQUEST
    if code < BAD_REQUEST:
        return error
    sentence = FOREIGN_FORM if isinstance(error, ForeignForm) else SENTENCES.get(code, SENTENCES[BAD_REQUEST])
    return render_template("mistake.html", sentence=sentence), code


def _crash(error: Exception) -> tuple[str, int]:
    """Log what broke and where; the message of an exception may hold a name or a token, so it stays out."""
    places = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in extract_tb(error.__traceback__)]
    LOG.error("crashed: %s at %s", type(error).__name__, " < ".join(reversed(places[-4:])))
    return render_template("crash.html"), CRASH
