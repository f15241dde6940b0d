"""A keyed permutation: everything has one place, and is found back."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from mock_idp.domain.population.permutation import Permutation

SEEDS = st.integers(0, 2**64)


@settings(deadline=None)
@given(seed=SEEDS, size=st.integers(1, 3000))
def test_every_number_has_a_place_of_its_own(seed: int, size: int) -> None:
    permutation = Permutation("test", seed, size=size)
    assert sorted(map(permutation.of, range(size))) == list(range(size))


@settings(deadline=None)
@given(seed=SEEDS, size=st.integers(1, 2**128), data=st.data())
def test_what_is_scattered_is_found_back(seed: int, size: int, data: st.DataObject) -> None:
    permutation = Permutation("test", seed, size=size)
    number = data.draw(st.integers(0, size - 1))
    assert 0 <= permutation.of(number) < size
    assert permutation.inverse(permutation.of(number)) == number
    assert permutation.of(permutation.inverse(number)) == number


def test_another_key_scatters_otherwise() -> None:
    one, other = Permutation("test", 0, size=1_000_000), Permutation("test", 1, size=1_000_000)
    same = sum(one.of(number) == other.of(number) for number in range(10_000))
    assert same < 5


def test_neighbours_are_scattered_evenly() -> None:
    """In each block of numbers about a tenth lands in the first tenth of the places."""
    permutation = Permutation("test", 0, size=1_200_000)
    for begin in range(0, 1_200_000, 60_000):
        landed = sum(permutation.of(number) < 120_000 for number in range(begin, begin + 2000))
        assert 140 < landed < 260
