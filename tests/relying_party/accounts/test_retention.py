"""Accounts end three years after the last sign-in, and never early."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from relying_party.accounts.models import Person, Table
from relying_party.accounts.privacy_log import Entry, Kind, Outcome, PrivacyLog
from relying_party.accounts.retention import Kept, Retention, keep_until
from relying_party.settings import PRIVACY_LOG_DAYS

if TYPE_CHECKING:
    from relying_party.accounts.database import Database

BRUSSELS = ZoneInfo("Europe/Brussels")


def until(last: datetime) -> datetime:
    return keep_until(Kept(person_id="p", created_at=last, last_sign_in_at=last, enrolled=True))


@pytest.mark.parametrize(
    ("last", "first_day_gone"),
    [
        (datetime(2024, 2, 29, 12, tzinfo=BRUSSELS), datetime(2027, 3, 2, tzinfo=BRUSSELS)),
        (datetime(2026, 8, 31, 23, 30, tzinfo=BRUSSELS), datetime(2029, 9, 1, tzinfo=BRUSSELS)),
        (datetime(2026, 9, 1, 0, 30, tzinfo=BRUSSELS), datetime(2029, 9, 2, tzinfo=BRUSSELS)),
        (datetime(2026, 10, 25, 2, 30, tzinfo=BRUSSELS), datetime(2029, 10, 26, tzinfo=BRUSSELS)),
    ],
)
def test_the_day_of_the_last_sign_in_counts_to_its_end(last: datetime, first_day_gone: datetime) -> None:
    assert until(last) == first_day_gone


def test_a_purge_a_second_early_deletes_nothing_and_one_in_time_everything(database: Database) -> None:
    last = datetime(2026, 9, 1, 8, tzinfo=BRUSSELS)
    database.write(lambda session: session.add(Person(issuer="i", created_at=last, last_sign_in_at=last)))
    retention, over = Retention(database), until(last)
    assert retention.purge(now=over - timedelta(seconds=1)).accounts == 0
    assert [retention.purge(now=over).accounts, retention.purge(now=over).accounts] == [1, 0]
    with database.reading() as session:
        left = {t.name: session.scalar(select(func.count()).select_from(t)) for t in Table.metadata.sorted_tables}
    assert {name for name, number in left.items() if number} == {"privacy_log"}
    assert PrivacyLog(database).verify().holds


def test_entries_of_the_log_go_when_their_days_are_over_and_not_a_second_early(database: Database) -> None:
    log, retention = PrivacyLog(database), Retention(database, log_days=30)
    first = datetime(2026, 9, 1, 8, tzinfo=BRUSSELS)
    for hours in (0, 1, 2):
        log.record(Entry(at=first + timedelta(hours=hours), kind=Kind.SIGNED_IN, outcome=Outcome.GRANTED))
    over = first + timedelta(days=30)
    assert (retention.log_due(now=over), retention.purge(now=over).log_entries) == (0, 0)
    later = over + timedelta(seconds=1)
    assert retention.log_due(now=later) == 1
    assert [retention.purge(now=later).log_entries for _time in range(2)] == [1, 0]
    assert [each.number for each in log.entries()] == [2, 3, 4]
    assert log.verify().holds


def test_the_log_outlives_the_account_by_two_years_unless_told_otherwise(database: Database) -> None:
    last = datetime(2026, 9, 1, 8, tzinfo=BRUSSELS)
    database.write(lambda session: session.add(Person(id="p", issuer="i", created_at=last, last_sign_in_at=last)))
    retention, over = Retention(database), until(last)
    assert retention.purge(now=over).accounts == 1
    retention.purge(now=over + timedelta(days=PRIVACY_LOG_DAYS))
    assert [each.entry.person for each in PrivacyLog(database).entries()] == ["p"]
    retention.purge(now=over + timedelta(days=PRIVACY_LOG_DAYS, seconds=1))
    assert [each.entry.kind for each in PrivacyLog(database).entries()] == [Kind.SHORTENED]
    assert PrivacyLog(database).verify().holds
