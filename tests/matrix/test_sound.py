"""The sound application passes everything; with `--whole-matrix` it tells of each defect what that one can change."""

import pytest
from matrix_rows import SCENARIOS, SOUND, Ways, judge, judge_watched, keep

from conformance.report import Report

ONE_OF_EACH_FOLDER = tuple({each.id.partition("/")[0]: each for each in reversed(SCENARIOS)}.values())


def _wrong(report: Report) -> dict[str, str]:
    return {each.id: f"{each.verdict}: {each.reason}" for each in report.results if each.verdict != "passed"}


@pytest.mark.matrix
def test_the_sound_application_passes_everything(ways: Ways, request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--whole-matrix"):
        report, watch = judge_watched(ways)
        keep(ways, SOUND, report, watch.differing)
    else:
        met = ONE_OF_EACH_FOLDER if ways.scenarios == SCENARIOS else ways.scenarios
        report = judge(ways, None, met)
    assert _wrong(report) == {}
