"""A database that a command cannot use is told in words, and nothing is made where nothing was."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from relying_party.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

COMMANDS = (
    ["affected", "--from", "2026-09-01"],
    ["purge"],
    ["purge", "--dry-run", "--json"],
    ["privacy-log", "verify"],
    ["privacy-log", "show"],
)


def other(place: Path) -> str:
    with closing(sqlite3.connect(place)) as connection:
        connection.execute("create table recipe (name text)")
    return f"sqlite:///{place}"


def no_database(place: Path) -> str:
    place.write_text("A letter, and no database at all. " * 99)
    return f"sqlite:///{place}"


def content(place: Path) -> object:
    """What is in it: nothing, the tables, or the bytes of what is no database."""
    if not place.exists():
        return None
    try:
        with closing(sqlite3.connect(place)) as connection:
            return list(connection.iterdump())
    except sqlite3.DatabaseError:
        return place.read_bytes()


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
@pytest.mark.parametrize(
    "make",
    [
        lambda _place: "nonsense",
        lambda place: f"sqlite:///{place}",
        lambda place: f"sqlite:///{place.parent}",
        other,
        no_database,
    ],
    ids=["nonsense", "missing", "folder", "of-another-program", "no-database"],
)
def test_a_wrong_database_is_told_and_left_as_it_was(
    words: list[str], make: Callable[[Path], str], tmp_path: Path
) -> None:
    place = tmp_path / "some.db"
    url = make(place)
    before = content(place)
    result = CliRunner().invoke(main, [*words, "--database", url])
    assert result.exit_code == 2
    assert "leerid-rp: --database: cannot be opened (" in result.stderr
    assert isinstance(result.exception, SystemExit), "no traceback"
    assert content(place) == before


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_without_a_database_the_command_asks_for_one(words: list[str]) -> None:
    result = CliRunner().invoke(main, words, env={"LEERID_RP_DATABASE": None})
    assert result.exit_code == 2
    assert "--database" in result.stderr
