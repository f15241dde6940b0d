"""Schools laid over the pupils: each pupil has one, numbers and names are nobody else's."""

from __future__ import annotations

import re
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mock_idp.domain.discimus import schools
from mock_idp.domain.population import read_shape
from mock_idp.domain.population.layout import Layout

SIZES = [1_200_000, 5000, 1000]


@cache
def layout(size: int, seed: int = 0) -> Layout:
    return Layout(seed, read_shape(size=size))


@pytest.mark.parametrize("size", SIZES)
def test_schools_follow_each_other_without_a_gap(size: int) -> None:
    end = 0
    for place in layout(size).places:
        assert place.indexes == range(end, end + place.size)
        end += place.size
    assert end == size


@settings(deadline=None)
@given(index=st.integers(0, 1_199_999))
def test_a_pupil_is_in_the_range_of_their_school(index: int) -> None:
    laid = layout(1_200_000)
    assert index in laid.at(index).indexes
    assert laid.places[laid.place_of(index)] is laid.at(index)


@pytest.mark.parametrize("seed", [0, 1, 99])
def test_numbers_and_names_of_schools_are_unique_and_invented(seed: int) -> None:
    laid = layout(1_200_000, seed)
    numbers = [place.school.number for place in laid.places]
    assert len(set(numbers)) == len(numbers) == len({place.school.name for place in laid.places})
    assert all(re.fullmatch(r"7[1-9][0-9]{4}", number) for number in numbers if number not in schools())
    assert {"700101", "700202", "000007", "700303", "700404"} == set(numbers) & set(schools())


def test_there_are_about_as_many_schools_as_in_flanders_of_very_different_size() -> None:
    sizes = sorted(place.size for place in layout(1_200_000).places)
    assert 3_000 < len(sizes) < 4_000
    assert sizes[0] < 50
    assert sizes[-1] > 1_500


def test_known_schools_have_about_as_many_pupils_as_the_shape_says() -> None:
    laid = layout(1_200_000)
    for kind in read_shape().kinds:
        for number, pupils in kind.known.items():
            assert abs(laid.places[laid.numbers[number]].size - pupils) < pupils // 10


@pytest.mark.parametrize("size", SIZES)
def test_neighbours_are_two_other_schools_of_the_same_kind(size: int) -> None:
    places = layout(size).places
    for at, place in enumerate(places):
        assert len({at, place.before, place.after}) == 3
        assert places[place.before].curriculum is places[place.after].curriculum is place.curriculum
        assert places[place.before].after == at == places[place.after].before
