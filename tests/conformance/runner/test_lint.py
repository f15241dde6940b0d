"""The lint of scenarios, each rule from both sides."""

from typing import Any

import pytest
from miniatures import PROFILE, REQUIREMENT, scenario

from conformance.requirement import Requirement
from conformance.runner import Mock, Suite, fits, lint, unproven
from conformance.scenario import Profile

SHOULD = Requirement(id="LR-02", sentence="A custom.", source="A source", level="should", certainty="inferred")
MOCK = Mock(
    faults={"id-token.nonce-mismatch": "fault", "claims.email-null": "circumstance"},
    personas={"secondary-pupil", "primary-pupil"},
)


def suite(*members: dict[str, Any], profile: Profile = PROFILE) -> Suite:
    scenarios = tuple(scenario(f"group/{number}", **each) for number, each in enumerate(members))
    return Suite(
        scenarios=scenarios,
        requirements={"LR-01": REQUIREMENT, "LR-02": SHOULD},
        profiles={profile.name: profile},
    )


def problems(*members: dict[str, Any], mock: Mock | None = None) -> list[tuple[str | None, str, str | None]]:
    return [(each.key, each.message, each.hint) for each in lint(suite(*members), mock)]


@pytest.mark.parametrize(
    "sound",
    [
        {},
        {"level": "should"},
        {"requirements": ["LR-01", "LR-02"], "level": "must"},
        {"journey": "visits", "visits": [{}, {}, {}]},
        {"journey": "two-tabs", "visits": [{}, {}]},
        {"checks": ["state-fresh"], "needs": ["identity"]},
        {"expect": "refused", "not_after": "token", "faults": ["id-token.nonce-mismatch"]},
        {"circumstances": ["claims.email-null"]},
        {"title": "Nobody shoulders this contest that is not asked"},
    ],
)
def test_a_sound_scenario_has_no_problem(sound: dict[str, Any]) -> None:
    assert problems(sound, mock=MOCK) == []


@pytest.mark.parametrize(
    ("wrong", "key", "message"),
    [
        ({"title": "It should work"}, "title", "should"),
        ({"title": "Test that it works"}, "title", "test that"),
        ({"title": "It works."}, "title", "dot"),
        ({"title": "it works"}, "title", "small letter"),
        ({"requirements": ["LR-99"]}, "requirements", "no requirement 'LR-99'"),
        ({"requirements": ["LR-02"], "level": "must"}, "level", "stricter"),
        ({"requirements": ["LR-02"], "level": "may", "admission": "must"}, "admission", "stricter"),
        ({"journey": "sign-inn"}, "journey", "no journey 'sign-inn'"),
        ({"checks": ["state-frehs"]}, "checks", "no check 'state-frehs'"),
        ({"needs": ["identitty"]}, "needs", "no capability 'identitty'"),
        ({"journey": "sign-in", "visits": [{}, {}]}, "visits", "at most 1"),
        ({"not_after": "token"}, "not_after", "refusal"),
        ({"faults": ["id-token.nonce-mismach"]}, "faults", "no fault"),
        ({"faults": ["claims.email-null"]}, "faults", "is a circumstance"),
        ({"circumstances": ["id-token.nonce-mismatch"]}, "circumstances", "is a fault"),
        ({"persona": "secundary-pupil"}, "persona", "no persona"),
    ],
)
def test_a_mistake_is_told_with_its_key(wrong: dict[str, Any], key: str, message: str) -> None:
    found = problems(wrong, mock=MOCK)
    assert [each[0] for each in found] == [key]
    assert message in found[0][1]


def test_a_typo_gets_the_nearest_name_as_hint() -> None:
    ((_, _, hint),) = problems({"faults": ["id-token.nonce-mismach"]}, mock=MOCK)
    assert hint == "did you mean 'id-token.nonce-mismatch'?"


def test_two_scenarios_may_not_have_one_title() -> None:
    assert len(problems({"title": "One title"}, {"title": "One title"})) == 2


def test_all_problems_are_told_at_once() -> None:
    assert len(problems({"title": "It should."}, {"requirements": ["XX-1"], "journey": "none"})) == 4


def test_names_of_the_mock_are_left_alone_when_there_is_no_mock() -> None:
    assert problems({"faults": ["nobody.knows"], "persona": "nobody", "expect": "refused"}) == []


def test_style_does_not_keep_a_scenario_from_being_run() -> None:
    assert fits(suite({"title": "It should work."})) == ()


def test_an_unknown_name_keeps_a_scenario_from_being_run() -> None:
    assert [each.file for each in fits(suite({"journey": "none"}))] == ["scenarios/group/0.toml"]


def test_a_profile_names_scenarios_that_exist() -> None:
    profile = Profile(name="mine", version="1", include=("group/*", "grup/*"))
    assert [each.key for each in lint(suite({}, profile=profile))] == ["include"]


def test_a_scenario_that_catches_nothing_is_unproven_and_says_why() -> None:
    found = unproven(suite({"unproven": "because"}, {"catches": ["nonce-unchecked"]}, {"level": "may"}))
    assert found == {"group/0": "because", "group/2": ""}


def test_a_scenario_that_catches_something_does_not_say_that_it_cannot() -> None:
    found = suite({"unproven": "because", "catches": ["nonce-unchecked"]}, {"unproven": "because"})
    assert [(each.file, each.key) for each in lint(found)] == [("scenarios/group/0.toml", "unproven")]
