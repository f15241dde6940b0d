"""The judge judged in a real browser: each defect is caught by the scenarios that name it, and by no others.

Each application meets the scenarios that name its defect and a handful that do not: every defect with
`--whole-matrix`, else a sample. `test_rows.py` does without a real browser. The session `conformance` judges
the sound application with all scenarios in a real one.
"""

from typing import Any

import pytest
from laboratory import Laboratory, told
from matrix_rows import IN_OTHER_WAYS

INNOCENT = ("enrolment/no-enrolment", "id-token/expired")
"""Scenarios that every defect but their own must leave alone: the other side of the check, in the quick form."""
SAMPLE = {
    "claims-in-url",
    "cookie-of-any-site",
    "cookie-open-to-scripts",
    "counter-from-elsewhere",
    "history-ignored",
    "name-as-markup",
    "name-in-database",
    "name-in-storage",
    "page-kept-in-cache",
    "session-fixed",
}
"""Defects that meet a real browser every time: those that show in the browser itself, and one of the data."""

ELSEWHERE = {each.id for each in IN_OTHER_WAYS}
"""Scenarios about what the application does in its other ways alone: `test_rows.py` judges them."""

scenarios: dict[str, set[str]] = {row["id"]: set(row["catches"]) for row in told("leerid-check", "list")["scenarios"]}
defects: list[str] = [row["id"] for row in told("leerid-rp", "defects")["defects"]]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "defect" in metafunc.fixturenames:
        whole = metafunc.config.getoption("--whole-matrix")
        metafunc.parametrize("defect", defects if whole else sorted(SAMPLE))


def _verdicts(report: dict[str, Any]) -> dict[str, str]:
    return {result["id"]: result["verdict"] for result in report["results"]}


def _caught(report: dict[str, Any]) -> set[str]:
    return {name for name, verdict in _verdicts(report).items() if verdict in {"failed", "warned"}}


def _reasons(report: dict[str, Any], wanted: set[str]) -> str:
    rows = (row for row in report["results"] if row["id"] in wanted)
    return "\n".join(f"{row['id']}: {row['verdict']}: {row['reason']}" for row in rows)


def test_every_defect_is_named_by_a_scenario() -> None:
    named = set().union(*scenarios.values())
    assert set(defects) == named, "named by no scenario, or unknown to leerid-rp"


@pytest.mark.browser
@pytest.mark.matrix
def test_the_sound_application_has_no_failure_and_nothing_inconclusive(laboratory: Laboratory) -> None:
    report = laboratory.judge(None, INNOCENT)
    wrong = {name for name, verdict in _verdicts(report).items() if verdict != "passed"}
    assert not wrong, _reasons(report, wrong)


@pytest.mark.browser
@pytest.mark.matrix
def test_a_defect_fails_exactly_the_scenarios_that_name_it(laboratory: Laboratory, defect: str) -> None:
    naming = {name for name, catches in scenarios.items() if defect in catches} - ELSEWHERE
    report = laboratory.judge(defect, (*sorted(naming), *INNOCENT))
    unclear = {name for name, verdict in _verdicts(report).items() if verdict == "inconclusive"}
    assert not unclear, _reasons(report, unclear)
    assert _caught(report) == naming, _reasons(report, _caught(report) ^ naming)
