"""Schools laid over the pupils: each has a range of indexes, so that a pupil's school and a school's pupils compute."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate, pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from mock_idp.domain.discimus import School, schools
from mock_idp.domain.population.curriculum import Curriculum
from mock_idp.domain.population.permutation import Permutation
from mock_idp.domain.population.shape_file import FEWEST_SCHOOLS
from mock_idp.domain.population.situations import TEN_THOUSAND

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mock_idp.domain.population.shape import KindRow, Shape

FIRST_NUMBER: Final = 710_000
NUMBERS: Final = 90_000
"""Invented schools have numbers from 710000 to 799999; no real one is known to."""
BITS: Final = 64


class Place(NamedTuple):
    """A school and its pupils: those of the indexes from `start`, `size` of them.

    `before` and `after`: where the neighbours of the same kind stand. Who moved here came from the one before; who has
    two schools has the one after as well.
    """

    school: School
    curriculum: Curriculum
    start: int
    size: int
    before: int
    after: int

    @property
    def indexes(self) -> range:
        """The pupils whose first school this is."""
        return range(self.start, self.start + self.size)


class _Plan(NamedTuple):
    """A school before it has its place. `order`: where it comes among all of them."""

    order: int
    school: School
    kind: int
    size: int


class Layout:
    """All schools of a seed, in the order of their indexes."""

    def __init__(self, seed: int, shape: Shape) -> None:
        plans = sorted(_plans(seed, shape))
        curricula = [Curriculum(kind, shape.all_groups) for kind in shape.kinds]
        starts = [0, *accumulate(plan.size for plan in plans)]
        around = _neighbours(plans, len(shape.kinds))
        self.places = tuple(
            Place(plan.school, curricula[plan.kind], start, plan.size, *neighbours)
            for plan, start, neighbours in zip(plans, starts, around, strict=False)
        )
        self._starts = starts[:-1]
        self.numbers: Mapping[str, int] = MappingProxyType(
            {place.school.number: at for at, place in enumerate(self.places)}
        )

    def at(self, index: int) -> Place:
        """Return the first school of a pupil."""
        return self.places[bisect_right(self._starts, index) - 1]

    def place_of(self, index: int) -> int:
        """Return where the first school of a pupil stands among all of them."""
        return bisect_right(self._starts, index) - 1


def _plans(seed: int, shape: Shape) -> Iterator[_Plan]:
    """Yield all schools, kind by kind. A bound between kinds is rounded once, so that nobody is lost."""
    numbers = Permutation("school number", seed, size=NUMBERS)
    chance = Permutation("school", seed, size=1 << BITS)
    bounds = [shape.size * share // TEN_THOUSAND for share in accumulate((k.share for k in shape.kinds), initial=0)]
    ordinal = 0
    for at, kind in enumerate(shape.kinds):
        pupils = bounds[at + 1] - bounds[at]
        if pupils == 0:
            continue
        count = max(FEWEST_SCHOOLS, pupils // kind.usual_school)
        drawn = [chance.of(ordinal + number) for number in range(count)]
        named = _schools(kind, count, _names(seed, shape, kind), [numbers.of(ordinal + each) for each in range(count)])
        sizes = _sizes(kind, drawn, pupils)
        yield from (_Plan(*each) for each in zip(drawn, named, [at] * count, sizes, strict=True))
        ordinal += count


def _names(seed: int, shape: Shape, kind: KindRow) -> Iterator[str]:
    """Yield names for schools of a kind, every one once."""
    adjectives, nouns = shape.school_names.adjectives, shape.school_names.nouns
    every = Permutation("school name", kind.hoofdstructuur, seed, size=len(kind.words) * len(adjectives) * len(nouns))
    for number in range(every.size):
        rest, noun = divmod(every.of(number), len(nouns))
        word, adjective = divmod(rest, len(adjectives))
        yield f"{kind.words[word]} De {adjectives[adjective]} {nouns[noun]}"


def _schools(kind: KindRow, count: int, names: Iterator[str], numbers: list[int]) -> list[School]:
    """Return the schools of a kind: the known ones first, the invented ones after."""
    known = [schools()[number] for number in kind.known][:count]
    invented = zip(numbers[len(known) :], names, strict=False)
    return [*known, *(School(number=str(FIRST_NUMBER + number), name=name) for number, name in invented)]


def _sizes(kind: KindRow, drawn: list[int], pupils: int) -> list[int]:
    """Return how many pupils each school has: as drawn from the sizes of the kind, in proportion to all `pupils`."""
    ends = list(accumulate(share for share, _, _ in kind.sizes))
    weights = list(kind.known.values())[: len(drawn)]
    for number in drawn[len(weights) :]:
        band, rest = divmod((number & 0xFFFFFFFF) * TEN_THOUSAND, 1 << 32)
        _, smallest, largest = kind.sizes[bisect_right(ends, band)]
        weights.append(smallest + rest * (largest - smallest + 1) // (1 << 32))
    total = sum(weights)
    bounds = [pupils * bound // total for bound in accumulate(weights, initial=0)]
    return [end - begin for begin, end in pairwise(bounds)]


def _neighbours(plans: list[_Plan], kinds: int) -> list[tuple[int, int]]:
    """Return for each school where the one before and the one after it of the same kind stand, in a ring."""
    rings: list[list[int]] = [[] for _ in range(kinds)]
    for at, plan in enumerate(plans):
        rings[plan.kind].append(at)
    around = {
        at: (ring[number - 1], ring[(number + 1) % len(ring)]) for ring in rings for number, at in enumerate(ring)
    }
    return [around[at] for at in range(len(plans))]
