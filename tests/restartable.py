"""The reference application in this process, for those who start it a thousand times: a restart takes no time."""

import asyncio
import logging
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from threading import Thread
from typing import Any

import same_pages  # noqa: F401  importing it sets it
import same_routes  # noqa: F401  same
from empty_database import empty_database
from werkzeug.serving import WSGIRequestHandler, make_server

from relying_party.settings import Settings
from relying_party.web import create_app
from relying_party.web.site import EXTENSION

STAFF = ("nobody-in-particular",)
"""Somebody must be named, or there are no pages for staff."""


class _Silent(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"  # connections are kept

    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002  the name in werkzeug
        """Say nothing."""


class _Written(logging.Handler):
    """Keeps what the application writes down."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.lines: deque[str] = deque(maxlen=1000)
        self._logger = logging.getLogger("relying_party")
        self._logger.setLevel(logging.INFO)
        self._logger.addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())

    def stop(self) -> None:
        self._logger.removeHandler(self)


class Restartable:
    """An application that begins anew with an empty database, as `leerid-rp serve` does."""

    can_restart = has_log = True

    def __init__(self, place: Path, **settings: Any) -> None:
        """Start it."""
        self._place, self._settings, self._numbers = place, settings, count(1)
        self._written = _Written()
        self.app = self._made()

    def _made(self) -> Any:
        database = empty_database(self._place / f"accounts-{next(self._numbers)}.db")
        return create_app(Settings(database=database, test_door=True, staff_subjects=STAFF, **self._settings))

    def __call__(self, environ: Any, start_response: Any) -> Any:
        """Answer as the application of this moment."""
        return self.app(environ, start_response)

    async def log(self) -> str:
        """What it has written of late."""
        return "\n".join(self._written.lines)

    def close(self) -> None:
        """End it."""
        self._written.stop()
        self.app.extensions[EXTENSION].database.close()

    async def restart(self) -> str | None:
        """Begin anew."""
        before, self.app = self.app, await asyncio.to_thread(self._made)
        before.extensions[EXTENSION].database.close()
        return None


@contextmanager
def served(place: Path, *, port: int, **settings: Any) -> Iterator[Restartable]:
    """Serve it on 127.0.0.1 until the end of the block."""
    application = Restartable(place, port=port, **settings)
    server = make_server("127.0.0.1", port, application, threaded=True, request_handler=_Silent)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield application
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        application.close()
