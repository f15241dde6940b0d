"""Whom a breach concerns: held or touched in the span, told by keys, in doubt on the list."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from relying_party.accounts.affected import Affected, Holding, Span, affected
from relying_party.accounts.privacy_log import Entry, Kind, Outcome

START = datetime(2026, 9, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def on(day: int) -> datetime:
    return START + day * DAY


def entry(day: int, kind: Kind = Kind.SIGNED_IN, *, person: str = "", key: str = "") -> Entry:
    return Entry(at=on(day), kind=kind, outcome=Outcome.DONE, person=person, key=key)


def holding(person: str, *keys: str, since: int) -> Holding:
    return Holding(id=person, keys=frozenset(keys), created_at=on(since), items=("given_name",))


def listed(
    holdings: list[Holding], entries: list[Entry], *, since: int, until: int, shortened: bool = False
) -> list[Affected]:
    return affected(holdings, entries, Span(since=on(since), until=on(until)), shortened=shortened)


@pytest.mark.parametrize(("until", "on_the_list"), [(9, False), (10, True), (11, True)])
def test_who_is_kept_is_concerned_from_the_first_moment_on(until: int, *, on_the_list: bool) -> None:
    found = listed([holding("p", "L", since=10)], [entry(10, person="p", key="L")], since=5, until=until)
    assert bool(found) is on_the_list


@pytest.mark.parametrize(("since", "on_the_list"), [(19, True), (20, True), (21, False)])
def test_who_is_gone_is_concerned_until_the_account_went(since: int, *, on_the_list: bool) -> None:
    log = [entry(1, person="p", key="L"), entry(20, Kind.PURGED, person="p", key="L")]
    found = listed([], log, since=since, until=30)
    assert [(each.person, each.keys, each.held, each.gone) for each in found] == [
        ("p", ("L",), True, True)
    ] * on_the_list


def test_what_was_done_in_the_span_is_counted_and_what_was_done_outside_is_not() -> None:
    log = [entry(day, person="p", key="L") for day in (1, 4, 5, 9)] + [entry(6, Kind.EXPORTED, person="p", key="L")]
    [found] = listed([holding("p", "L", since=1)], log, since=4, until=6)
    assert found.acts == {"exported": 1, "signed-in": 2}


def test_of_a_pupil_who_was_refused_nothing_was_held() -> None:
    [found] = listed([], [entry(5, Kind.REFUSED, key="A")], since=4, until=6)
    assert (found.person, found.keys, found.held, found.acts) == ("", ("A",), False, {"refused": 1})


def test_a_refusal_of_somebody_who_is_kept_stands_with_that_person() -> None:
    [found] = listed([holding("p", "L", "A", since=1)], [entry(5, Kind.REFUSED, key="A")], since=4, until=6)
    assert (found.person, found.keys, found.acts) == ("p", ("A", "L"), {"refused": 1})


def test_who_was_joined_to_another_stands_with_that_one_and_since_the_first_of_both() -> None:
    log = [entry(1, person="old", key="A"), entry(8, Kind.RELINKED, person="p", key="L")]
    [found] = listed([holding("p", "L", "A", since=7)], log, since=2, until=3)
    assert (found.person, found.held) == ("p", True)


def test_a_pupil_who_came_back_after_the_purge_stands_there_once_for_each_account() -> None:
    log = [
        entry(1, person="old", key="L"),
        entry(5, Kind.PURGED, person="old", key="L"),
        entry(9, person="new", key="L"),
    ]
    between = listed([holding("new", "L", since=9)], log, since=6, until=8)
    assert between == []
    both = listed([holding("new", "L", since=9)], log, since=4, until=9)
    assert sorted((each.person, each.gone) for each in both) == [("new", False), ("old", True)]


def test_an_end_that_nobody_wrote_down_has_not_come() -> None:
    [found] = listed([], [entry(1, person="p", key="A")], since=50, until=60)
    assert found.held


def test_of_somebody_who_is_gone_a_shortened_log_does_not_tell_since_when() -> None:
    log = [entry(20, Kind.PURGED, person="p", key="L")]
    assert listed([], log, since=1, until=2, shortened=True)[0].held


def test_an_entry_that_names_nobody_is_nobodys() -> None:
    log = [entry(5, Kind.REFUSED), entry(6, Kind.PURGED, person="keyless"), entry(6, Kind.REFUSED)]
    assert [each.person for each in listed([], log, since=5, until=6)] == ["keyless"]
    assert listed([], log, since=5, until=6)[0].acts == {"purged": 1}
