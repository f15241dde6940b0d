"""Each defect is caught by exactly the scenarios that name it: in a browser that speaks HTTP alone, so in minutes.

With `--whole-matrix` every defect meets every scenario that it can change and a few that it cannot (`agreement.py`),
with `--every-cell` besides all others, with `--resume` only what build/matrix/ does not show yet. There the verdicts
stay, and scripts/matrix_table.py writes docs/matrix.md from them. Without, a defect meets the scenarios that name it
and a few others. Defects in a real browser: `test_matrix.py`.
"""

import pytest
from matrix_rows import (
    IN_OTHER_WAYS,
    NEEDS_A_REAL_BROWSER,
    PROBLEMS,
    SCENARIOS,
    SUITE,
    Ways,
    changed_by,
    judge,
    keep,
    shown,
    spot_checks,
)

from conformance.report import Report
from conformance.runner.suite import needed
from conformance.scenario import Scenario
from relying_party.defects import catalogue

WRONG_IN_A_REAL_BROWSER = {"name-in-database", "name-in-storage"}
"""Defects that no other scenarios catch: `test_matrix.py` lets them meet a real browser every time."""
INNOCENT = {"id-token/expired", "refresh/with-id-token"}
"""Scenarios that every defect but their own must leave alone: the other side of the check, in the quick form."""


def _those(report: Report, *verdicts: str) -> dict[str, str]:
    return {each.id: f"{each.verdict}: {each.reason}" for each in report.results if each.verdict in verdicts}


def test_scenarios_that_need_a_real_browser_exist_and_every_other_defect_is_caught_without() -> None:
    assert not PROBLEMS
    assert {each.id for each in SUITE.scenarios} >= NEEDS_A_REAL_BROWSER.keys()
    caught_here = {defect for each in (*SCENARIOS, *IN_OTHER_WAYS) for defect in each.catches}
    assert caught_here == catalogue().keys() - WRONG_IN_A_REAL_BROWSER
    assert {defect for each in SUITE.scenarios for defect in each.catches} == catalogue().keys()


def _naming(ways: Ways, defect: str) -> set[str]:
    return {each.id for each in ways.scenarios if defect in each.catches}


def _met(ways: Ways, defect: str, config: pytest.Config) -> set[str]:
    everything, naming = {each.id for each in ways.scenarios}, _naming(ways, defect)
    if config.getoption("--every-cell"):
        return everything
    if config.getoption("--whole-matrix"):
        changed = changed_by(defect, ways) | naming
        return changed | spot_checks(defect, everything - changed)
    if not naming and ways.scenarios == IN_OTHER_WAYS:
        return set()
    return naming | (INNOCENT & everything) | _quick_to_meet(ways.scenarios)


def _quick_to_meet(scenarios: tuple[Scenario, ...]) -> set[str]:
    return {each.id for each in scenarios if each in IN_OTHER_WAYS and "refresh" not in needed(each)}


@pytest.mark.matrix
@pytest.mark.parametrize("defect", sorted(catalogue()))
def test_a_defect_is_caught_by_exactly_the_scenarios_that_name_it(
    ways: Ways, request: pytest.FixtureRequest, defect: str
) -> None:
    met = _met(ways, defect, request.config)
    if request.config.getoption("--resume"):
        met -= shown(defect, ways)
    if not met:
        pytest.skip("named by none of them, or shown before")
    report = judge(ways, defect, tuple(each for each in ways.scenarios if each.id in met))
    if request.config.getoption("--whole-matrix"):
        keep(ways, defect, report)
    assert _those(report, "inconclusive") == {}
    assert _those(report, "skipped").keys() <= {each.id for each in SCENARIOS if each.sent}, "only what is not sent"
    caught, naming = _those(report, "failed", "warned"), _naming(ways, defect) & met
    assert caught.keys() == naming, {name: caught.get(name, "not caught") for name in caught.keys() ^ naming}
