"""The journal numbers, attributes, and forgets the oldest."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from mock_idp.domain.clock import SettableClock
from mock_idp.journal import Journal
from mock_idp.state.memory import MemoryStore

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture
def journal() -> Journal:
    clock = SettableClock(NOW)
    return Journal(MemoryStore(clock), clock, kept=3)


def finish(journal: Journal, stage_id: str = "default") -> None:
    journal.begin("discovery", "GET", stage_id).finish(200, {})


def test_an_exchange_is_kept_as_it_was(journal: Journal) -> None:
    entry = journal.begin("token", "POST", "stage-one")
    entry.flow = "flow-one"
    entry.client_id = "leerid-rp"
    entry.account = "account-uuid"
    entry.request = {"grant_type": "authorization_code", "client_auth": "none"}
    entry.id_token = lambda: {"header": {"alg": "RS256"}, "claims": {"sub": "account-uuid"}}
    entry.note("Two secrets were sent; send one.")
    entry.fired(["id-token.expired"])
    entry.finish(200, {"token_type": "Bearer", "expires_in": 3600})

    assert journal.exchanges()[0].model_dump(mode="json") == {
        "number": 1,
        "at": "2026-03-02T09:30:00+00:00",
        "duration_ms": 0.0,
        "flow": "flow-one",
        "issuer": "op",
        "stage": "stage-one",
        "endpoint": "token",
        "method": "POST",
        "client_id": "leerid-rp",
        "request": {"grant_type": "authorization_code", "client_auth": "none"},
        "status": 200,
        "response": {"token_type": "Bearer", "expires_in": 3600},
        "fired": ["id-token.expired"],
        "notes": ["Two secrets were sent; send one."],
        "account": "account-uuid",
        "id_token": {"header": {"alg": "RS256"}, "claims": {"sub": "account-uuid"}},
    }


def test_an_exchange_is_numbered_when_it_ends(journal: Journal) -> None:
    first = journal.begin("authorization", "GET", "default")
    finish(journal)
    first.finish(302, {})

    assert [(each.number, each.endpoint) for each in journal.exchanges()] == [(1, "discovery"), (2, "authorization")]


def test_an_exchange_tells_how_long_its_answer_took() -> None:
    clock = SettableClock(NOW)
    journal = Journal(MemoryStore(clock), clock)
    entry = journal.begin("userinfo", "GET", "default")
    clock.advance(seconds=1.25)
    entry.finish(200, {})

    assert journal.exchanges()[0].duration_ms == 1250.0


def test_an_exchange_outside_a_sign_in_belongs_to_none(journal: Journal) -> None:
    finish(journal)

    assert journal.exchanges()[0].flow is None


def test_an_exchange_that_never_ends_is_not_kept(journal: Journal) -> None:
    journal.begin("token", "POST", "default")

    assert journal.exchanges() == []


def test_only_the_last_ones_are_kept(journal: Journal) -> None:
    for _ in range(5):
        finish(journal)

    assert [each.number for each in journal.exchanges()] == [3, 4, 5]


def test_of_a_stage_too_only_the_last_ones_are_kept(journal: Journal) -> None:
    for stage_id in ("one", "two", "one", "two"):
        finish(journal, stage_id)
        assert journal.exchanges(stage=stage_id)

    assert [each.number for each in journal.exchanges(stage="one")] == [3]
    assert journal._store.keys("exchange on one") == ["3"], "nor is a number kept of what is forgotten"


def test_exchanges_are_read_by_stage_and_from_a_number_on(journal: Journal) -> None:
    for stage_id in ("one", "two", "one"):
        finish(journal, stage_id)

    assert [each.number for each in journal.exchanges(stage="one")] == [1, 3]
    assert [each.number for each in journal.exchanges(since=1)] == [2, 3]
    assert [each.number for each in journal.exchanges(stage="one", since=1)] == [3]


def test_notes_and_fired_faults_are_said_once(journal: Journal) -> None:
    entry = journal.begin("token", "POST", "default")
    for _ in range(2):
        entry.note("The code was used before.")
        entry.fired(["id-token.expired"])
    entry.finish(400, {})

    assert (journal.exchanges()[0].notes, journal.exchanges()[0].fired) == (
        ["The code was used before."],
        ["id-token.expired"],
    )


def test_an_unknown_endpoint_is_refused(journal: Journal) -> None:
    with pytest.raises(ValueError, match="tokn"):
        journal.begin("tokn", "POST", "default")


def test_whatever_an_endpoint_says_can_be_written_as_json(journal: Journal) -> None:
    entry = journal.begin("token", "POST", "default")
    entry.request = {"when": NOW, "many": {1, 2}, "nested": ({"octets": b"\xff"},), "number": float("nan")}
    entry.finish(200, {"nothing": None, "yes": True})

    assert json.loads(json.dumps(journal.exchanges()[0].model_dump(mode="json"), allow_nan=False))
