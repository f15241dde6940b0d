"""Recognising persons: one pupil is one person, two pupils never are."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from relying_party.accounts.models import Account, EnrolmentRow, Person, SessionRow, SnapshotRow
from relying_party.accounts.people import ConflictError, KeptEnrolment, Key, People, Snapshot
from relying_party.accounts.sessions import Sessions
from relying_party.signin.rules.person import conflict

if TYPE_CHECKING:
    from relying_party.accounts.database import Database

NOW = datetime(2026, 9, 1, 8, tzinfo=UTC)
LINE = KeptEnrolment(
    school_number="000007", pupil_number="0900012", main_structure="211", group_code="900201", group_name="1e leerjaar"
)
SNAPSHOT = Snapshot(
    account_uuid="a",
    former_account_uuids=(),
    given_name="Zoë",
    family_name="Peeters",
    birth_day="00",
    birth_month="00",
    birth_year="2014",
    email="",
    enrolments=(LINE,),
)


@pytest.fixture
def people(database: Database) -> People:
    return People(database)


def count(database: Database, table: type) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def recognise(people: People, key: Key, snapshot: Snapshot = SNAPSHOT, *, days: int = 0) -> str:
    return people.recognise(key, snapshot, now=NOW + timedelta(days=days), conflicts=conflict)


def known_by(account: str, *former: str, leer_id: str = "") -> Key:
    return Key(leer_id_uuid=leer_id, account_uuid=account, former_account_uuids=former)


def test_the_same_account_is_the_same_person(people: People) -> None:
    assert recognise(people, known_by("a")) == recognise(people, known_by("a"), days=1)


def test_another_account_without_a_link_is_another_person(people: People) -> None:
    assert recognise(people, known_by("a")) != recognise(people, known_by("b"))


def test_one_leer_id_is_one_person_under_any_account(people: People) -> None:
    assert recognise(people, known_by("a", leer_id="L")) == recognise(people, known_by("b", leer_id="L"))


def test_a_pupil_who_is_identified_stays_the_person_of_before(people: People) -> None:
    before = recognise(people, known_by("a"))
    assert recognise(people, known_by("b", "a", leer_id="L")) == before
    known = people.find(before)
    assert known is not None
    assert known.identified


def test_all_former_accounts_are_joined_whatever_their_order(people: People, database: Database) -> None:
    first = recognise(people, known_by("a"))
    recognise(people, known_by("b"), days=1)
    recognise(people, known_by("c", leer_id="L"), days=2)
    joined = recognise(people, known_by("c", "b", "a", "unknown", "c", leer_id="L"), days=3)
    assert joined != first, "the person who was identified already is the one who stays"
    assert {recognise(people, known_by(account)) for account in "abc"} == {joined}
    assert count(database, Person) == 1


def test_joining_twice_changes_nothing(people: People, database: Database) -> None:
    recognise(people, known_by("a"))
    key = known_by("b", "a", leer_id="L")
    assert recognise(people, key) == recognise(people, key)
    assert (count(database, Person), count(database, Account)) == (1, 2)


def test_former_accounts_that_nobody_used_here_leave_no_trace(people: People, database: Database) -> None:
    recognise(people, known_by("b", "never", "seen", leer_id="L"))
    assert (count(database, Person), count(database, Account)) == (1, 1)


def test_a_session_of_a_joined_person_goes_along(people: People, database: Database) -> None:
    sessions = Sessions(database)
    token = sessions.start(now=NOW)
    recognise(people, known_by("a", leer_id="L"))
    sessions.sign_in(token, recognise(people, known_by("b"), days=1), until=NOW + timedelta(hours=1))
    joined = recognise(people, known_by("a", "b", leer_id="L"), days=2)
    visit = sessions.find(token, now=NOW)
    assert visit is not None
    assert visit.person_id == joined
    assert count(database, SessionRow) == 1


@pytest.mark.parametrize("key", [known_by("a", leer_id="M"), known_by("m", "a", leer_id="M")])
def test_accounts_of_another_pupil_are_not_joined_and_nothing_changes(
    people: People, database: Database, key: Key
) -> None:
    person = recognise(people, known_by("a", leer_id="L"))
    with pytest.raises(ConflictError) as caught:
        recognise(people, key, replace(SNAPSHOT, given_name="Other"))
    assert caught.value.person_ids == (person,)
    known = people.find(person)
    assert known is not None
    assert known.snapshot == SNAPSHOT
    assert (count(database, Person), count(database, Account)) == (1, 1)


def test_an_old_account_without_leer_id_opens_the_joined_person_and_keeps_it_identified(people: People) -> None:
    recognise(people, known_by("a"))
    joined = recognise(people, known_by("b", "a", leer_id="L"))
    assert recognise(people, known_by("a"), days=1) == joined
    known = people.find(joined)
    assert known is not None
    assert known.identified


def test_the_snapshot_is_replaced_as_a_whole(people: People, database: Database) -> None:
    person = recognise(people, known_by("a"), replace(SNAPSHOT, email="x@y.example", enrolments=(LINE, LINE)))
    later = replace(SNAPSHOT, given_name="", enrolments=(replace(LINE, group_name="2e leerjaar"),))
    recognise(people, known_by("a"), later, days=1)
    known = people.find(person)
    assert known is not None
    assert known.snapshot == later
    assert (count(database, SnapshotRow), count(database, EnrolmentRow)) == (1, 1)


def test_parallel_relinking_makes_one_person(people: People, database: Database) -> None:
    for account in "abc":
        recognise(people, known_by(account))
    key = known_by("d", "a", "b", "c", leer_id="L")
    with ThreadPoolExecutor(8) as pool:
        persons = set(pool.map(lambda _number: recognise(people, key), range(16)))
    assert len(persons) == 1
    assert (count(database, Person), count(database, Account)) == (1, 4)


def test_moments_come_back_as_utc(people: People, database: Database) -> None:
    person = recognise(people, known_by("a"))
    with database.reading() as session:
        stored = session.get_one(Person, person)
        assert stored.last_sign_in_at == NOW
        assert stored.last_sign_in_at.tzinfo is UTC


def test_an_unknown_person_is_nobody(people: People) -> None:
    assert people.find("nobody") is None
