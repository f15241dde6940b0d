"""Tests of the data: what every scenario, profile and requirement file must be, whatever the engine does with it."""

import re
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from conformance.checks import checks
from conformance.journeys import journeys
from conformance.requirement import Requirement, load_requirements, strictest
from conformance.runner import load_suite, unproven
from conformance.runner.suite import needed
from conformance.scenario import Scenario, load_profiles, load_scenarios
from conformance.target import Capabilities
from mock_idp.domain.claims.registry import profile_names
from mock_idp.domain.people.personas import read_personas
from mock_idp.faults import catalogue
from mock_idp.faults.registry import Kind
from relying_party.defects import catalogue as defects

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "scenarios").rglob("*.toml"))
SCENARIOS, PROBLEMS = load_scenarios()
SUITE, _ = load_suite()
REQUIREMENTS, REQUIREMENT_PROBLEMS = load_requirements()
PROFILES, PROFILE_PROBLEMS = load_profiles()
PERSONAS = {persona.slug for persona in read_personas(anchor=date(2026, 9, 1)).all()}
GROUPS = {
    "sign-in",
    "enrolment",
    "identity",
    "datastore",
    "store",
    "purge",
    "privacy-log",
    "id-token",
    "signature",
    "authorization-response",
    "token-response",
    "userinfo",
    "discovery",
    "jwks",
    "request",
    "session",
    "sign-out",
    "issuers",
    "logout-token",
    "refresh",
}
UNUSED: dict[str, str] = {
    "claims.enrolments-compound": "a guess of another form (U3): an application that knows the usual one may refuse it",
    "claims.enrolments-parallel": "same",
    **{
        f"transport.{endpoint}-{way}": "the same handful comes at every endpoint; a scenario that restarts takes long"
        for endpoint, ways in {
            "discovery": ("slow", "dropped", "truncated", "mislabelled"),
            "jwks": ("slow", "dropped", "truncated", "web-page", "mislabelled", "enormous"),
            "token": ("enormous",),
            "userinfo": ("enormous",),
        }.items()
        for way in ways
    },
    "claims.sub-omitted": "OpenID Connect demands sub; what an application owes depends on its claims profile (U1)",
}
"""Faults and circumstances that no scenario uses, each with the reason."""

each = pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.id)


