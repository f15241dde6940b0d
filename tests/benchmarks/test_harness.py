"""The measuring of the harness: what is kept, and what counts as a goal."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from benchmarks.harness import Measured, goals, keep

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

FOUND = Measured(
    sign_ins=40,
    bare_ms=400.0,
    observed_ms=500.0,
    share=0.25,
    scenarios=200,
    workers=2,
    suite_s=100.0,
    scenarios_per_second=2.0,
    verdicts={"passed": 200},
    whole=True,
)


def test_both_goals_can_be_reached_and_missed() -> None:
    assert list(goals(FOUND).values()) == [True, True]
    assert list(goals(replace(FOUND, share=0.31, suite_s=151.0)).values()) == [False, False]


def test_of_a_part_of_the_suite_no_goal_is_claimed() -> None:
    assert len(goals(replace(FOUND, whole=False))) == 1


def test_what_was_measured_is_kept_beside_other_results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    results = tmp_path / "build" / "bench.json"
    results.parent.mkdir()
    results.write_text('{"flows": 1}')
    keep(FOUND)
    kept = json.loads(results.read_text())
    assert kept["flows"] == 1
    assert (kept["harness"]["scenarios_per_second"], kept["harness"]["share"]) == (2.0, 0.25)
