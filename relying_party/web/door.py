"""The doors for tests, on this machine alone: a clock that can be put ahead, what is kept, the privacy log, the purge.

Open only with the setting `test_door`.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

from flask import Blueprint, abort, request

from relying_party.accounts import holdings
from relying_party.web.site import current_site

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

blueprint = Blueprint("door", __name__)
FURTHEST_S = 12 * 366 * 24 * 3600
"""Twelve years: longer than anything is kept here."""


class MovableClock:
    """A clock that runs as another one does, some time ahead of it."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        """Return this moment, as far ahead as it was put."""
        return self._clock() + self.ahead


@blueprint.post("/test-door/clock")
def put_clock_ahead() -> dict[str, int]:
    """Put the clock of the whole application `ahead_s` seconds ahead; 0 puts it right again. Not for web pages."""
    ahead_s = request.form.get("ahead_s", type=int)
    if "Origin" in request.headers or ahead_s is None or not 0 <= ahead_s <= FURTHEST_S:
        abort(400)
    cast("MovableClock", current_site().clock).ahead = timedelta(seconds=ahead_s)
    return {"ahead_s": ahead_s}


@blueprint.get("/test-door/store")
def show_store() -> list[dict[str, Any]]:
    """Return everything that is kept, one object per person; nothing in it opens a session. Not for web pages."""
    _refuse_web_pages()
    return list(holdings.everything(current_site().database))


@blueprint.get("/test-door/privacy-log")
def show_privacy_log() -> list[dict[str, Any]]:
    """Return the entries of the privacy log, oldest first. Not for web pages."""
    _refuse_web_pages()
    return [dict(each.document) for each in current_site().log.entries()]


@blueprint.post("/test-door/purge")
def purge() -> dict[str, int]:
    """Delete what is kept too long by the clock of this application. Not for web pages."""
    _refuse_web_pages()
    site = current_site()
    return {"purged": site.retention.purge(now=site.clock())}


def _refuse_web_pages() -> None:
    if "Origin" in request.headers:
        abort(400)
