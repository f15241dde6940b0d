"""Reports of wrong data: bounded, told to the privacy log without their text, gone with the account."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from relying_party.accounts import reports
from relying_party.accounts.models import Account, Person, ReportRow
from relying_party.accounts.people import Key, People, Snapshot
from relying_party.accounts.privacy_log import Kind, PrivacyLog
from relying_party.accounts.reports import LONGEST, MOST, NotTaken, Reports, Why
from relying_party.accounts.retention import Retention

if TYPE_CHECKING:
    from collections.abc import Sequence

    from relying_party.accounts.database import Database

NOW = datetime(2026, 9, 1, 8, tzinfo=UTC)
TEXT = "My name is written Zoë."


@pytest.fixture
def person(database: Database) -> str:
    return known(database, "a-1")


def known(database: Database, account: str) -> str:
    """Add a person with a temporary account."""
    one = Person(issuer="i", created_at=NOW, last_sign_in_at=NOW, accounts=[Account(issuer="i", account_uuid=account)])
    database.write(lambda session: session.add(one))
    return one.id


def number(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(ReportRow)) or 0


def test_a_report_is_kept_with_who_and_when(database: Database, person: str) -> None:
    Reports(database).add(person, TEXT, now=NOW)
    (kept,) = Reports(database).read(who="an", now=NOW)
    assert (kept.person_id, kept.at, kept.text) == (person, NOW, TEXT)
    assert kept.document["at"] == "2026-09-01T08:00:00+00:00"


def test_the_log_says_that_there_is_one_and_nothing_of_its_text(database: Database, person: str) -> None:
    Reports(database).add(person, TEXT, now=NOW)
    (told,) = PrivacyLog(database).entries()
    assert (told.entry.kind, told.entry.person, told.entry.key) == (Kind.WRONG_DATA_REPORTED, person, "a-1")
    assert "Zoë" not in str(told.document)


@pytest.mark.parametrize(
    ("text", "why"),
    [("", Why.EMPTY), (" \r\n\t ", Why.EMPTY), ("\0\x1b", Why.EMPTY), ("x" * (LONGEST + 1), Why.TOO_LONG)],
)
def test_what_is_not_taken_leaves_nothing(database: Database, person: str, text: str, why: Why) -> None:
    with pytest.raises(NotTaken) as refused:
        Reports(database).add(person, text, now=NOW)
    assert refused.value.why == why
    assert (number(database), PrivacyLog(database).entries()) == (0, [])


def test_a_new_line_counts_once_as_in_the_browser(database: Database, person: str) -> None:
    Reports(database).add(person, "x\r\n" * (LONGEST // 2), now=NOW)
    assert number(database) == 1


def test_what_could_steer_a_terminal_is_not_kept(database: Database, person: str) -> None:
    Reports(database).add(person, "one\x1b[2J\r\ntwo\0", now=NOW)
    assert Reports(database).read(who="an", now=NOW)[0].text == "one[2J\ntwo"


def test_within_a_day_there_is_a_limit_for_each_person(database: Database, person: str) -> None:
    kept = Reports(database)
    for minute in range(MOST):
        kept.add(person, TEXT, now=NOW + timedelta(minutes=minute))
    with pytest.raises(NotTaken) as refused:
        kept.add(person, TEXT, now=NOW + timedelta(hours=23))
    assert refused.value.why == Why.TOO_MANY
    kept.add(known(database, "a-2"), TEXT, now=NOW + timedelta(hours=23))
    kept.add(person, TEXT, now=NOW + timedelta(days=1))
    assert number(database) == MOST + 2


def test_whoever_reads_them_stands_in_the_log_once_for_each_person(database: Database, person: str) -> None:
    kept = Reports(database)
    for _time in range(2):
        kept.add(person, TEXT, now=NOW)
    kept.read(who="an", now=NOW)
    read = [each.entry for each in PrivacyLog(database).entries() if each.entry.kind == Kind.READ_BY_STAFF]
    assert [(each.person, each.who, each.purpose) for each in read] == [(person, "an", "correction")]
    assert PrivacyLog(database).verify().holds


def test_what_the_log_cannot_be_told_of_is_not_read(
    database: Database, person: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    Reports(database).add(person, TEXT, now=NOW)

    def full(*_told: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(reports, "append", full)
    with pytest.raises(OSError, match="no space"):
        Reports(database).read(who="an", now=NOW)


def test_they_go_with_the_account(database: Database, person: str) -> None:
    Reports(database).add(person, TEXT, now=NOW)
    Retention(database).purge(now=NOW + timedelta(days=4 * 366))
    assert number(database) == 0


def test_they_come_along_when_persons_are_joined(database: Database, person: str) -> None:
    for each in (person, known(database, "a-2")):
        Reports(database).add(each, TEXT, now=NOW)
    key = Key(issuer="i", leer_id_uuid="leer", account_uuid="a-3", former_account_uuids=("a-1", "a-2"))
    joined = People(database).recognise(key, empty(), now=NOW, conflicts=never)
    assert [each.person_id for each in Reports(database).read(who="an", now=NOW)] == [joined, joined]


def never(_leer_id: str, _found: Sequence[str | None]) -> bool:
    return False


def empty() -> Snapshot:
    blank = dict.fromkeys(("given_name", "family_name", "birth_day", "birth_month", "birth_year", "email"), "")
    return Snapshot(account_uuid="a-3", former_account_uuids=(), enrolments=(), **blank)
