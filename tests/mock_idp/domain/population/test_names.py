"""Names and user names: each leads back to one pupil."""

from __future__ import annotations

import importlib.util
import tomllib
from pathlib import Path
from typing import Any

import faker
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from mock_idp.domain.population.names import FILE, Named, Names, Pools, read_pools

ROOT = Path(__file__).parents[4]
SIZE = 1_200_000
NAMES = Names(0, SIZE)


@settings(deadline=None)
@given(seed=st.integers(0, 2**32), size=st.integers(1, 2_000_000), data=st.data())
def test_a_user_name_leads_back_to_its_pupil_and_account(seed: int, size: int, data: st.DataObject) -> None:
    names = Names(seed, size)
    pupil, account = data.draw(st.integers(0, size - 1)), data.draw(st.integers(0, 1))
    user_name = names.user_name(names.of(pupil), account)
    assert user_name.isascii()
    assert names.read(user_name) == (pupil, account)


@settings(deadline=None)
@given(given_place=st.integers(0, len(NAMES.given) - 1), family=st.integers(0, len(NAMES.family) - 1))
def test_all_user_names_of_one_name_differ(given_place: int, family: int) -> None:
    named = [Named(given_place, family, slot) for slot in range(NAMES.slots)]
    user_names = {NAMES.user_name(each, account) for each in named for account in (0, 1)}
    assert len(user_names) == 2 * NAMES.slots


def test_most_endings_belong_to_nobody() -> None:
    begin = NAMES.user_name(NAMES.of(7))[:-3]
    found = [ending for ending in range(1000) if NAMES.read(f"{begin}{ending:03}")]
    assert 2 <= len(found) <= 2 * NAMES.slots
    assert all(ending >= 100 for ending in found)


@pytest.mark.parametrize("user_name", ["", "emma", "emma.peeters", "emma.peeters12", "nobody.peeters123", "emma.x123"])
def test_what_is_no_user_name_leads_to_nobody(user_name: str) -> None:
    assert NAMES.read(user_name) is None


def test_no_two_pupils_of_the_whole_population_share_a_user_name() -> None:
    assert len({NAMES.user_name(NAMES.of(pupil)) for pupil in range(SIZE)}) == SIZE


def test_names_that_fold_together_are_refused() -> None:
    pools = read_pools().model_dump()
    with pytest.raises(ValidationError, match="dhondt"):
        Pools.model_validate({**pools, "family": ("D'Hondt", "Dhondt")})
    with pytest.raises(ValidationError, match="sam"):
        Pools.model_validate({**pools, "female": ("Sam",), "male": ("Säm",)})
    with pytest.raises(ValidationError, match="r2d2"):
        Pools.model_validate({**pools, "male": ("R2D2",)})


def test_the_pools_hold_names_that_are_hard_to_write() -> None:
    pools = read_pools()
    assert {"D'Hondt", "Van den Berghe", "De Smet"} <= set(pools.family)
    assert {"Zoë", "Anne-Marie"} <= set(pools.female)


def test_the_pools_are_what_faker_draws() -> None:
    written = tomllib.loads(FILE.read_text("utf-8"))
    if written["faker"] != faker.VERSION:
        pytest.skip(f"the pools were drawn with Faker {written['faker']}, this is {faker.VERSION}")
    script = _script()
    assert script.document(script.drawn_pools()) == FILE.read_text("utf-8")


def _script() -> Any:
    place = ROOT / "scripts" / "draw_names.py"
    specification = importlib.util.spec_from_file_location("draw_names", place)
    assert specification
    assert specification.loader
    script = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(script)
    return script
