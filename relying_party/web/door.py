"""The doors for tests, on this machine alone: clock, beginning anew, what is kept, the privacy log, the purge.

Open only with the setting `test_door`.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

from flask import Blueprint, abort, current_app, request

from relying_party.accounts import holdings
from relying_party.web.site import EXTENSION, current_site

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from flask import Flask

    from relying_party.web.site import Site

blueprint = Blueprint("door", __name__)
BEGIN_ANEW = "leerid_rp_begin_anew"
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


def prepare(app: Flask, *, begin_anew: Callable[[], Site]) -> None:
    """Open the doors; `begin_anew` makes a site that holds nothing in memory yet."""
    app.extensions[BEGIN_ANEW] = begin_anew
    app.register_blueprint(blueprint)


@blueprint.post("/test-door/clock")
def put_clock_ahead() -> dict[str, int]:
    """Put the clock of the whole application `ahead_s` seconds ahead; 0 puts it right again. Not for web pages."""
    ahead_s = request.form.get("ahead_s", type=int)
    if "Origin" in request.headers or ahead_s is None or not 0 <= ahead_s <= FURTHEST_S:
        abort(400)
    cast("MovableClock", current_site().clock).ahead = timedelta(seconds=ahead_s)
    return {"ahead_s": ahead_s}


@blueprint.post("/test-door/restart")
def restart() -> dict[str, bool]:
    """Forget what is held in memory, as a restart would; the database and the clock stay. Not for web pages."""
    _refuse_web_pages()
    current_app.extensions[EXTENSION] = current_app.extensions[BEGIN_ANEW]()
    return {"restarted": True}


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
    return {"purged": site.retention.purge(now=site.clock()).accounts}


def _refuse_web_pages() -> None:
    if "Origin" in request.headers:
        abort(400)
