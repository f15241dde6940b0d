"""Two failures with one cause are one finding; two causes stay two."""

import random
from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Any

import pytest

from conformance.report import Finding, RequirementResult, Result, Verdict
from conformance.report.causes import ADMITTED, CAUSES, CRASHED, OTHERWISE, UNCHECKED
from conformance.report.findings import gathered
from conformance.requirement import load_requirements
from conformance.runner.judge import CLAUSES, GRAVITY, VIOLATION
from conformance.runner.snapshot import known_faults
from conformance.scenario import Scenario, load_scenarios

SCENARIOS = {scenario.id: scenario for scenario in load_scenarios()[0]}
ROWS = tuple(RequirementResult(**row.model_dump()) for row in load_requirements()[0].values())
CONCLUSIONS = {clause.name: clause.then for clause in CLAUSES}


def gravity(clause: str) -> Mapping[str, Verdict]:
    return GRAVITY.get(CONCLUSIONS[clause], VIOLATION)


def sound(scenario: Scenario) -> dict[str, Any]:
    return {
        "id": scenario.id,
        "title": scenario.title,
        "level": scenario.level,
        "requirements": scenario.requirements,
        "verdict": "passed",
        "outcome": scenario.expect,
        "expected": scenario.expect,
        "last_step": "token",
        "armed": scenario.armed,
    }


def run(fallen: dict[str, str], **more: Any) -> tuple[Result, ...]:
    """Every scenario of the suite passed, but those that broke the clause given for their names."""
    made = []
    for name, scenario in SCENARIOS.items():
        told = sound(scenario)
        if name in fallen:
            verdict = gravity(fallen[name])[scenario.level]
            told |= {"verdict": verdict, "clause": fallen[name], "reason": f"because of {name}"} | more
        made.append(Result.model_validate(told))
    return tuple(made)


def found(fallen: dict[str, str], **more: Any) -> tuple[Finding, ...]:
    return gathered(run(fallen, **more), ROWS)


def caught(defect: str, clause: str = ADMITTED) -> dict[str, str]:
    """The scenarios that name a defect, each breaking one clause."""
    return {name: clause for name, scenario in SCENARIOS.items() if defect in scenario.catches}


@pytest.mark.parametrize(
    ("defect", "clause", "title"),
    [
        ("signature-unchecked", ADMITTED, "The signature of the ID token is not verified"),
        ("algorithm-from-token", ADMITTED, "The ID token itself says by which algorithm it is verified"),
        ("nonce-unchecked", ADMITTED, "The nonce of the ID token is not checked"),
        ("issuer-unchecked", ADMITTED, "The issuer of the ID token is not checked"),
        ("expiry-unchecked", ADMITTED, "The end of the ID token is not checked"),
        ("state-unchecked", ADMITTED, "The state of the authorization response is not compared"),
        ("state-unbound", ADMITTED, "The state is not tied to the browser in which the sign-in began"),
        ("discovery-issuer-unchecked", ADMITTED, "The issuer that the metadata name is not compared"),
        ("audience-unchecked", ADMITTED, "The audience of the ID token is not checked"),
        ("provider-error-crashes", CRASHED, "An error that the provider reports crashes the application"),
        (
            "userinfo-subject-unchecked",
            UNCHECKED,
            "Userinfo is used without comparing its subject with that of the ID token",
        ),
        ("new-person-each-time", UNCHECKED, "A pupil who comes back becomes another person"),
        ("purged-never", UNCHECKED, "Accounts do not go three years after the last sign-in, no earlier and no later"),
        ("data-of-anybody", UNCHECKED, "Others are shown the pages about a pupil"),
        ("name-in-privacy-log", UNCHECKED, "The privacy log says too little of who came in, or too much"),
        ("leer-id-required", OTHERWISE, "A pupil who is not identified yet is kept out"),
        ("email-required", OTHERWISE, "A pupil without an e-mail address is kept out"),
        ("enrolment-unchecked", ADMITTED, "Whether a pupil is enrolled is not looked at"),
    ],
)
def test_what_one_defect_lets_through_is_one_finding_that_names_the_cause(defect: str, clause: str, title: str) -> None:
    fallen = caught(defect, clause)
    widest = max(found(fallen), key=lambda finding: len(finding.scenarios))
    assert widest.title == title
    assert set(widest.scenarios) <= set(fallen)
    assert len(widest.scenarios) > len(fallen) / 2
    assert widest.fix


