"""Every persona signs in at the running mock, on each of its days, and an application learns what is committed."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from persona_claims import PER_SIGN_IN, TODAY, Visitor, expected, visiting

from mock_idp.domain.insz import Number
from mock_idp.domain.people.personas import read_personas

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.xdist_group("every-persona")
EXPECTED = expected()
NATIONAL_NUMBER = re.compile(r"(?<![\w-])\d{11}(?![\w-])")
"""Eleven digits that are no part of a uuid."""


@pytest.fixture(scope="module")
def visitor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    with visiting(tmp_path_factory.mktemp("mock")) as visitor:
        yield visitor


@pytest.fixture(scope="module")
def personas(visitor: Visitor) -> dict[str, dict]:
    return {persona["slug"]: persona for persona in visitor.personas()}


def test_the_expectation_knows_every_persona(personas: dict[str, dict]) -> None:
    assert list(personas) == list(EXPECTED)


@pytest.mark.parametrize("slug", EXPECTED)
def test_an_application_learns_what_is_expected(visitor: Visitor, personas: dict[str, dict], slug: str) -> None:
    assert visitor.learned(personas[slug]) == EXPECTED[slug]


@pytest.mark.parametrize("slug", EXPECTED)
def test_nothing_that_is_learned_is_a_national_number(slug: str) -> None:
    life = read_personas(anchor=date.fromisoformat(TODAY)).get(slug).person.life
    assert not NATIONAL_NUMBER.findall(str(EXPECTED[slug]))
    assert not life or all(f"{life.insz(number)}" not in str(EXPECTED[slug]) for number in (Number.RRN, Number.BIS))


def test_a_national_number_would_be_found() -> None:
    assert NATIONAL_NUMBER.findall(str({"rrn": "13020100092", "sub": "aaaaaaaa-1111-4111-8111-111111111111"}))


def test_an_account_without_a_lasting_uuid_is_another_at_every_sign_in(visitor: Visitor, personas: dict) -> None:
    (persona,) = (each for each in personas.values() if PER_SIGN_IN in each["circumstances"])
    lasting = {**persona, "circumstances": []}
    one, other = (next(iter(visitor.learned(lasting).values())) for _ in range(2))
    assert one["ov_account_uuid"] != other["ov_account_uuid"]
    assert {**one, "sub": "", "ov_account_uuid": ""} == {**other, "sub": "", "ov_account_uuid": ""}
