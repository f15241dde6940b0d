"""`leerid-check coverage`: which requirement is shown by which scenario, and what is not."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from conformance.cli import main
from conformance.requirement import load_requirements
from conformance.runner import load_suite
from conformance.runner.coverage import counted, coverage

ATTACKS = 221


def told(*options: str) -> str:
    result = CliRunner().invoke(main, ["coverage", *options])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_every_case_that_is_known_is_a_requirement() -> None:
    requirements, _ = load_requirements()
    assert sum(not name.startswith("LR-") for name in requirements) == ATTACKS


def test_each_requirement_is_told_with_its_scenarios_or_that_it_has_none() -> None:
    lines = told().splitlines()
    assert any(line.split()[:2] == ["CLM-24", "id-token/nonce-mismatch"] or "CLM-24" in line for line in lines)
    assert any(
        line.strip().startswith("HYB-01") and "not applicable: ACM knows the code flow only" in line for line in lines
    )


def test_the_counts_are_those_of_the_suite() -> None:
    suite, _ = load_suite()
    cited = {name for scenario in suite.scenarios for name in scenario.requirements}
    document = json.loads(told("--json"))
    attacks = document["counts"]["what can go wrong at a login"]
    assert attacks["all"] == ATTACKS
    assert attacks["covered"] == sum(not name.startswith("LR-") for name in cited)


def test_what_no_scenario_shows_can_be_listed_alone() -> None:
    document = json.loads(told("--json", "--uncovered"))
    assert document["requirements"] == [
        row
        for row in json.loads(told("--json"))["requirements"]
        if not row["scenarios"] and not row["not_applicable"] and row["shown_by"] == "behaviour"
    ]


def test_what_only_a_document_shows_is_for_a_person_to_sign_and_never_counts_as_covered() -> None:
    document = json.loads(told("--json", "--family", "LR"))
    signed_for = {row["id"] for row in document["requirements"] if row["shown_by"] == "document"}
    assert "LR-48" in signed_for
    count = document["counts"]["the LeerID protocol"]
    assert count["signed_for"] == len(signed_for)
    others = [row for row in document["requirements"] if row["id"] not in signed_for]
    assert count["covered"] == sum(bool(row["scenarios"]) for row in others)
    assert f"{len(signed_for)} for a person to sign" in told("--family", "LR")
    assert "LR-48    a person signs for it: " in told("--family", "LR")


def test_a_family_can_be_asked_for() -> None:
    document = json.loads(told("--json", "--family", "SIG"))
    assert {row["id"][:3] for row in document["requirements"]} == {"SIG"}


def test_a_family_that_there_is_not_is_told_with_those_there_are() -> None:
    result = CliRunner().invoke(main, ["coverage", "--family", "XYZ"])
    assert result.exit_code == 2
    assert "SIG" in result.stderr


def test_what_nobody_can_meet_is_cited_by_no_scenario() -> None:
    suite, _ = load_suite()
    assert not [row.requirement.id for row in coverage(suite) if row.scenarios and not row.is_applicable]


@pytest.mark.parametrize("options", [(), ("--uncovered",)])
def test_the_last_line_counts(options: tuple[str, ...]) -> None:
    suite, _ = load_suite()
    protocol = counted(row for row in coverage(suite) if row.family == "LR")
    assert told(*options).splitlines()[-1].startswith(f"the LeerID protocol: {protocol.covered} of {protocol.all} ")
