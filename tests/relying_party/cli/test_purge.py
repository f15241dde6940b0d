"""`leerid-rp purge`: what it says and does, and that it can be said twice."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from relying_party.accounts.models import Person
from relying_party.accounts.privacy_log import Kind, PrivacyLog

if TYPE_CHECKING:
    from conftest import Add, Command

    from relying_party.accounts.database import Database

YEAR = timedelta(days=366)


@pytest.fixture(autouse=True)
def two_over_and_one_not(add: Add) -> None:
    add(ago=3 * YEAR + timedelta(days=1), leer_id="over")
    add(ago=9 * YEAR, leer_id="long-over")
    add(ago=2 * YEAR, leer_id="kept")


def kept(database: Database) -> set[str | None]:
    with database.reading() as session:
        return set(session.scalars(select(Person.leer_id_uuid)))


def test_accounts_whose_time_is_over_go_and_stand_in_the_log(command: Command, database: Database) -> None:
    result = command("purge")
    assert (result.exit_code, result.output) == (0, "2 accounts were deleted.\n")
    assert kept(database) == {"kept"}
    told = PrivacyLog(database).entries()
    assert {(each.entry.kind, each.entry.key) for each in told} == {(Kind.PURGED, "over"), (Kind.PURGED, "long-over")}


def test_a_second_purge_finds_nothing_more_to_do(command: Command, database: Database) -> None:
    assert [json.loads(command("purge", "--json").output)["purged"] for _time in range(2)] == [2, 0]
    assert len(PrivacyLog(database).entries()) == 2
    assert PrivacyLog(database).verify().holds


def test_a_dry_run_counts_and_changes_nothing(command: Command, database: Database) -> None:
    assert command("purge", "--dry-run").output == "2 accounts would be deleted.\n"
    assert json.loads(command("purge", "--dry-run", "--json").output) == {"purged": 0, "due": 2, "dry_run": True}
    assert len(kept(database)) == 3
    assert not PrivacyLog(database).entries()


def test_for_programs_it_says_what_was_due_and_what_went(command: Command) -> None:
    assert json.loads(command("purge", "--json").output) == {"purged": 2, "due": 2, "dry_run": False}
