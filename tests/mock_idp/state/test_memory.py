"""State in memory."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest

from mock_idp.domain.clock import SettableClock
from mock_idp.state.memory import SWEEP_EVERY, MemoryStore
from mock_idp.state.scoped import ScopedStore


@pytest.fixture
def clock() -> Any:
    return SettableClock(datetime(2026, 11, 23, tzinfo=UTC))


@pytest.fixture
def store(clock: SettableClock) -> Any:
    return MemoryStore(clock)


def test_a_record_is_found_again(store: MemoryStore) -> None:
    store.put("code", "a", {"n": 1})
    assert store.get("code", "a") == {"n": 1}
    assert store.get("token", "a") is None


def test_a_record_that_was_handed_out_can_be_changed_without_harm(store: MemoryStore) -> None:
    store.put("code", "a", {"n": 1})
    store.get("code", "a")["n"] = 2
    assert store.get("code", "a") == {"n": 1}


def test_a_record_expires_at_its_moment(store: MemoryStore, clock: SettableClock) -> None:
    store.put("code", "a", {}, ttl_s=30)
    clock.advance(seconds=29.9)
    assert store.get("code", "a") is not None
    clock.advance(seconds=0.1)
    assert store.get("code", "a") is None
    assert store.take("code", "a") is None
    assert list(store.items("code")) == []


def test_taking_is_atomic(store: MemoryStore) -> None:
    store.put("code", "a", {})
    with ThreadPoolExecutor(32) as pool:
        taken = list(pool.map(lambda _: store.take("code", "a"), range(32)))
    assert sum(each is not None for each in taken) == 1


def test_adding_keeps_only_the_first(store: MemoryStore, clock: SettableClock) -> None:
    assert store.add("jti", "a", {"n": 1}, ttl_s=10)
    assert not store.add("jti", "a", {"n": 2}, ttl_s=10)
    clock.advance(seconds=10)
    assert store.add("jti", "a", {"n": 3})


def test_numbers_ascend_and_are_given_once(store: MemoryStore) -> None:
    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(lambda _: store.next_number("exchange"), range(100)))
    assert sorted(numbers) == list(range(1, 101))


def test_clearing_forgets_records_and_goes_on_counting(store: MemoryStore) -> None:
    store.put("code", "a", {})
    store.next_number("exchange")
    store.clear()
    assert store.get("code", "a") is None
    assert store.next_number("exchange") == 2


def test_memory_stays_flat_when_records_expire(store: MemoryStore, clock: SettableClock) -> None:
    for number in range(10 * SWEEP_EVERY):
        store.put("code", str(number), {}, ttl_s=1)
        clock.advance(seconds=1)
    assert len(store._kinds["code"]) <= SWEEP_EVERY + 1


def test_keys_are_those_of_the_records_that_live(store: MemoryStore, clock: SettableClock) -> None:
    store.put("code", "short", {}, ttl_s=1)
    store.put("code", "long", {})
    store.put("code", "later", {})
    assert store.keys("code") == ["short", "long", "later"]
    clock.advance(seconds=1)
    assert store.keys("code") == ["long", "later"]
    assert store.keys("token") == []


def test_keys_within_a_scope_are_its_own(store: MemoryStore) -> None:
    ScopedStore(store, "one").put("code", "a", {})
    assert ScopedStore(store, "one").keys("code") == ["a"]
    assert ScopedStore(store, "two").keys("code") == []
