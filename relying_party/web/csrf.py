"""Forms of ours: each carries a token that no other site can know, for it is made from the session's cookie.

That cookie is SameSite=Lax, so forms of other sites come without it; the token holds off pages of a neighbouring host
as well, which browsers take for the same site (ASVS 3.5.1).
"""

from __future__ import annotations

import hmac

from flask import request
from werkzeug.exceptions import BadRequest

from relying_party.web import cookies

FIELD = "csrf_token"
REPORT, SEARCH = "report", "search"


class ForeignForm(BadRequest):
    """The form was not written by a page of this session."""


def token(form: str) -> str:
    """Return what a form of this session carries; that of one form opens no other."""
    return hmac.digest(cookies.read(cookies.SESSION).encode(), form.encode(), "sha256").hex()


def refuse_foreign(form: str) -> None:
    """Go on only with a form that a page of this session wrote.

    Raises:
        ForeignForm: the token is absent or another.
    """
    if not hmac.compare_digest(request.form.get(FIELD, "").encode(), token(form).encode()):
        raise ForeignForm
