"""Server-side sessions: a token opens one session, for a bounded time, and only while it is current."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from relying_party.accounts.models import BegunRow, SessionRow
from relying_party.accounts.sessions import SIGN_IN_TAKES, Begun, Sessions

if TYPE_CHECKING:
    from relying_party.accounts.database import Database

NOW = datetime(2026, 9, 1, 8, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
BEGUN = Begun(state="s", nonce="n", code_verifier="v")


@pytest.fixture
def sessions(database: Database) -> Sessions:
    return Sessions(database)


def test_a_token_opens_its_session(sessions: Sessions) -> None:
    visit = sessions.find(sessions.start(now=NOW), now=NOW)
    assert visit is not None
    assert visit.person_id is None


@pytest.mark.parametrize("token", ["", "unknown", "é" * 500])
def test_an_unknown_token_opens_nothing(sessions: Sessions, token: str) -> None:
    assert sessions.find(token, now=NOW) is None


def test_the_token_itself_is_not_stored(sessions: Sessions, database: Database) -> None:
    token = sessions.start(now=NOW)
    with database.reading() as session:
        assert session.scalars(select(SessionRow.token_hash)).one() != token


def test_a_renewed_token_opens_the_session_and_the_old_one_nothing(sessions: Sessions) -> None:
    old = sessions.start(now=NOW)
    fresh = sessions.renew(old)
    assert sessions.find(fresh, now=NOW)
    assert sessions.find(old, now=NOW) is None


def test_an_ended_session_stays_ended(sessions: Sessions) -> None:
    token = sessions.start(now=NOW)
    sessions.end(token)
    assert sessions.find(sessions.renew(token), now=NOW) is None


def test_a_session_ends_by_itself(sessions: Sessions, database: Database) -> None:
    token = sessions.start(now=NOW)
    later = NOW + SIGN_IN_TAKES
    assert sessions.find(token, now=later) is None
    sessions.start(now=later)
    with database.reading() as session:
        assert len(session.scalars(select(SessionRow)).all()) == 1, "what has ended is cleared away"


def test_begun_sign_ins_come_back_latest_first_and_go_with_the_session(sessions: Sessions, database: Database) -> None:
    token = sessions.start(now=NOW)
    for state in ("one", "two"):
        sessions.begin(token, Begun(state=state, nonce="n", code_verifier=None), now=NOW)
    assert [begun.state for begun in sessions.begun(token, now=NOW)] == ["two", "one"]
    sessions.end(token)
    assert not sessions.begun(token, now=NOW)
    with database.reading() as session:
        assert not session.scalars(select(BegunRow)).all()


def test_a_begun_sign_in_is_too_old_after_half_an_hour(sessions: Sessions) -> None:
    token = sessions.start(now=NOW)
    sessions.begin(token, BEGUN, now=NOW)
    sessions.begin(token, BEGUN, now=NOW + 20 * MINUTE)
    assert len(sessions.begun(token, now=NOW + 40 * MINUTE)) == 1


def test_a_begun_sign_in_is_used_once_even_by_many_at_a_time(sessions: Sessions) -> None:
    token = sessions.start(now=NOW)
    sessions.begin(token, BEGUN, now=NOW)
    begun = sessions.begun(token, now=NOW)[0]
    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(lambda _number: sessions.redeem(begun), range(8))) == [False] * 7 + [True]
