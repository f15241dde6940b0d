"""Opening the database that a command names; a mistake in it is told in words."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

import click
from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from relying_party.accounts.database import Database, NotOursError

if TYPE_CHECKING:
    from collections.abc import Iterator

WRONG_USE = 2
HINT = "Give the URL with which the application is served, like sqlite:///pupils.db."
UNUSABLE = (SQLAlchemyError, ImportError, OSError, NotOursError)
database_option = click.option(
    "--database",
    metavar="URL",
    envvar="LEERID_RP_DATABASE",
    required=True,
    help="SQLAlchemy URL of the store, like sqlite:///pupils.db; or LEERID_RP_DATABASE.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")


@contextmanager
def opened(url: str) -> Iterator[Database]:
    """Open the database, and close it afterwards; no new one is made where there is none."""
    try:
        _refuse_what_is_not_there(url)
        database = Database(url, known=True)
    except UNUSABLE as error:
        _stop("cannot be opened", error)
    try:
        yield database
    except (SQLAlchemyError, ValueError) as error:  # ValueError: a moment that is none
        _stop("cannot be read or written", error)
    finally:
        database.close()


def _stop(problem: str, error: Exception) -> NoReturn:
    reason = str(error).partition("\n")[0]
    click.echo(f"leerid-rp: --database: {problem} ({reason})\n  {HINT}", err=True)
    sys.exit(WRONG_USE)


def _refuse_what_is_not_there(url: str) -> None:
    told = make_url(url)
    if told.get_backend_name() == "sqlite" and told.database and told.database != ":memory:":
        with open(told.database, "rb"):  # noqa: PTH123  only to hear the reason when it cannot be read
            pass
