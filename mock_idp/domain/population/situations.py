"""Situations of pupils: the words that users see, and a keyed assignment that works both ways.

A pupil has at most one situation of each topic. Each topic lays all pupils out in an order of its own (a permutation)
and gives its first places away: so shares are exact, and those of a situation are found without looking at the others.
"""

from __future__ import annotations

from bisect import bisect_right
from enum import StrEnum
from itertools import accumulate
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
    """The situations of one topic over all pupils."""

    def __init__(self, name: str, seed: int, size: int, shares: Mapping[Situation, int]) -> None:
        self._permutation = Permutation("situations", name, seed, size=size)
        self.situations = TOPICS[name]
        bounds = accumulate(shares[each] for each in self.situations)
        self._ends = [size * bound // TEN_THOUSAND for bound in bounds]
        self._begins = [0, *self._ends[:-1]]

    @property
    def taken(self) -> int:
        """How many pupils have a situation of this topic."""
        return self._ends[-1]

    def of(self, index: int) -> Situation | None:
        place = self._permutation.of(index)
        if place >= self._ends[-1]:
            return None
        return self.situations[bisect_right(self._ends, place)]

    def places(self, situation: Situation) -> range:
        number = self.situations.index(situation)
        return range(self._begins[number], self._ends[number])

    def indexes(self, situation: Situation) -> Iterator[int]:
        return map(self._permutation.inverse, self.places(situation))

    def holds(self, situation: Situation, index: int) -> bool:
        return self._permutation.of(index) in self.places(situation)


class Situations:
    """Who is in what situation, of `size` pupils. `shares`: per ten thousand, by topic."""

    def __init__(self, seed: int, size: int, shares: Mapping[str, Mapping[Situation, int]]) -> None:
        self._size = size
        self._topics = tuple(_Topic(name, seed, size, shares[name]) for name in TOPICS)
        self._topic_of = {each: topic for topic in self._topics for each in topic.situations}

    def of(self, index: int) -> ByTopic:
        """Return the situations of a pupil."""
        identity, enrolment, contact = self._topics
        return ByTopic(identity.of(index), enrolment.of(index), contact.of(index))

    def holds(self, situation: Situation, index: int) -> bool:
        """Return whether a pupil is in a situation, without working out the others."""
        if situation is Situation.ORDINARY:
            return self.of(index) == ByTopic(None, None, None)
        return self._topic_of[situation].holds(situation, index)

    def indexes(self, situation: Situation) -> Iterator[int]:
        """Yield all pupils of a situation, scattered over schools, always in the same order."""
        if situation is Situation.ORDINARY:
            return (index for index in range(self.at_most(situation)) if self.holds(situation, index))
        return self._topic_of[situation].indexes(situation)

    def at_most(self, situation: Situation) -> int:
        """Return how many pupils have to be looked at to find all of a situation: exact, but for the ordinary ones."""
        if situation is Situation.ORDINARY:
            return 0 if any(topic.taken == self._size for topic in self._topics) else self._size
        return len(self._topic_of[situation].places(situation))
