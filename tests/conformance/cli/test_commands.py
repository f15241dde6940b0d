"""What the commands print, and that derived files are what they were derived from."""

import json
import tomllib
from importlib.resources import files

import pytest
from click.testing import CliRunner
from example_report import example
from jsonschema import Draft202012Validator

from conformance.cli import main
from conformance.cli.run import _exit_code, _text, workers_here
from conformance.cli.schema import MODELS, json_schema
from conformance.report import Report, Verdict
from conformance.runner import lint, load_suite

SCHEMAS = {
    "scenario": "conformance.scenario",
    "profile": "conformance.scenario",
    "target": "conformance",
    "requirement": "conformance.requirement",
    "report": "conformance",
}


def printed(*arguments: str) -> str:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_the_list_tells_id_level_and_title() -> None:
    assert "id-token/nonce-mismatch " in printed("list")
    assert printed("list", "--only", "id-token/expired").count("\n") == 2


def test_the_list_as_json_has_everything() -> None:
    found = json.loads(printed("list", "--json"))
    assert (found["profile"], found["version"]) == ("full", "1")
    (row,) = [row for row in found["scenarios"] if row["id"] == "id-token/nonce-mismatch"]
    assert row["faults"] == ["id-token.nonce-mismatch"]
    assert "nonce-unchecked" in row["catches"]


def test_a_profile_is_a_smaller_list() -> None:
    names = {row["id"] for row in json.loads(printed("list", "--json", "--profile", "openid-connect"))["scenarios"]}
    assert "id-token/expired" in names
    assert not any(name.startswith("enrolment/") for name in names)


def test_the_suite_of_the_package_has_no_problem() -> None:
    suite, problems = load_suite()
    assert [problem.line for problem in (*problems, *lint(suite))] == []
    assert "no problem found" in printed("lint")


@pytest.mark.parametrize("kind", MODELS)
def test_the_committed_schema_is_what_is_derived(kind: str) -> None:
    committed = files(SCHEMAS[kind]) / f"{kind}.schema.json"
    message = f"run `leerid-check schema {kind}` again and commit what it prints"
    assert json.loads(committed.read_text(encoding="utf-8")) == json_schema(kind), message
    assert json.loads(printed("schema", kind)) == json_schema(kind)
    Draft202012Validator.check_schema(json_schema(kind))


def test_a_report_fits_its_schema() -> None:
    Draft202012Validator(json_schema("report")).validate(json.loads(example().dump()))


def test_the_schema_knows_a_scenario_from_a_mistake() -> None:
    text = (files("scenarios") / "id-token" / "expired.toml").read_text(encoding="utf-8")
    validator = Draft202012Validator(json_schema("scenario"))
    assert validator.is_valid(tomllib.loads(text))
    assert not validator.is_valid(tomllib.loads(text) | {"personna": "x"})


@pytest.mark.parametrize("command", [(), ("run",), ("list",), ("explain",), ("lint",), ("schema",), ("browser",)])
def test_every_command_explains_itself(command: tuple[str, ...]) -> None:
    said = printed(*command, "--help")
    assert "Usage:" in said
    assert command in {(), ("browser",)} or f"leerid-check {command[0]}" in said


def of(*verdicts: str) -> Report:
    report = example()
    results = tuple(report.results[0].model_copy(update={"verdict": Verdict(verdict)}) for verdict in verdicts)
    return report.model_copy(update={"results": results})


@pytest.mark.parametrize(
    ("verdicts", "code"),
    [
        (("passed", "warned", "skipped"), 0),
        (("passed", "failed", "inconclusive"), 1),
        (("passed", "inconclusive"), 3),
        ((), 0),
    ],
)
def test_the_exit_code_tells_the_gravest(verdicts: tuple[str, ...], code: int) -> None:
    assert _exit_code(of(*verdicts), complete=True) == code


def test_an_interrupted_run_is_never_a_clean_one() -> None:
    assert _exit_code(of("passed"), complete=False) == 3
    assert _exit_code(of("failed"), complete=False) == 1


def test_an_interrupted_report_has_no_footer() -> None:
    assert "complete" not in json.loads(_text(of("passed"), complete=False))
    assert json.loads(_text(of("passed"), complete=True))["complete"] is True


def test_there_are_at_least_two_workers() -> None:
    assert 2 <= workers_here() <= 8
