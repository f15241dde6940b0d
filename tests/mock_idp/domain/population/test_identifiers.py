"""Uuids lead back to their pupils, and foreign ones do not."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mock_idp.domain.population.identifiers import Kind, Meaning, Uuids

SEEDS = st.integers(0, 2**64)
PUPILS = st.integers(0, 2**32 - 1)
NUMBERS = st.integers(0, 2**16 - 1)


@settings(deadline=None)
@given(seed=SEEDS, pupil=PUPILS, account=st.integers(0, 3), number=NUMBERS)
def test_an_account_uuid_leads_back_to_its_account(seed: int, pupil: int, account: int, number: int) -> None:
    uuids = Uuids(seed)
    uuid = uuids.account(pupil, account, number)
    assert uuids.read(uuid) == Meaning(Kind.ACCOUNT, account, number, pupil)
    assert uuids.read(uuid.upper()) == uuids.read(uuid)


@settings(deadline=None)
@given(seed=SEEDS, pupil=PUPILS, number=NUMBERS)
def test_a_leer_id_uuid_leads_back_to_its_pupil(seed: int, pupil: int, number: int) -> None:
    uuids = Uuids(seed)
    assert uuids.read(uuids.leer_id(pupil, number)) == Meaning(Kind.LEER_ID, 0, number, pupil)


@settings(deadline=None)
@given(seed=SEEDS, pupil=PUPILS)
def test_a_uuid_has_the_form_of_version_4_in_lower_case(seed: int, pupil: int) -> None:
    uuid = Uuids(seed).account(pupil)
    assert str(UUID(uuid)) == uuid
    assert UUID(uuid).version == 4


def test_no_two_accounts_of_the_whole_population_share_a_uuid() -> None:
    uuids = Uuids(0)
    assert len(set(map(uuids.account, range(1_200_000)))) == 1_200_000


def test_a_foreign_uuid_stands_for_nobody() -> None:
    uuids = Uuids(0)
    assert all(uuids.read(str(uuid4())) is None for _ in range(10_000))


def test_a_uuid_of_another_seed_stands_for_nobody() -> None:
    assert all(Uuids(0).read(Uuids(1).account(pupil)) is None for pupil in range(1000))


@pytest.mark.parametrize("text", ["", "pupil", "0" * 36, "59968069-31ce-100d-89f3-d6c73b0329b3", "59968069" * 4])
def test_what_is_no_uuid_of_version_4_stands_for_nobody(text: str) -> None:
    assert Uuids(0).read(text) is None
