"""What a person or a log sees of a run."""

import io
import re
from pathlib import Path

import pytest
from example_report import example
from rich.console import Console

from conformance.report import Report
from conformance.reporters import ConsoleReporter

ESCAPE = "\x1b"


def told(report: Report, *, terminal: bool = False, width: int = 60) -> str:
    stream = io.StringIO()
    console = Console(file=stream, force_terminal=terminal, width=width, highlight=False)
    with ConsoleReporter(console, subject=report.target.name) as reporter:
        reporter.started(len(report.results))
        for result in report.results:
            reporter.finished(result)
        reporter.ended(report, [Path("build/report/report.html")])
    return stream.getvalue()


@pytest.fixture(autouse=True)
def _no_wishes_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)


def test_without_a_terminal_every_scenario_has_one_plain_line(report: Report) -> None:
    lines = told(report).splitlines()
    assert not any(ESCAPE in line for line in lines)
    for result in report.results:
        assert sum(line.startswith(f"{result.verdict:<12}  {result.id} (") for line in lines) == 1


def test_without_a_terminal_nothing_is_wrapped(report: Report) -> None:
    assert "https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation\n" in told(report, width=30)


def test_with_no_color_there_is_no_colour_on_a_terminal(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    text = told(report, terminal=True)
    assert f"{ESCAPE}[3" not in text.replace(f"{ESCAPE}[3A", "")


def test_on_a_terminal_lines_keep_within_its_width(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    findings = told(report, terminal=True, width=72).split("FAILED", 1)[1].splitlines()[:-2]
    too_long = [line for line in findings if len(re.sub(r"\x1b\[[\d;?]*\w", "", line)) > 72]
    assert all("https://" in line for line in too_long)


def test_the_findings_say_who_did_what_and_how_to_mend_it(report: Report) -> None:
    text = told(report)
    for word in ("provider", "application", "expected", "why", "how to mend", "CLM-24", "https://openid.net/"):
        assert word in text
    assert text.index("FAILED  id-token/nonce-mismatch") < text.index("WARNED") < text.index("INCONCLUSIVE")


def test_the_last_lines_are_the_totals_and_the_place_of_the_report(report: Report) -> None:
    *_, totals, place = told(report).splitlines()
    passed = len(report.results) - 5
    assert totals.startswith(f"2 scenarios failed: {passed} passed, 2 failed, 1 warned, 1 skipped, 1 inconclusive")
    assert place.strip() == "build/report/report.html"


def test_the_label_of_the_people_is_told_where_they_have_one(report: Report) -> None:
    again = "the same people sign in again with --cast run1"
    inputs = report.inputs.model_copy(update={"cast": "run1"})
    assert again in told(report.model_copy(update={"inputs": inputs}))
    assert "--cast" not in told(report)


def test_markup_in_a_reason_is_shown_as_it_is() -> None:
    report = example()
    result = report.results[0].model_copy(update={"verdict": "failed", "reason": "[bold]x[/bold] [/"})
    assert "[bold]x[/bold] [/" in told(report.model_copy(update={"results": (result,)}))
