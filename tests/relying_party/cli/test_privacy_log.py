"""`leerid-rp privacy-log`: a sound chain, a broken one, and what comes of a hash that was noted."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete, update

from relying_party.accounts.models import PrivacyLogRow
from relying_party.accounts.privacy_log import BEGINNING, Entry, Kind, Outcome, PrivacyLog
from relying_party.signin.flow import utc_now

if TYPE_CHECKING:
    from conftest import Command

    from relying_party.accounts.database import Database


@pytest.fixture
def log(database: Database) -> PrivacyLog:
    filled = PrivacyLog(database)
    for number, outcome in enumerate((Outcome.GRANTED, Outcome.REFUSED, Outcome.GRANTED)):
        kind, reason = (Kind.REFUSED, "enrolment") if outcome is Outcome.REFUSED else (Kind.SIGNED_IN, "")
        filled.record(Entry(at=utc_now(), kind=kind, outcome=outcome, key=f"uuid-{number}", reason=reason))
    return filled


def spoil(database: Database) -> None:
    database.write(lambda session: session.execute(update(PrivacyLogRow).filter_by(number=2).values(key="other")))


def test_a_sound_chain_holds_and_its_latest_hash_is_the_last_line(command: Command, log: PrivacyLog) -> None:
    result = command("privacy-log", "verify")
    assert result.exit_code == 0
    assert result.output.splitlines() == ["The privacy log holds: 3 entries.", log.entries()[-1].hash]


def test_an_empty_log_holds(command: Command) -> None:
    assert command("privacy-log", "verify").output.splitlines()[-1] == BEGINNING


@pytest.mark.usefixtures("log")
def test_a_broken_chain_is_told_with_its_first_broken_entry(command: Command, database: Database) -> None:
    spoil(database)
    result = command("privacy-log", "verify")
    assert result.exit_code == 1
    assert result.stderr == "The privacy log is broken at entry 2: its content was changed.\n"


@pytest.mark.usefixtures("log")
def test_for_programs_the_verdict_is_json_either_way(command: Command, database: Database) -> None:
    sound = command("privacy-log", "verify", "--json")
    assert sound.exit_code == 0
    told = json.loads(sound.output)
    assert (told["holds"], told["entries"], told["broken"]) == (True, 3, None)
    spoil(database)
    broken = command("privacy-log", "verify", "--json")
    assert broken.exit_code == 1
    assert json.loads(broken.output) | told == told | {"problem": "", "holds": True, "broken": None}
    assert json.loads(broken.output)["broken"] == 2


def test_a_hash_that_was_noted_shows_that_the_end_was_cut_off(
    command: Command, database: Database, log: PrivacyLog
) -> None:
    noted = log.entries()[-1].hash
    assert command("privacy-log", "verify", "--noted", noted.upper()).exit_code == 0
    database.write(lambda session: session.execute(delete(PrivacyLogRow).filter_by(number=3)))
    assert command("privacy-log", "verify").exit_code == 0
    assert command("privacy-log", "verify", "--noted", noted).exit_code == 1


@pytest.mark.usefixtures("log")
def test_half_a_hash_is_a_mistake_at_the_keyboard_and_no_broken_log(command: Command) -> None:
    result = command("privacy-log", "verify", "--noted", "3f9c...")
    assert result.exit_code == 2
    assert "64 characters" in result.stderr


@pytest.mark.usefixtures("log")
def test_entries_are_shown_oldest_first_with_their_outcome(command: Command) -> None:
    lines = command("privacy-log", "show").output.splitlines()
    assert [line.split()[0] for line in lines] == ["1", "2", "3"]
    assert "refused: enrolment  key uuid-1" in lines[1]


def test_for_programs_entries_are_shown_with_their_hashes(command: Command, log: PrivacyLog) -> None:
    told = json.loads(command("privacy-log", "show", "--json").output)["entries"]
    assert told == [each.document for each in log.entries()]


@pytest.mark.usefixtures("log")
@pytest.mark.parametrize("words", [["verify"], ["show"], ["show", "--json"]])
def test_a_moment_that_is_none_is_told_in_words(command: Command, database: Database, words: list[str]) -> None:
    if database.engine.dialect.name == "postgresql":
        pytest.skip("PostgreSQL keeps no moment that is none")
    with database.engine.begin() as connection:
        connection.exec_driver_sql("update privacy_log set at = 'soon' where number = 2")
    result = command("privacy-log", *words)
    assert result.exit_code == 2
    assert "cannot be read" in result.stderr
    assert isinstance(result.exception, SystemExit)
