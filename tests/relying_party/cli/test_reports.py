"""`leerid-rp reports`: what it lists, for people and for programs, and that reading is logged."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from relying_party.accounts.privacy_log import Kind, PrivacyLog
from relying_party.accounts.reports import Reports
from relying_party.signin.flow import utc_now

if TYPE_CHECKING:
    from conftest import Add, Command

    from relying_party.accounts.database import Database


@pytest.fixture
def person(add: Add, database: Database) -> str:
    one = add(ago=timedelta(days=1), leer_id="leer-1")
    Reports(database).add(one, "First line\nsecond line", now=utc_now())
    return one


def test_it_lists_who_reported_what_and_when(command: Command, person: str) -> None:
    output = command("reports").output
    assert f"person {person}\n    First line\n    second line\n" in output
    assert output.startswith(f"{utc_now():%Y-%m-%d}")


def test_for_programs_it_is_json(command: Command, person: str) -> None:
    (row,) = json.loads(command("reports", "--json").output)["reports"]
    assert (row["person_id"], row["text"]) == (person, "First line\nsecond line")
    assert set(row) == {"id", "person_id", "at", "text"}


def test_reading_stands_in_the_log_with_the_name_of_the_reader(
    command: Command, database: Database, person: str
) -> None:
    assert command("reports", "--who", "An").exit_code == 0
    (told,) = [each.entry for each in PrivacyLog(database).entries() if each.entry.kind == Kind.READ_BY_STAFF]
    assert (told.who, told.person, told.key) == ("An", person, "leer-1")
    assert PrivacyLog(database).verify().holds


def test_without_reports_it_says_nothing_and_nothing_is_logged(command: Command, database: Database) -> None:
    result = command("reports")
    assert (result.exit_code, result.output) == (0, "")
    assert PrivacyLog(database).entries() == []
