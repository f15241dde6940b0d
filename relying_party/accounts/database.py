"""The door to the database: SQLite by default, PostgreSQL by URL."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, inspect
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from relying_party.accounts.models import PrivacyLogRow, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Result = TypeVar("Result")
ATTEMPTS = 5
SQLITE_PRAGMAS = ("journal_mode=WAL", "foreign_keys=ON", "busy_timeout=5000", "synchronous=NORMAL", "secure_delete=ON")


class NotOursError(Exception):
    """Nothing of this application was ever kept in the database."""

    def __init__(self) -> None:
        super().__init__("this application keeps nothing in it")


class Database:
    """Opens transactions. Writers take turns, so what a transaction has read is still true when it writes.

    With `known`, only a database in which this application keeps something already is opened.

    Raises:
        NotOursError: it is `known` and holds nothing of ours.
    """

    def __init__(self, url: str, *, known: bool = False) -> None:
        # hide_parameters: an error message must not carry a pupil's name into a log
        self._engine = create_engine(url, hide_parameters=True, isolation_level="SERIALIZABLE")
        if self._engine.dialect.name == "sqlite":
            event.listen(self._engine, "connect", _prepare_sqlite)
            event.listen(self._engine, "begin", _begin_sqlite)
        if self._engine.dialect.name == "postgresql":
            event.listen(self._engine, "begin", _begin_postgresql)
        if known and not inspect(self._engine).has_table(PrivacyLogRow.__tablename__):
            self._engine.dispose()
            raise NotOursError
        Table.metadata.create_all(self._engine)

    @property
    def engine(self) -> Engine:
        """The engine, for tests and for tools that look inside."""
        return self._engine

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open a transaction that only reads."""
        with Session(self._engine) as session:
            yield session

    def write(self, change: Callable[[Session], Result]) -> Result:
        """Run `change` in one transaction and return what it returns; again when another writer came in between."""
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return self._write_once(change)
            except (IntegrityError, OperationalError):
                if attempt == ATTEMPTS:
                    raise
        raise AssertionError("the last attempt returns or raises")

    def _write_once(self, change: Callable[[Session], Result]) -> Result:
        writing = self._engine.execution_options(writing=True)
        with Session(writing, expire_on_commit=False) as session, session.begin():
            return change(session)

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """Let SQLAlchemy, not the driver, say where a transaction begins, and switch SQLite's guarantees on."""
    connection.isolation_level = None
    for pragma in SQLITE_PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """Take SQLite's write lock at the start of a writing transaction, so that two writers wait instead of failing."""
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    """Let writers take turns here too. The lock comes before the snapshot, so what is read then is the latest."""
    if connection.get_execution_options().get("writing", False):
        connection.exec_driver_sql(f"LOCK TABLE {PrivacyLogRow.__tablename__} IN SHARE ROW EXCLUSIVE MODE")
