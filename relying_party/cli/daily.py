"""What is done once a day while the application is served: the purge. Failing is told and tried again tomorrow."""

from __future__ import annotations

import logging
from datetime import timedelta
from functools import partial
from threading import Event, Thread
from typing import TYPE_CHECKING, cast

from relying_party.web.site import EXTENSION, Site

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

LOG = logging.getLogger(__name__)
DAY = timedelta(days=1)


class Daily:
    """Does some work at the start and again each day, in a thread of its own that keeps no process alive."""

    def __init__(self, work: Callable[[], None], *, every: timedelta = DAY) -> None:
        self._work, self._every_s = work, every.total_seconds()
        self._stopped = Event()
        self._thread = Thread(target=self._run, name="daily", daemon=True)

    def start(self) -> None:
        """Do the work for the first time, and go on."""
        self._thread.start()

    def stop(self) -> None:
        """Do it no more; return when what was under way is done."""
        self._stopped.set()
        self._thread.join()

    def _run(self) -> None:
        self._once()
        while not self._stopped.wait(self._every_s):
            self._once()

    def _once(self) -> None:
        try:
            self._work()
        except Exception:
            LOG.exception("the daily purge failed; it is tried again in %d seconds", self._every_s)


def purging(app: Flask, *, every: timedelta = DAY) -> Daily:
    """Return the daily purge of an application, by its own clock."""
    return Daily(partial(_purge, app), every=every)


def _purge(app: Flask) -> None:
    site = cast("Site", app.extensions[EXTENSION])
    gone = site.retention.purge(now=site.clock())
    LOG.info("purged %d accounts and %d entries of the privacy log", gone.accounts, gone.log_entries)