def raw(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


def test_every_file_can_be_read() -> None:
    assert (PROBLEMS, REQUIREMENT_PROBLEMS, PROFILE_PROBLEMS) == ((), (), ())
    assert len(SCENARIOS) == len(FILES) >= 60


def test_ids_and_titles_are_used_once() -> None:
    for values in ([scenario.id for scenario in SCENARIOS], [scenario.title for scenario in SCENARIOS]):
        assert [value for value, number in Counter(values).items() if number > 1] == []


def test_every_group_is_known_and_has_scenarios() -> None:
    assert {scenario.id.partition("/")[0] for scenario in SCENARIOS} == GROUPS


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_scenario_is_a_short_file(file: Path) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", file.stem)
    assert 5 <= len(file.read_text(encoding="utf-8").splitlines()) <= 32


@each
def test_a_title_is_a_sentence_about_what_a_sound_application_does(scenario: Scenario) -> None:
    assert re.fullmatch(r"[A-Z][^.]{10,99}", scenario.title)
    assert not re.search(r"\b(should|must|test|verify|check that)\b", scenario.title, re.IGNORECASE)


@each
def test_a_scenario_says_why_in_a_few_sentences(scenario: Scenario) -> None:
    assert scenario.why.strip().endswith(".")
    assert len(re.findall(r"[.?!](?:\s|$)", scenario.why.strip())) <= 4
    assert len(scenario.why) <= 320


@each
def test_a_scenario_is_at_most_as_strict_as_what_it_cites(scenario: Scenario) -> None:
    order = ("may", "should", "must")
    cited = [REQUIREMENTS[name] for name in scenario.requirements]
    assert order.index(scenario.level) <= order.index(strictest(cited))
    assert order.index(scenario.admission or "may") <= order.index(strictest(cited))


@each
def test_faults_are_violations_and_circumstances_are_not(scenario: Scenario) -> None:
    for situation in scenario.situations:
        assert {catalogue()[name].kind for name in situation.faults} <= {Kind.FAULT}
        assert {catalogue()[name].kind for name in situation.circumstances} <= {Kind.CIRCUMSTANCE}


@each
def test_a_scenario_cites_a_requirement_of_what_it_turns_on(scenario: Scenario) -> None:
    for name in scenario.faults_armed or scenario.armed:
        assert set(catalogue()[name].requirements) & set(scenario.requirements), name


@each
def test_journeys_checks_personas_and_capabilities_exist(scenario: Scenario) -> None:
    able = {name.replace("_", "-") for name in Capabilities.model_fields} | {"restart", "userinfo", "own-redirect-uri"}
    assert scenario.journey in journeys()
    assert set(scenario.checks) <= set(checks())
    assert set(needed(scenario)) <= able
    assert {situation.persona for situation in scenario.situations} <= PERSONAS


@each
def test_a_refusal_by_school_is_demanded_only_of_applications_that_know_the_schools(scenario: Scenario) -> None:
    honest = [situation for situation in scenario.situations if not situation.armed]
    by_school = any(situation.expect == "refused" for situation in honest) and scenario.id.startswith("enrolment/")
    assert not by_school or "admission" in scenario.needs


@each
def test_every_defect_that_is_named_exists(scenario: Scenario) -> None:
    assert set(scenario.catches) <= set(defects())


def test_a_scenario_names_a_defect_that_fails_it_or_says_why_there_is_none() -> None:
    assert [name for name, reason in unproven(SUITE).items() if not reason] == []


def test_every_defect_is_named_by_a_scenario() -> None:
    assert set(defects()) == {name for scenario in SCENARIOS for name in scenario.catches}


def test_every_fault_and_circumstance_is_used_or_left_out_for_a_reason() -> None:
    used = {name for scenario in SCENARIOS for name in scenario.armed}
    assert set(catalogue()) - used == set(UNUSED)


def test_every_check_and_every_journey_is_used() -> None:
    assert {name for scenario in SCENARIOS for name in scenario.checks} == set(checks())
    assert {scenario.journey for scenario in SCENARIOS} == set(journeys())


@pytest.mark.parametrize("row", REQUIREMENTS.values(), ids=lambda row: row.id)
def test_a_requirement_is_one_sentence_with_a_source_and_a_hint(row: Requirement) -> None:
    assert re.fullmatch(r"[A-Z`].{15,220}\.", row.sentence)
    assert row.source
    assert row.fix.endswith(".")
    assert row.url is None or row.url.startswith("https://")


def test_every_requirement_that_the_catalogues_cite_exists() -> None:
    cited = {name for fault in catalogue().values() for name in fault.requirements}
    cited |= {name for defect in defects().values() for name in defect.requirements}
    assert cited <= set(REQUIREMENTS)


def test_the_whole_protocol_is_stated() -> None:
    assert [f"LR-{number:02}" for number in range(1, 73)] == sorted(name for name in REQUIREMENTS if name[:2] == "LR")


def test_profiles_hold_what_their_names_promise() -> None:
    held = {
        name: {scenario.id for scenario in SCENARIOS if profile.holds(scenario.id)}
        for name, profile in PROFILES.items()
    }
    assert held["full"] == {scenario.id for scenario in SCENARIOS}
    assert held["openid-connect"] | held["protocol"] == held["full"]
    assert not any(name.startswith(("enrolment/", "identity/")) for name in held["openid-connect"])
    of_schools_alone = {each.id for each in SCENARIOS if all(name.startswith("LR-") for name in each.requirements)}
    assert {name.partition("/")[0] for name in held["openid-connect"] & of_schools_alone} <= {"sign-in", "datastore"}
    assert {name for name in held["protocol"] if name.startswith(("signature/", "id-token/"))} == {
        *("id-token/issuer-other", "id-token/audience-other", "id-token/expired", "id-token/nonce-mismatch"),
        *("signature/alg-none", "signature/foreign-key"),
    }, "the profile looks at each thing that LR-60 names once, and leaves the rest to the profile openid-connect"


def test_the_profile_of_the_protocol_looks_at_every_requirement_that_any_scenario_shows() -> None:
    """Its evidence pack is filed: what it calls not shown must be what this application could not be judged on."""
    protocol = PROFILES["protocol"]
    cited = {name for scenario in SCENARIOS for name in scenario.requirements if name.startswith("LR-")}
    looked_at = {name for each in SCENARIOS if protocol.holds(each.id) for name in each.requirements}
    assert cited - looked_at == set()


def test_a_pattern_of_a_profile_matches_something() -> None:
    for file in sorted((ROOT / "conformance" / "scenario" / "profiles").glob("*.toml")):
        for pattern in raw(file)["include"]:
            alone = PROFILES[file.stem].model_copy(update={"include": (pattern,)})
            assert any(alone.holds(scenario.id) for scenario in SCENARIOS), pattern


@pytest.mark.parametrize("name", ["id-token/subject-missing", "userinfo/subject-missing"])
def test_a_missing_subject_is_a_fault_unless_the_claims_profile_says_that_there_is_none(name: str) -> None:
    scenario = next(each for each in SCENARIOS if each.id == name)
    assert scenario.faults_armed
    assert scenario.agreed("meemoo-2023") == scenario
    assert (scenario.agreed("acm-2024").faults_armed, scenario.agreed("acm-2024").expect) == ((), "signed-in")
    assert "acm-2024" in scenario.agreed("acm-2024").why


def test_a_scenario_says_something_only_about_claims_profiles_that_exist() -> None:
    assert {name for scenario in SCENARIOS for name in scenario.under} <= set(profile_names())
