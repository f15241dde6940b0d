"""Every failure teaches, in every report; what has one cause is told as one."""

import io
import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from example_report import example
from rich.console import Console

from conformance.report import Report, Verdict
from conformance.report.causes import ADMITTED
from conformance.reporters import ConsoleReporter, write_all

NONCE = ("id-token/nonce-mismatch", "id-token/nonce-missing")
CAUSE = "The nonce of the ID token is not checked"


def several() -> Report:
    """A run in which no nonce was compared, and nothing else was wrong."""
    report = example("screenshots/page.png")
    sound = {"verdict": Verdict.PASSED, "reason": "", "clause": ""}
    wrong = {
        "verdict": Verdict.FAILED,
        "outcome": "signed-in",
        "reason": "expected a refusal, but secondary-pupil was signed in",
        "clause": ADMITTED,
        "not_after": "token",
        "visitor_did": "Sign in once, in a fresh browser.",
    }
    results = tuple(each.model_copy(update=wrong if each.id in NONCE else sound) for each in report.results)
    return report.model_copy(update={"results": results})


def console(report: Report) -> str:
    stream = io.StringIO()
    with ConsoleReporter(Console(file=stream, highlight=False)) as reporter:
        reporter.ended(report)
    return stream.getvalue()


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What each report says."""
    folder = tmp_path_factory.mktemp("several")
    texts = {file.name: file.read_text(encoding="utf-8") for file in write_all(several(), folder)}
    return texts | {"console": console(several())}


def test_two_failures_with_one_cause_are_one_finding(told: dict[str, str]) -> None:
    (finding,) = json.loads(told["report.json"])["findings"]
    assert (finding["title"], finding["scenarios"]) == (CAUSE, list(NONCE))
    assert "CLM-24" in finding["requirements"]
    assert "Compare `nonce` with the value kept for this sign-in." in finding["fix"]
    assert len(re.findall(r"^FAILED", told["console"], re.MULTILINE)) == 1
    assert told["summary.md"].count("### failed:") == 1
    assert told["report.html"].count('<section class="cause failed"') == 1
    for name in ("console", "summary.md", "report.html"):
        assert CAUSE in told[name], name
        assert all(scenario in told[name] for scenario in NONCE), name


def test_junit_has_every_failure_for_itself(told: dict[str, str]) -> None:
    root = ET.fromstring(told["junit.xml"])  # noqa: S314  our own file
    assert [case.attrib["name"] for case in root.iter("testcase") if case.find("failure") is not None] == list(NONCE)


@pytest.mark.parametrize("name", ["console", "summary.md", "report.html", "junit.xml"])
def test_a_failure_says_who_did_what_what_was_expected_and_how_to_mend_it(told: dict[str, str], name: str) -> None:
    text = told[name].replace("\\", "").replace("<code>nonce</code>", "`nonce`")
    for words in (
        "The provider bent id-token.nonce-mismatch",
        "Sign in once, in a fresh browser.",
        "Wie ben ik?",
        "A refusal, shown on a page of the application. At the latest once the code was redeemed.",
        "The nonce ties the token to this browser",
        "Compare `nonce` with the value kept for this sign-in.",
    ):
        assert words in text, words


@pytest.mark.parametrize("name", ["console", "summary.md", "report.html"])
def test_a_failure_shows_what_was_asked_beside_what_came_and_where_it_is_written(
    told: dict[str, str], name: str
) -> None:
    assert all(word in told[name].replace("\\", "") for word in ("q8Vn2b", "other", "CLM-24", "openid.net"))


def test_the_console_names_the_picture_and_the_command_that_tells_more(told: dict[str, str]) -> None:
    assert "screenshots/page.png" in told["console"]
    assert "leerid-check explain id-token/nonce-mismatch" in told["console"]


def test_a_report_is_read_back_with_the_same_findings(tmp_path: Path) -> None:
    report = several()
    write_all(report, tmp_path)
    assert Report.load(tmp_path / "report.json").findings == report.findings


def test_a_failed_calibration_has_no_findings() -> None:
    report = several()
    unsound = report.calibration.model_copy(update={"ok": False, "reason": "no landmark appeared"})
    assert report.model_copy(update={"calibration": unsound}).findings == ()
