"""The table of the matrix: made in parts, never with a row that is not as the scenarios say."""

from __future__ import annotations

import json
import runpy
from pathlib import Path

import pytest

from conformance.scenario import Scenario

ROOT = Path(__file__).parents[2]
SCRIPT = runpy.run_path(str(ROOT / "scripts" / "matrix_table.py"))
SUITE, OTHER_SUITE = "0f" * 32, "1e" * 32
DEFECTS = [{"id": name, "sentence": f"Does {name}."} for name in ("first", "second")]
CATCHES = {"id-token/one": ["first"], "id-token/two": [], "session/three": ["first", "second"]}
SCENARIOS = [
    Scenario.model_validate(
        {"id": name, "title": "T", "why": "W", "requirements": ["LR-01"], "level": "must", "catches": catches}
        | {"journey": "sign-in", "persona": "secondary-pupil", "expect": "refused"}
    )
    for name, catches in CATCHES.items()
]
FIRST = {"id-token/one": "failed", "id-token/two": "passed", "session/three": "warned"}


def page(*made: dict[str, str], suite: str = SUITE) -> str:
    rows = {each["id"]: SCRIPT["row"](each, FIRST) for each in made}
    return str(SCRIPT["written"](DEFECTS, rows, count=3, suite=suite))


def test_a_row_says_what_caught_the_defect_and_that_all_else_passed() -> None:
    line = "| `first` | Does first. | `id-token/one` (failed)<br>`session/three` (warned) | 1 passed |\n"
    assert SCRIPT["row"](DEFECTS[0], FIRST) == line


def test_a_page_names_the_defects_that_have_no_row_yet() -> None:
    assert "1 of the 2 defects have no row yet: `second`." in page(DEFECTS[0])
    assert "3 scenarios x 2 applications" in page(DEFECTS[0])
    assert "no row yet" not in page(*DEFECTS)


def test_rows_of_an_earlier_page_stay_while_the_suite_is_the_same() -> None:
    before = page(DEFECTS[0])
    assert SCRIPT["kept"](before, SUITE) == {"first": SCRIPT["row"](DEFECTS[0], FIRST)}
    assert SCRIPT["kept"](before, OTHER_SUITE) == {}


def test_a_row_as_the_scenarios_say_has_nothing_wrong() -> None:
    assert SCRIPT["wrong"]("first", FIRST, SCENARIOS) == []
    assert SCRIPT["wrong"]("sound", dict.fromkeys(CATCHES, "passed"), SCENARIOS) == []


def test_what_was_not_caught_or_by_another_or_not_met_is_told() -> None:
    verdicts = {"id-token/one": "passed", "id-token/two": "failed"}
    assert SCRIPT["wrong"]("first", verdicts, SCENARIOS) == [
        "first: id-token/one is passed, not failed or warned",
        "first: id-token/two is failed, not passed or skipped",
        "first: session/three is missing, not failed or warned",
    ]
    assert SCRIPT["wrong"]("sound", FIRST | {"id-token/two": "inconclusive"}, SCENARIOS[1:2]) == [
        "sound: id-token/two is inconclusive, not passed or skipped"
    ]


def test_what_a_defect_cannot_change_is_untouched_and_what_it_can_change_must_be_met() -> None:
    differing = {"id-token/two": ["first"], "between": ["first"]}
    row = SCRIPT["filled"]("first", {"id-token/one": "failed", "gone/away": "failed"}, CATCHES.keys(), differing)
    assert row == {"id-token/one": "failed", "session/three": "untouched"}
    assert SCRIPT["wrong"]("first", row, SCENARIOS) == [
        "first: id-token/two is missing, not passed or skipped",
        "first: session/three is untouched, not failed or warned",
    ]


def test_a_defect_that_acts_at_the_start_can_change_everything() -> None:
    differing = {"at-start": ["second"]}
    assert SCRIPT["filled"]("second", {}, CATCHES.keys(), differing) == {}
    assert SCRIPT["filled"]("first", {}, CATCHES.keys(), differing) == dict.fromkeys(CATCHES, "untouched")


def test_verdicts_of_a_scenario_that_was_another_one_then_are_left_out(tmp_path: Path) -> None:
    way = tmp_path / "ordinary"
    way.mkdir()

    def write(name: str, verdicts: dict[str, str], **more: object) -> None:
        cells = {each: {"of": f"print of {each}", "verdict": verdict} for each, verdict in verdicts.items()}
        (way / f"{name}.json").write_text(json.dumps({"cells": cells, **more}))

    write("first", FIRST)
    with pytest.raises(SystemExit, match=r"no .*sound\.json"):
        SCRIPT["made"]({}, tmp_path)
    write("sound", dict.fromkeys(CATCHES, "passed"), differing={each: ["first"] for each in CATCHES})
    prints = {each: f"print of {each}" for each in CATCHES}
    assert SCRIPT["made"](prints, tmp_path) == {"sound": dict.fromkeys(CATCHES, "passed"), "first": FIRST}
    others = SCRIPT["made"](prints | {"id-token/one": "of today"}, tmp_path)
    assert [*others["first"]] == ["id-token/two", "session/three"]
