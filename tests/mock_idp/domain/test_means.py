"""The table of means of authentication."""

from __future__ import annotations

from mock_idp.domain.claims import Certainty
from mock_idp.domain.means import documented_means, level_of, means_known
from mock_idp.settings import Policy

EID = "urn:be:vlaanderen:authmech:eid"
LEERID = Policy().leerid_acr


def test_the_table_has_every_documented_means_and_one_placeholder() -> None:
    assert [each.is_leerid for each in documented_means()].count(True) == 1
    assert {each.certainty for each in documented_means() if not each.is_leerid} == {Certainty.DOCUMENTED}
    assert len(documented_means()) == 12


def test_the_placeholder_is_the_default_of_the_policy_and_its_level_is_low() -> None:
    placeholder = next(each for each in documented_means() if each.is_leerid)
    assert (placeholder.urn, placeholder.certainty) == (LEERID, Certainty.INFERRED)
    assert level_of(LEERID, LEERID) < level_of(EID, LEERID)


def test_the_strongest_come_first() -> None:
    levels = [each.acm_level for each in documented_means()]
    assert levels == sorted(levels, reverse=True)


def test_another_urn_for_leerid_keeps_its_level() -> None:
    assert level_of("urn:older:leerid", "urn:older:leerid") == level_of(LEERID, LEERID)
    assert LEERID not in means_known("urn:older:leerid")


def test_a_urn_of_no_table_has_the_lowest_level() -> None:
    assert level_of("urn:older:eid", LEERID) == 0
