"""The report value and its file."""

import json
from pathlib import Path

import pytest
from example_report import example

from conformance.report import Report, UnreadableReport, Verdict, gravest


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "report.json"
    path.write_text(example().dump(), encoding="utf-8")
    return path


def change(file: Path, **members: object) -> None:
    report = json.loads(file.read_text(encoding="utf-8")) | members
    file.write_text(json.dumps({name: value for name, value in report.items() if value != "gone"}), encoding="utf-8")


def test_a_report_comes_back_as_it_was_written(file: Path) -> None:
    assert Report.load(file) == example()


def test_the_footer_is_the_last_member(file: Path) -> None:
    assert list(json.loads(file.read_text(encoding="utf-8")))[-1] == "complete"


def test_totals_count_every_verdict(file: Path) -> None:
    totals = json.loads(file.read_text(encoding="utf-8"))["totals"]
    assert set(totals) == set(Verdict)
    assert sum(totals.values()) == len(example().results)


@pytest.mark.parametrize("footer", ["gone", False, None, 1])
def test_a_report_without_its_footer_does_not_load(file: Path, footer: object) -> None:
    change(file, complete=footer)
    with pytest.raises(UnreadableReport, match="no footer"):
        Report.load(file)


def test_an_interrupted_run_leaves_a_report_that_does_not_load(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_text(example().model_copy(update={"interrupted": True}).dump(), encoding="utf-8")
    with pytest.raises(UnreadableReport, match="cut off"):
        Report.load(path)


def test_a_report_that_was_cut_off_does_not_load(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    file.write_text(text[: len(text) // 2], encoding="utf-8")
    with pytest.raises(UnreadableReport, match="cannot be read"):
        Report.load(file)


def test_a_report_that_is_not_there_is_told_by_its_path(tmp_path: Path) -> None:
    with pytest.raises(UnreadableReport, match=r"nowhere\.json"):
        Report.load(tmp_path / "nowhere.json")


def test_totals_that_were_changed_by_hand_do_not_load(file: Path) -> None:
    change(file, totals={"passed": 999})
    with pytest.raises(UnreadableReport, match="totals do not match"):
        Report.load(file)


def test_every_problem_of_a_report_is_told_at_once(file: Path) -> None:
    change(file, version="7", profile={"name": "full"})
    with pytest.raises(UnreadableReport) as told:
        Report.load(file)
    assert "version" in str(told.value)
    assert "profile.version" in str(told.value)


def test_no_json_object_is_no_report(file: Path) -> None:
    file.write_text("[]", encoding="utf-8")
    with pytest.raises(UnreadableReport, match="no report"):
        Report.load(file)


def test_the_gravest_verdict_decides_about_a_requirement() -> None:
    assert gravest((Verdict.PASSED, Verdict.WARNED, Verdict.FAILED, Verdict.INCONCLUSIVE)) is Verdict.FAILED
    assert gravest((Verdict.SKIPPED, Verdict.PASSED)) is Verdict.PASSED
    assert gravest((Verdict.SKIPPED,)) is Verdict.SKIPPED
    assert gravest(()) is None


def test_what_no_scenario_cites_is_uncovered() -> None:
    report = example()
    cited = {name for result in report.results for name in result.requirements}
    nobody_can = {row.id for row in report.requirements if row.not_applicable}
    assert nobody_can
    assert set(report.uncovered) == {row.id for row in report.requirements} - cited - nobody_can
