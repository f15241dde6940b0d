"""The privacy log: appended, chained, and without anything about a pupil but a key."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete, update

from relying_party.accounts.models import PrivacyLogRow
from relying_party.accounts.privacy_log import BEGINNING, Entry, Kind, Outcome, PrivacyLog

if TYPE_CHECKING:
    from relying_party.accounts.database import Database

NOW = datetime(2026, 9, 1, 8, tzinfo=UTC)


@pytest.fixture
def log(database: Database) -> PrivacyLog:
    filled = PrivacyLog(database)
    for day in range(5):
        told = Entry(at=NOW + timedelta(days=day), kind=Kind.SIGNED_IN, outcome=Outcome.GRANTED, key=f"uuid-{day}")
        filled.record(told)
    return filled


def test_a_log_that_nobody_touched_holds(log: PrivacyLog) -> None:
    found = log.verify()
    assert found.holds
    assert found.entries == 5
    assert found.latest == log.entries()[-1].hash


def test_an_empty_log_holds(database: Database) -> None:
    assert PrivacyLog(database).verify().latest == BEGINNING


@pytest.mark.parametrize(
    "change", [{"key": "other"}, {"at": NOW}, {"reason": "x"}, {"who": "x"}, {"outcome": "refused"}, {"hash": "0" * 64}]
)
def test_an_entry_that_was_changed_is_found(log: PrivacyLog, database: Database, change: dict[str, object]) -> None:
    database.write(lambda session: session.execute(update(PrivacyLogRow).filter_by(number=3).values(**change)))
    assert log.verify().broken == 3


@pytest.mark.parametrize(("gone", "broken"), [(1, 2), (3, 4)])
def test_an_entry_that_was_removed_is_found(log: PrivacyLog, database: Database, gone: int, broken: int) -> None:
    database.write(lambda session: session.execute(delete(PrivacyLogRow).filter_by(number=gone)))
    assert log.verify().broken == broken


def test_an_end_that_was_cut_off_shows_by_a_hash_that_was_noted(log: PrivacyLog, database: Database) -> None:
    noted = log.verify().latest
    assert log.verify(noted=noted).holds
    database.write(lambda session: session.execute(delete(PrivacyLogRow).filter_by(number=5)))
    assert log.verify().holds
    assert not log.verify(noted=noted).holds


def test_a_log_that_was_shortened_holds_and_says_so(log: PrivacyLog) -> None:
    assert log.shorten(before=NOW + timedelta(days=2), now=NOW + timedelta(days=9)) == 2
    assert [each.number for each in log.entries()] == [3, 4, 5, 6]
    assert log.entries()[-1].entry.kind == Kind.SHORTENED
    assert log.verify().holds
    assert log.shorten(before=NOW + timedelta(days=8), now=NOW + timedelta(days=20)) == 3
    assert log.verify().holds


def test_a_log_that_somebody_else_shortened_further_does_not_hold(log: PrivacyLog, database: Database) -> None:
    log.shorten(before=NOW + timedelta(days=2), now=NOW + timedelta(days=9))
    database.write(lambda session: session.execute(delete(PrivacyLogRow).filter_by(number=3)))
    assert log.verify().broken == 4


def test_nothing_is_dropped_before_its_time(log: PrivacyLog) -> None:
    assert log.shorten(before=NOW, now=NOW + timedelta(days=9)) == 0
    assert len(log.entries()) == 5


def test_an_old_entry_behind_a_young_one_stays_for_the_clock_was_put_back(log: PrivacyLog) -> None:
    log.record(Entry(at=NOW, kind=Kind.SIGNED_IN, outcome=Outcome.GRANTED))
    before = NOW + timedelta(days=2)
    assert (log.older(before=before), log.shorten(before=before, now=NOW + timedelta(days=9))) == (2, 2)
    assert [each.number for each in log.entries()] == [3, 4, 5, 6, 7]
    assert log.verify().holds
