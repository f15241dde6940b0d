"""Before a page is shown: a session whose access token is over goes on only when the provider still vouches for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from relying_party.web import cookies
from relying_party.web.site import current_site

if TYPE_CHECKING:
    from flask import Flask

LEFT_ALONE = frozenset({None, "sign_in", "third_party", "sign_out", "backchannel", "door"})
"""Where nobody is shown anything: coming and going, what the provider and tests ask, and files."""


def prepare(app: Flask) -> None:
    """Look at the session before every page."""
    app.before_request(_refresh)


def _refresh() -> None:
    visit = None if request.blueprint in LEFT_ALONE else cookies.current_visit()
    if visit is None or not visit.is_signed_in:
        return
    site = current_site()
    if not site.refreshing.goes_on(visit.id):
        site.forget(visit.id)
        site.sessions.end(cookies.read(cookies.SESSION))
