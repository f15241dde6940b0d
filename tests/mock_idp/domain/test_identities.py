"""The identities of a person: in order, each once, by organisation or by capacity."""

from __future__ import annotations

from datetime import date

import pytest

from mock_idp.domain.datastore import CitizenFacts
from mock_idp.domain.datastore.facts import OtherIdentity
from mock_idp.domain.identities import IdentityLevel, identities_of, resolved

TODAY = date(2026, 11, 23)


def citizen(*others: dict[str, str], **first: str) -> CitizenFacts:
    beside = tuple(OtherIdentity(vo=each) for each in others)
    return CitizenFacts(subject="0" * 40, given_name="An", family_name="Test", vo=first, others=beside)


def keys(facts: CitizenFacts, level: IdentityLevel = IdentityLevel.ORGANISATION, *capacities: str) -> list[str]:
    return [each.key for each in identities_of(facts, level, on=TODAY, capacities=capacities)]


SEVERAL = citizen(
    {"vo_doelgroepcode": "EA", "vo_orgcode": "2"},
    {"vo_doelgroepcode": "OV", "vo_orgcode": "1"},
    {"vo_doelgroepcode": "OV", "vo_orgcode": "3"},
    {},
    vo_doelgroepcode="OV",
    vo_orgcode="1",
)


def test_each_identity_stands_once_the_most_usual_first() -> None:
    assert keys(SEVERAL) == ["OV 1", "EA 2", "OV 3", "BUR"]
    assert keys(SEVERAL, IdentityLevel.CAPACITY) == ["OV", "EA", "BUR"]


def test_some_capacities_only() -> None:
    assert keys(SEVERAL, IdentityLevel.ORGANISATION, "OV") == ["OV 1", "OV 3"]
    assert keys(SEVERAL, IdentityLevel.CAPACITY, "LB") == []


def test_whoever_is_nothing_else_is_a_citizen() -> None:
    assert keys(citizen()) == ["BUR"]
    assert identities_of(citizen(), IdentityLevel.ORGANISATION, on=TODAY)[0].told["vo_doelgroepnaam"] == "Burger"


def test_a_capacity_that_nobody_documented_keeps_its_code_as_name() -> None:
    told = identities_of(citizen(vo_doelgroepcode="VER", vo_orgcode="9"), IdentityLevel.CAPACITY, on=TODAY)[0].told
    assert (told["vo_doelgroepcode"], told["vo_doelgroepnaam"], told["vo_orgnaam"]) == ("VER", "VER", "9")


@pytest.mark.parametrize(
    ("level", "chosen", "expected"),
    [
        (IdentityLevel.ORGANISATION, "OV 1", "OV 1"),
        (IdentityLevel.ORGANISATION, "OV", None),
        (IdentityLevel.ORGANISATION, "EA", "EA 2"),
        (IdentityLevel.ORGANISATION, "OV 7", None),
        (IdentityLevel.ORGANISATION, "BUR", "BUR"),
        (IdentityLevel.CAPACITY, "OV 1", "OV"),
        (IdentityLevel.CAPACITY, "OV 7", "OV"),
        (IdentityLevel.CAPACITY, "LB 1", None),
        (IdentityLevel.CAPACITY, None, None),
    ],
)
def test_a_choice_stands_for_the_same_or_for_the_only_one_near_it(
    level: IdentityLevel, chosen: str | None, expected: str | None
) -> None:
    found = resolved(identities_of(SEVERAL, level, on=TODAY), chosen)
    assert (found.key if found else None) == expected
