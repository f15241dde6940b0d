"""Situations of pupils: the words that users see, and a keyed assignment that works both ways.

A permutation lays all pupils out in one order; each topic goes through that order in steps of its own and gives its
first places away. So shares are exact, a pupil has at most one situation of a topic, situations of different topics
meet as often as their shares say, and the pupils of a situation are found without looking at the others.
"""

from __future__ import annotations

from bisect import bisect_right
from enum import StrEnum
from itertools import accumulate
from math import gcd
from typing import TYPE_CHECKING, Final, NamedTuple

from mock_idp.domain.population.permutation import Permutation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

TEN_THOUSAND: Final = 10_000


class Situation(StrEnum):
    """What is particular about a pupil in this school year."""

    NOT_IDENTIFIED = "not-identified"
    IDENTIFIED_SINCE = "identified-since"
    BIS_NUMBER = "bis-number"
    TWO_ACCOUNTS = "two-accounts"
    TWO_SCHOOLS = "two-schools"
    MOVED = "moved"
    ENDED = "ended"
    NO_EMAIL = "no-email"
    ORDINARY = "ordinary"


TOPICS: Final[Mapping[str, tuple[Situation, ...]]] = {
    "identity": (
        Situation.NOT_IDENTIFIED,
        Situation.IDENTIFIED_SINCE,
        Situation.BIS_NUMBER,
        Situation.TWO_ACCOUNTS,
        Situation.TWO_SCHOOLS,  # here, because a pupil without number in two schools is two pupils to the registers
    ),
    "enrolment": (Situation.MOVED, Situation.ENDED),
    "contact": (Situation.NO_EMAIL,),
}
"""Which situations exclude each other."""

STEPS: Final[Mapping[str, int]] = {"identity": 10_000, "enrolment": 6_180, "contact": 4_142}
"""How a topic steps through all pupils, in ten thousandths: parts that no small fraction comes near, so that the first
places of one topic are spread over those of the others."""

JUST_ORDINARY: Final = (Situation.ORDINARY,)
JUST_NO_EMAIL: Final = (Situation.NO_EMAIL,)


class ByTopic(NamedTuple):
    """The situations of one pupil; None where there is nothing particular."""

    identity: Situation | None
    enrolment: Situation | None
    contact: Situation | None

    def listed(self) -> tuple[Situation, ...]:
        """Return the situations in the order of their topics: one at least, for there is ordinary too."""
        if self.identity is None and self.enrolment is None:
            return JUST_ORDINARY if self.contact is None else JUST_NO_EMAIL
        return tuple(each for each in self if each)


class _Topic:
    """The situations of one topic: what they are at a place, and the places of each."""

    def __init__(self, name: str, size: int, shares: Mapping[Situation, int]) -> None:
        self.situations = TOPICS[name]
        self.size = size
        self.step = _prime_to(size, size * STEPS[name] // TEN_THOUSAND)
        self._back = pow(self.step, -1, size)
        self.ends = [size * bound // TEN_THOUSAND for bound in accumulate(shares[each] for each in self.situations)]
        self.taken = self.ends[-1]

    def at(self, place: int) -> Situation | None:
        place = place * self.step % self.size
        return None if place >= self.taken else self.situations[bisect_right(self.ends, place)]

    def own(self, situation: Situation) -> range:
        """Return the steps of a situation."""
        number = self.situations.index(situation)
        return range(self.ends[number - 1] if number else 0, self.ends[number])

    def places(self, situation: Situation) -> Iterator[int]:
        return (step * self._back % self.size for step in self.own(situation))


class Situations:
    """Who is in what situation, of `size` pupils. `shares`: per ten thousand, by topic."""

    def __init__(self, seed: int, size: int, shares: Mapping[str, Mapping[Situation, int]]) -> None:
        self._size = size
        self._permutation = Permutation("situations", seed, size=size)
        self._topics = tuple(_Topic(name, size, shares[name]) for name in TOPICS)
        self._topic_of = {each: topic for topic in self._topics for each in topic.situations}

    def of(self, index: int) -> ByTopic:
        """Return the situations of a pupil."""
        place = self._permutation.of(index)
        identity, enrolment, contact = self._topics
        return ByTopic(identity.at(place), enrolment.at(place), contact.at(place))

    def holds(self, situation: Situation, index: int) -> bool:
        """Return whether a pupil is in a situation."""
        if situation is Situation.ORDINARY:
            return self.of(index).listed() is JUST_ORDINARY
        return self._topic_of[situation].at(self._permutation.of(index)) is situation

    def indexes(self, situation: Situation) -> Iterator[int]:
        """Yield all pupils of a situation, scattered over schools, always in the same order."""
        if situation is Situation.ORDINARY:
            return (index for index in range(self.at_most(situation)) if self.holds(situation, index))
        return map(self._permutation.inverse, self._topic_of[situation].places(situation))

    def at_most(self, situation: Situation) -> int:
        """Return how many pupils have to be looked at to find all of a situation: exact, but for the ordinary ones."""
        if situation is Situation.ORDINARY:
            return 0 if any(topic.taken == self._size for topic in self._topics) else self._size
        return len(self._topic_of[situation].own(situation))


def _prime_to(size: int, about: int) -> int:
    """Return the first number from `about` on that shares no factor with `size`, so that its steps meet every place."""
    step = max(1, about)
    while gcd(step, size) > 1:
        step += 1
    return step % size or 1
