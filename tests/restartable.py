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

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Engine
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from werkzeug.serving import WSGIRequestHandler, make_server

from relying_party.settings import Settings
from relying_party.web import create_app
from relying_party.web.site import EXTENSION

COMPILED: dict[Any, Any] = {}
"""Statements as SQL, for every database of this process: to compile them anew took longer than to run them."""


class SameDialect(SQLiteDialect_pysqlite):
    """SQLite; what was compiled for one database serves all."""

    supports_statement_cache = True

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SameDialect)

    def __hash__(self) -> int:
        return hash(SameDialect)

    @classmethod
    def engine_created(cls, engine: Engine) -> None:
        """Let it take statements from all, and give its own."""
        engine.update_execution_options(compiled_cache=COMPILED)


registry.register("sqlite.same", __name__, SameDialect.__name__)


class _Pages(BytecodeCache):
    """Templates as byte code, for every application of this process."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()


PAGES = _Pages()
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
        database = f"sqlite+same:///{self._place / f'accounts-{next(self._numbers)}.db'}"
        app = create_app(Settings(database=database, test_door=True, staff_subjects=STAFF, **self._settings))
        app.jinja_env.bytecode_cache = PAGES
        return app

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
