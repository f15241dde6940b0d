"""`leerid-rp affected`: the list of a breach, without a name on it, and what it cannot tell."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from relying_party.accounts.people import KeptEnrolment, Key, People, Snapshot
from relying_party.accounts.privacy_log import Entry, Kind, Outcome, PrivacyLog
from relying_party.accounts.reports import Reports
from relying_party.cli import main
from relying_party.signin.rules.person import conflict

if TYPE_CHECKING:
    from conftest import Command

    from relying_party.accounts.database import Database

NOON = datetime(2026, 9, 1, 10, tzinfo=UTC)
"""Noon in Brussels."""
LINE = KeptEnrolment(school_number="700101", pupil_number="2600001", main_structure="", group_code="", group_name="")
SNAPSHOT = Snapshot(
    account_uuid="account",
    former_account_uuids=(),
    given_name="Canaryname",
    family_name="Canaryfamily",
    birth_day="",
    birth_month="",
    birth_year="2014",
    email="canary@x.example",
    enrolments=(LINE,),
)


@pytest.fixture
def person(database: Database) -> str:
    """Somebody who came on 1 September at noon; on the day before, one was refused and one was nobody."""
    log = PrivacyLog(database)
    for key in ("refused-key", ""):
        refused = Entry(at=NOON - timedelta(days=1), kind=Kind.REFUSED, outcome=Outcome.REFUSED, key=key)
        log.record(refused)
    known = People(database).recognise(
        Key(leer_id_uuid="leer-id", account_uuid="account"), SNAPSHOT, now=NOON, conflicts=conflict
    )
    log.record(Entry(at=NOON, kind=Kind.SIGNED_IN, outcome=Outcome.GRANTED, person=known, key="leer-id"))
    return known


def document(command: Command, *words: str) -> dict[str, Any]:
    result = command("affected", *words, "--json")
    assert result.exit_code == 0, result.output
    told: dict[str, Any] = json.loads(result.stdout)
    return told


def test_for_programs_each_is_told_with_keys_acts_and_names_of_data_items(command: Command, person: str) -> None:
    [found] = document(command, "--from", "2026-09-01", "--until", "2026-09-01")["persons"]
    assert found["person"] == person
    assert found["keys"] == ["account", "leer-id"]
    assert (found["held"], found["gone"], found["acts"]) == (True, False, {"signed-in": 1})
    assert found["items"] == ["account_uuid", "given_name", "family_name", "birth_year", "email", "enrolments"]


def test_what_a_pupil_reported_is_a_data_item_too(command: Command, database: Database, person: str) -> None:
    Reports(database).add(person, "Canary text", now=NOON)
    [found] = document(command, "--from", "2026-09-01", "--until", "2026-09-01")["persons"]
    assert found["items"][-1] == "reports"
    assert "Canary" not in str(found)


def test_no_value_of_a_data_item_is_told(command: Command, person: str) -> None:
    for words in ([], ["--json"]):
        output = command("affected", "--from", "2020-01-01", *words).output
        assert person in output
        assert not any(value in output for value in ("Canary", "canary@", "2014", "700101", "2600001"))


def test_a_day_is_one_in_brussels_from_its_beginning_to_its_end(command: Command, person: str) -> None:
    assert document(command, "--from", "2020-01-01", "--until", "2026-08-30")["persons"] == []
    told = document(command, "--from", "2026-08-31", "--until", "2026-08-31")
    assert (told["from"], told["until"]) == ("2026-08-30T22:00:00+00:00", "2026-08-31T21:59:59.999999+00:00")
    assert [each["keys"] for each in told["persons"]] == [["refused-key"]]
    assert person not in json.dumps(told)


@pytest.mark.parametrize("moment", ["2026-09-01T12:00", "2026-09-01T10:00Z", "2026-09-01T12:00:00+02:00"])
@pytest.mark.usefixtures("person")
def test_a_moment_is_one_in_brussels_unless_it_says_otherwise(command: Command, moment: str) -> None:
    assert len(document(command, "--from", "2026-09-01", "--until", moment)["persons"]) == 1
    assert document(command, "--from", "2026-09-01", "--until", "2026-09-01T11:59")["persons"] == []


def test_for_people_there_is_a_line_for_each_and_their_number(command: Command, person: str) -> None:
    lines = command("affected", "--from", "2026-08-01", "--until", "2026-09-30").stdout.splitlines()
    assert lines[0].startswith(f"account leer-id  person {person}  held  signed-in 1  account_uuid given_name")
    assert lines[1] == "refused-key  not held  refused 1"
    assert lines[2].startswith("2 persons from 2026-07-31 22:00:00 UTC until")


@pytest.mark.usefixtures("person")
def test_attempts_of_nobody_known_are_counted(command: Command) -> None:
    result = command("affected", "--from", "2026-08-31")
    assert "1 entries name nobody" in result.stderr
    assert document(command, "--from", "2026-08-31")["nameless_entries"] == 1


@pytest.mark.usefixtures("person")
def test_staff_who_signed_in_are_neither_affected_nor_nobody(command: Command, database: Database) -> None:
    before = document(command, "--from", "2026-08-31", "--until", "2026-09-30")
    came = Entry(at=NOON, kind=Kind.SIGNED_IN, outcome=Outcome.GRANTED, who="sub-of-staff")
    PrivacyLog(database).record(came)
    after = document(command, "--from", "2026-08-31", "--until", "2026-09-30")
    told = ("persons", "nameless_entries")
    assert [after[name] for name in told] == [before[name] for name in told]


@pytest.mark.usefixtures("person")
def test_a_log_that_does_not_hold_is_told_with_the_list(command: Command, database: Database) -> None:
    with database.engine.begin() as connection:
        connection.exec_driver_sql("update privacy_log set reason = 'other' where number = 2")
    assert document(command, "--from", "2026-08-31")["log"]["problem"] == "entry 2: its content was changed"
    assert "The privacy log is broken (entry 2" in command("affected", "--from", "2026-08-31").stderr


@pytest.mark.usefixtures("person")
def test_a_log_that_was_shortened_says_since_when_it_tells(command: Command, database: Database) -> None:
    PrivacyLog(database).shorten(before=NOON, now=NOON + timedelta(days=1))
    assert "begins on 2026-09-01 10:00:00 UTC" in command("affected", "--from", "2026-08-31").stderr
    assert "begins on" not in command("affected", "--from", "2026-09-02").stderr
    assert document(command, "--from", "2026-08-31")["log"]["shortened"] is True


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "--from"),
        (["--from", "yesterday"], "no day like"),
        (["--from", "2026-02-30"], "no day like"),
        (["--from", "0001-01-01"], "no day like"),
        (["--from", "2026-09-02", "--until", "2026-09-01"], "exchange them"),
    ],
)
def test_a_span_that_is_none_is_told(command: Command, words: list[str], told: str) -> None:
    result = command("affected", *words)
    assert result.exit_code == 2
    assert told in result.stderr
    assert isinstance(result.exception, SystemExit)


def test_help_teaches_by_examples() -> None:
    assert (
        "--from 2026-09-01T14:30 --until 2026-09-03 --json" in CliRunner().invoke(main, ["affected", "--help"]).output
    )
