"""Who is in what situation: exact shares, found without looking at everybody."""

from __future__ import annotations

from collections import Counter

import pytest

from mock_idp.domain.population import Situation, read_shape
from mock_idp.domain.population.situations import TOPICS, Situations

SIZE = 20_000
SHARES = read_shape().shares
WHO = Situations(0, SIZE, SHARES)


def test_every_share_is_exact() -> None:
    counted = Counter(each for pupil in range(SIZE) for each in WHO.of(pupil).listed())
    for topic, situations in TOPICS.items():
        for situation in situations:
            assert counted[situation] == SIZE * SHARES[topic][situation] // 10_000


@pytest.mark.parametrize("situation", Situation)
def test_the_pupils_of_a_situation_are_those_who_are_in_it(situation: Situation) -> None:
    yielded = list(WHO.indexes(situation))
    assert len(yielded) == len(set(yielded)) <= WHO.at_most(situation)
    assert set(yielded) == {pupil for pupil in range(SIZE) if situation in WHO.of(pupil).listed()}
    assert all(WHO.holds(situation, pupil) == (pupil in set(yielded)) for pupil in range(500))


def test_situations_of_different_topics_meet() -> None:
    met = {WHO.of(pupil).listed() for pupil in range(SIZE)}
    assert (Situation.NOT_IDENTIFIED, Situation.MOVED) in met
    assert (Situation.TWO_ACCOUNTS, Situation.NO_EMAIL) in met


@pytest.mark.parametrize("size", [1, 2, 10, 1000, 1024, 6180, 9973, 20_000, 1_200_000])
def test_topics_meet_as_often_as_their_shares_say(size: int) -> None:
    who = Situations(0, size, SHARES)
    topics = who._topics
    both = sum(topics[2].at(place) is not None for place in map(int, topics[0].places(Situation.NOT_IDENTIFIED)))
    expected = size * 200 * 3500 // 10_000**2
    assert abs(both - expected) <= max(2, expected // 50)


def test_nobody_is_ordinary_where_a_topic_takes_everybody() -> None:
    everybody = {**SHARES, "contact": {Situation.NO_EMAIL: 10_000}}
    who = Situations(0, SIZE, everybody)
    assert who.at_most(Situation.ORDINARY) == 0
    assert not list(who.indexes(Situation.ORDINARY))


def test_a_share_of_nothing_is_nobody() -> None:
    who = Situations(0, SIZE, {**SHARES, "contact": {Situation.NO_EMAIL: 0}})
    assert not list(who.indexes(Situation.NO_EMAIL))
    assert not any(who.holds(Situation.NO_EMAIL, pupil) for pupil in range(SIZE))
