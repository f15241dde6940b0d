"""The unknowns: each has a default that stands, and a switch that exists."""

from __future__ import annotations

import pytest
from pydantic import ValidationError
from switchboard import THERE

from mock_idp.domain.switches import Kind, Switch
from mock_idp.domain.unknowns import Unknown, unknowns
from mock_idp.settings import Policy

SWITCHES = [(each.id, switch) for each in unknowns() for switch in each.switches]
ROW = {
    "id": "U1",
    "question": "Is it so?",
    "default": "Yes.",
    "certainty": "inferred",
    "switches": [{"kind": "circumstance", "name": "claims.email-null"}],
}


def test_all_thirty_are_there_in_order() -> None:
    assert [each.id for each in unknowns()] == [f"U{number}" for number in range(1, 31)]


@pytest.mark.parametrize(("unknown", "switch"), SWITCHES, ids=[f"{each}-{switch.name}" for each, switch in SWITCHES])
def test_a_switch_that_is_named_exists(unknown: str, switch: Switch) -> None:
    del unknown
    assert switch.name in THERE[switch.kind]


def test_every_kind_of_switch_is_used() -> None:
    assert {switch.kind for _, switch in SWITCHES} == set(Kind) - {Kind.CONTROL}


def test_every_circumstance_of_claims_and_datastore_that_stands_for_an_unknown_is_named() -> None:
    of_people = {"claims.history-absent", "claims.history-untidy", "claims.leer-id-missing", "claims.leer-id-null"}
    of_failure = {"datastore.away", "datastore.away-told", "datastore.lagging", "datastore.slow"}
    trying = {"claims.another-pupil", "claims.birth-parts-numbers"}  # applications are tried with them, nobody asks
    seams = {each for each in THERE[Kind.CIRCUMSTANCE] if each.startswith(("claims.", "datastore."))}
    trying |= {each for each in seams if each.startswith("claims.name-")}
    assert seams - of_people - of_failure - trying == {
        switch.name for _, switch in SWITCHES if switch.name.startswith(("claims.", "datastore."))
    }


@pytest.mark.parametrize(
    "changes",
    [{"switches": []}, {"no_switch": "There is none."}, {"question": "It is so."}, {"certainty": "certain"}],
)
def test_an_unknown_has_a_question_a_default_and_either_a_switch_or_a_reason(changes: dict[str, object]) -> None:
    assert Unknown.model_validate(ROW)
    with pytest.raises(ValidationError):
        Unknown.model_validate(ROW | changes)


def test_the_defaults_in_words_are_those_of_the_settings() -> None:
    told = next(each.default for each in unknowns() if each.id == "U30")
    assert f"{Policy().code_ttl_s} seconds" in told
    assert f"{Policy().access_token_ttl_s} seconds" in told