def test_two_causes_stay_two() -> None:
    fallen = caught("nonce-unchecked") | caught("signature-unchecked")
    titles = {finding.title for finding in found(fallen) if len(finding.scenarios) > 1}
    assert {"The nonce of the ID token is not checked", "The signature of the ID token is not verified"} <= titles


def test_one_scenario_proves_no_cause_and_keeps_its_own_title() -> None:
    (alone,) = found({"id-token/nonce-mismatch": ADMITTED})
    assert (alone.title, alone.scenarios) == (SCENARIOS["id-token/nonce-mismatch"].title, ("id-token/nonce-mismatch",))


def test_a_sound_refusal_disproves_the_cause() -> None:
    fallen = caught("signature-unchecked")
    del fallen["signature/foreign-key"]
    assert "The signature of the ID token is not verified" not in {finding.title for finding in found(fallen)}


def test_to_admit_and_to_crash_are_two_findings() -> None:
    both = {"id-token/nonce-mismatch": ADMITTED, "id-token/nonce-missing": CRASHED}
    assert len(found(both)) == 2


def test_an_application_that_always_crashes_is_one_finding() -> None:
    every = {name: CRASHED for name, each in SCENARIOS.items() if each.armed and each.expect == "refused"}
    widest = found(every)[0]
    assert widest.title == "Whatever is wrong, the application crashes instead of refusing"
    assert len(widest.scenarios) > len(every) / 2


def test_what_failed_at_another_step_stays_apart() -> None:
    names = ("id-token/at-hash-mismatch", "id-token/authorized-party-other")
    results = run(dict.fromkeys(names, ADMITTED))
    alike = tuple(
        each.model_copy(update={"requirements": ("CLM-24",)}) if each.id in names else each for each in results
    )
    assert [finding.scenarios for finding in gathered(alike, ROWS)] == [names]
    apart = tuple(each.model_copy(update={"last_step": "userinfo"}) if each.id == names[0] else each for each in alike)
    assert len(gathered(apart, ROWS)) == 2


def test_what_another_change_mends_stays_apart() -> None:
    assert len(found(dict.fromkeys(("sign-in/mononym", "sign-in/diacritics"), OTHERWISE))) == 2


def test_doubts_with_one_reason_are_one_finding() -> None:
    names = ("sign-in/mononym", "id-token/expired")
    doubt = {"verdict": "inconclusive", "reason": "the mock did not answer"}
    (finding,) = found(dict.fromkeys(names, "the harness did its work"), **doubt)
    assert (finding.verdict, set(finding.scenarios)) == (Verdict.INCONCLUSIVE, set(names))
    assert len(found(dict.fromkeys(names, "the harness did its work"), verdict="inconclusive")) == 2


def test_every_result_that_asks_for_attention_is_in_one_finding() -> None:
    fallen = caught("signature-unchecked") | caught("provider-error-crashes", CRASHED) | caught("email-required")
    shown = [name for finding in found(fallen) for name in finding.scenarios]
    grave = (name for name, clause in fallen.items() if gravity(clause)[SCENARIOS[name].level] is not Verdict.PASSED)
    assert sorted(shown) == sorted(grave)


def test_findings_do_not_depend_on_the_order_of_the_run() -> None:
    fallen = caught("signature-unchecked") | caught("nonce-unchecked") | caught("enrolment-unchecked")
    results = list(run(fallen))
    first = {frozenset(finding.scenarios) for finding in gathered(tuple(results), ROWS)}
    random.Random(1).shuffle(results)  # noqa: S311  any order will do
    assert {frozenset(finding.scenarios) for finding in gathered(tuple(results), ROWS)} == first


def test_the_gravest_comes_first() -> None:
    verdicts = [finding.verdict for finding in found(caught("signature-unchecked") | caught("nonce-unchecked"))]
    assert verdicts == sorted(verdicts, key=["failed", "warned", "inconclusive"].index)


def test_every_cause_names_a_clause_and_things_that_there_are() -> None:
    names = [*SCENARIOS, *known_faults()]
    for cause in CAUSES:
        assert cause.clause in {clause.name for clause in CLAUSES}
        for pattern in (*cause.proof, *cause.reach):
            assert any(fnmatchcase(name, pattern) for name in names), pattern
