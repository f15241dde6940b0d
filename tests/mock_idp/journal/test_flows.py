"""Which exchanges are one sign-in."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from mock_idp.domain.clock import SettableClock
from mock_idp.journal import Flow, Journal, flows
from mock_idp.state.memory import MemoryStore


@pytest.fixture
def journal() -> Journal:
    clock = SettableClock(datetime(2026, 3, 2, 9, 30, tzinfo=UTC))
    return Journal(MemoryStore(clock), clock)


def say(journal: Journal, endpoint: str, flow: str | None = None, *, note: str = "", status: int = 200) -> None:
    entry = journal.begin(endpoint, "GET", "default")
    entry.flow = flow
    if note:
        entry.note(note)
    entry.finish(status, {})


def told(journal: Journal) -> list[tuple[str | None, list[str]]]:
    return [(each.flow, [str(one.endpoint) for one in each.exchanges]) for each in flows(journal.exchanges())]


def test_exchanges_of_a_sign_in_stand_together_in_their_order(journal: Journal) -> None:
    for endpoint, flow in (("authorization", "a"), ("authorization", "b"), ("token", "a"), ("token", "b")):
        say(journal, endpoint, flow)

    assert told(journal) == [("b", ["authorization", "token"]), ("a", ["authorization", "token"])]


def test_the_sign_in_with_the_newest_exchange_comes_first(journal: Journal) -> None:
    for endpoint, flow in (("authorization", "a"), ("authorization", "b"), ("userinfo", "a")):
        say(journal, endpoint, flow)

    assert [flow for flow, _ in told(journal)] == ["a", "b"]


def test_reading_metadata_and_keys_again_and_again_is_one_row(journal: Journal) -> None:
    for endpoint in ("discovery", "jwks", "discovery"):
        say(journal, endpoint)

    assert told(journal) == [(None, ["discovery", "jwks", "discovery"])]


def test_a_new_sign_in_ends_such_a_row(journal: Journal) -> None:
    say(journal, "jwks")
    say(journal, "authorization", "a")
    say(journal, "jwks")

    assert told(journal) == [(None, ["jwks"]), ("a", ["authorization"]), (None, ["jwks"])]


def test_what_differs_outside_sign_ins_stays_apart(journal: Journal) -> None:
    say(journal, "token", status=400)
    say(journal, "token", status=400)
    say(journal, "token", status=400, note="The code is unknown.")
    say(journal, "token", status=401)

    assert [len(each.exchanges) for each in flows(journal.exchanges())] == [1, 1, 2]


def test_what_was_odd_and_what_fired_is_told_once(journal: Journal) -> None:
    for _ in range(2):
        entry = journal.begin("token", "POST", "default")
        entry.flow = "a"
        entry.note("Send one.")
        entry.fired(["id-token.expired"])
        entry.finish(200, {})
    found: Flow = flows(journal.exchanges())[0]

    assert (found.notes, found.fired, found.client_id) == (("Send one.",), ("id-token.expired",), None)


def test_the_newest_number_is_told_without_reading_the_rest(journal: Journal) -> None:
    assert journal.newest() == 0
    say(journal, "jwks")
    say(journal, "jwks")
    assert journal.newest() == 2
