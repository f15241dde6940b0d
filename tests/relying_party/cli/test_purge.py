"""`leerid-rp purge`: what it says and does, and that it can be said twice."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from relying_party.accounts.models import Person
from relying_party.accounts.privacy_log import Entry, Kind, Outcome, PrivacyLog
from relying_party.signin.flow import utc_now

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
    assert (result.exit_code, result.output) == (0, "2 accounts and 0 entries of the privacy log were deleted.\n")
    assert kept(database) == {"kept"}
    told = PrivacyLog(database).entries()
    assert {(each.entry.kind, each.entry.key) for each in told} == {(Kind.PURGED, "over"), (Kind.PURGED, "long-over")}


def test_a_second_purge_finds_nothing_more_to_do(command: Command, database: Database) -> None:
    assert [json.loads(command("purge", "--json").output)["purged"] for _time in range(2)] == [2, 0]
    assert len(PrivacyLog(database).entries()) == 2
    assert PrivacyLog(database).verify().holds


def test_a_dry_run_counts_and_changes_nothing(command: Command, database: Database) -> None:
    assert command("purge", "--dry-run").output.startswith("2 accounts and 0 entries of the privacy log would be")
    told = json.loads(command("purge", "--dry-run", "--json").output)
    assert told == {"due": 2, "log_entries_due": 0, "purged": 0, "log_entries_purged": 0, "dry_run": True}
    assert len(kept(database)) == 3
    assert not PrivacyLog(database).entries()


def test_for_programs_it_says_what_was_due_and_what_went(command: Command) -> None:
    told = json.loads(command("purge", "--json").output)
    assert told == {"due": 2, "log_entries_due": 0, "purged": 2, "log_entries_purged": 0, "dry_run": False}


def test_old_entries_of_the_log_go_too_and_the_rest_can_be_verified(command: Command, database: Database) -> None:
    for days in (20, 9, 1):
        at = utc_now() - timedelta(days=days)
        PrivacyLog(database).record(Entry(at=at, kind=Kind.SIGNED_IN, outcome=Outcome.GRANTED, key=f"{days}"))
    ten = ("--privacy-log-days", "10", "--json")
    assert json.loads(command("purge", "--dry-run", *ten).output)["log_entries_due"] == 1
    assert json.loads(command("purge", *ten).output)["log_entries_purged"] == 1
    keys = [each.entry.key for each in PrivacyLog(database).entries()]
    assert keys[:2] == ["9", "1"]
    assert command("privacy-log", "verify").exit_code == 0


@pytest.mark.parametrize("days", ["0", "-1", "soon", "99999999999"])
def test_a_number_of_days_that_is_none_is_told(command: Command, days: str) -> None:
    result = command("purge", "--privacy-log-days", days)
    assert result.exit_code == 2
    assert "--privacy-log-days" in result.stderr
