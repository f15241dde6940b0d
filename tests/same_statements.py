"""SQLite under the name `sqlite+same`: what was compiled as SQL for one database of this process serves all of them.

A test opens a database of its own, and to compile the same statements anew took longer than to run them.
"""

from typing import Any

from sqlalchemy import Engine
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

COMPILED: dict[Any, Any] = {}


class SameDialect(SQLiteDialect_pysqlite):
    """SQLite. Statements are kept by their dialect, so one dialect is as good as another."""

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
