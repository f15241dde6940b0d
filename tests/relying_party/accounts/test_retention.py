"""Accounts end three years after the last sign-in, and never early."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event, func, select

from relying_party.accounts import retention as retention_module
from relying_party.accounts.models import EnrolmentRow, Person, SnapshotRow, Table
from relying_party.accounts.people import PLAIN
from relying_party.accounts.privacy_log import Entry, Kind, Outcome, PrivacyLog
from relying_party.accounts.retention import Decisions, Kept, Retention, keep_until
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


def test_persons_are_looked_at_some_at_a_time_and_none_is_passed_over(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention_module, "BATCH", 4)
    last = datetime(2026, 9, 1, 8, tzinfo=BRUSSELS)
    over, kept = {f"over-{number}" for number in range(9)}, {f"kept-{number}" for number in range(8)}
    people = [
        Person(id=name, issuer="i", created_at=last, last_sign_in_at=last + timedelta(days=name in kept))
        for name in over | kept
    ]
    database.write(lambda session: session.add_all(people))
    steps: list[str] = []

    def looked_at(told: Kept) -> datetime:
        steps.append("person")
        return keep_until(told)

    event.listen(database.engine, "before_cursor_execute", lambda *_told: steps.append("statement"))
    retention = Retention(database, Decisions(until=looked_at))
    assert set(retention.due(now=until(last))) == over
    assert max(len(run.split()) for run in " ".join(steps).split("statement")) == 4
    assert (retention.purge(now=until(last)).accounts, retention.due(now=until(last))) == (9, [])
    with database.reading() as session:
        assert set(session.scalars(select(Person.id))) == kept


@pytest.mark.parametrize("enrolled", [True, False])
def test_the_decision_is_told_whether_somebody_is_enrolled(database: Database, *, enrolled: bool) -> None:
    last = datetime(2026, 9, 1, 8, tzinfo=BRUSSELS)
    line = EnrolmentRow(
        position=0, school_number="1", pupil_number="1", main_structure="", group_code="", group_name=""
    )
    plain = dict.fromkeys(PLAIN, "")
    snapshot = SnapshotRow(**plain, former_account_uuids=[], enrolments=[line] if enrolled else [])
    person = Person(id="p", issuer="i", created_at=last, last_sign_in_at=last, snapshot=snapshot)
    database.write(lambda session: session.add(person))
    told: list[Kept] = []

    def over(kept: Kept) -> datetime:
        told.append(kept)
        return last

    assert Retention(database, Decisions(until=over)).purge(now=last).accounts == 1
    assert told == [Kept(person_id="p", created_at=last, last_sign_in_at=last, enrolled=enrolled)] * 2
