"""`leerid-check explain`: every name of the suite is told without a run."""

from __future__ import annotations

import json
from collections import Counter
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from laboratory import free_port

from conformance.cli import main
from conformance.reporters import wording
from conformance.runner import load_suite
from conformance.runner.explain import Library, explain, names
from conformance.runner.snapshot import known_faults

if TYPE_CHECKING:
    from laboratory import Laboratory

LIBRARY = Library(suite=load_suite()[0], faults=known_faults())
command = import_module("conformance.cli.explain")
ESCAPE = "\x1b"


@pytest.fixture(autouse=True)
def _no_mock_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "HERE", f"http://localhost:{free_port()}")


def told(*arguments: str) -> str:
    result = CliRunner().invoke(main, ["explain", *arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


def document(*arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(told(*arguments, "--json"))
    return found


def test_a_scenario_says_who_does_what_what_is_expected_and_how_others_mend_it() -> None:
    lines = [line.strip() for line in told("id-token/nonce-mismatch").splitlines()]
    assert lines[0] == "id-token/nonce-mismatch, a scenario of level must"
    for label, text in (
        ("provider", "The ID token carries the nonce of another sign-in."),
        ("visitor", "Sign in once, in a fresh browser."),
        ("expected", "A refusal, shown on a page of the application."),
        ("why", "The nonce ties the token"),
        ("judged", "inconclusive unless an honest sign-in was recognised beforehand"),
        ("CLM-24", "An ID token with another nonce than the one sent is refused."),
        ("how to mend", "Compare `nonce` with the value kept for this sign-in."),
    ):
        assert any(line.startswith(label) and text in line for line in lines), label
    assert "https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation" in "\n".join(lines)


def test_every_name_can_be_explained_and_no_two_things_share_one() -> None:
    every = names(LIBRARY)
    assert [name for name, number in Counter(every).items() if number > 1] == []
    for name in every:
        found = explain(name, LIBRARY)
        assert found.id == name
        assert found.title


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("id-token/nonce-mismatch", "scenario"),
        ("LR-60", "requirement"),
        ("nonce-fresh", "check"),
        ("rotated-keys", "journey"),
        ("id-token.nonce-mismatch", "fault"),
        ("datastore.slow", "circumstance"),
    ],
)
def test_each_kind_is_told_with_the_scenarios_that_turn_on_it(name: str, kind: str) -> None:
    found = document(name)
    assert found["kind"] == kind
    assert kind == "scenario" or found["scenarios"]
    assert kind == "journey" or all(row["fix"] for row in found["requirements"])


def test_each_sign_in_of_a_scenario_over_time_is_told() -> None:
    found = document("datastore/away")
    assert [each["expected"] for each in found["sign_ins"]] == ["stalled", "signed-in"]
    assert "provider 2" in told("datastore/away")


def test_a_failure_is_told_in_the_words_in_which_it_was_explained() -> None:
    scenario = next(each for each in LIBRARY.suite.scenarios if each.id == "authorization-response/state-altered")
    lines = {line.strip() for line in told(scenario.id).splitlines()}
    row = LIBRARY.suite.requirements["AZR-01"]
    said = (
        f"{'expected':<13}{wording.expectation(scenario.expect, scenario.not_after)}",
        f"{'visitor':<13}{wording.visitor('Sign in once, in a fresh browser.', (scenario.persona,))}",
        f"{'AZR-01':<13}{row.sentence} {wording.cited(row.source, row.level, row.certainty, row.url)}",
    )
    assert set(said) <= lines


def test_what_a_target_must_offer_is_told() -> None:
    assert "sign-out" in document("sign-out/old-cookie")["needs"]
    assert any("does not offer: sign-out" in sentence for sentence in document("sign-out/old-cookie")["judged"])


SIGNED_FOR = [row.id for row in LIBRARY.suite.requirements.values() if row.shown_by == "document"]


@pytest.mark.parametrize("name", [*SIGNED_FOR, "LR-60"])
def test_what_a_person_signs_for_is_told_as_coverage_tells_it(name: str) -> None:
    by_hand = name in SIGNED_FOR
    assert ("a person signs for it" in told(name)) is by_hand
    assert document(name)["requirements"][0]["shown_by"] == ("document" if by_hand else "behaviour")


def test_somebody_signs_for_something() -> None:
    assert "LR-48" in SIGNED_FOR


def test_an_unknown_name_is_told_with_the_nearest_ones() -> None:
    result = CliRunner().invoke(main, ["explain", "id-token/nonce-mismach"])
    assert result.exit_code == 2
    assert "nearest: id-token/nonce-mismatch" in result.stderr
    assert "Traceback" not in result.output


def test_colours_are_for_terminals_only() -> None:
    assert ESCAPE not in told("CLM-24")
    assert ESCAPE in CliRunner().invoke(main, ["explain", "CLM-24"], color=True).stdout


def test_a_mock_that_was_named_has_to_answer() -> None:
    result = CliRunner().invoke(main, ["explain", "CLM-24", "--mock", f"http://localhost:{free_port()}"])
    assert result.exit_code == 2
    assert "no mock answers" in result.stderr


def test_what_is_kept_of_the_faults_is_what_a_running_mock_says(
    laboratory: Laboratory, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = document("id-token.expired")
    monkeypatch.setattr(command, "known_faults", dict)
    assert document("id-token.expired", "--mock", laboratory.mock) == kept
    monkeypatch.setattr(command, "HERE", laboratory.mock)
    assert document("id-token.expired") == kept
