"""What is written at the end of a run, file by file."""

import re
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from example_report import example

from conformance.report import Report, Result, Verdict
from conformance.reporters import write_all
from conformance.reporters.page import picture

HOSTILE = """<script>alert('1')</script>"'&]]>{{ 7 * 7 }}\x00\x1b[31m"""
TOKEN = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJub2JvZHkifQ.c2lnbmF0dXJl"
FILES = ("report.json", "junit.xml", "report.html", "summary.md")


class Page(HTMLParser):
    """What the tests look for in a page: ids, references, elements, text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.references: list[tuple[str, str, str]] = []
        self.elements: list[str] = []
        self._texts: list[str] = []
        self.feed(text)
        self.text = "".join(self._texts)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        for name, value in attributes:
            if name == "id":
                self.ids.append(value or "")
            if name in {"src", "href", "srcset", "action", "data", "poster", "background"}:
                self.references.append((tag, name, value or ""))
            assert not name.startswith("on"), f"{tag} has a handler {name}"

    def handle_data(self, data: str) -> None:
        self._texts.append(data)


@pytest.fixture(scope="module")
def page(written: Path) -> Page:
    """The page of the whole report, read once: it is long."""
    return Page(read(written, "report.html"))


def read(folder: Path, name: str) -> str:
    return (folder / name).read_text(encoding="utf-8")


def spoiled(report: Report, value: str) -> Report:
    """The report with this text in every place that a target, a page or a provider can fill."""

    def spoil(result: Result) -> Result:
        steps = tuple(step.model_copy(update={"who": value, "what": value}) for step in result.steps)
        exchange = {"endpoint": value, "request": {value: value}, "response": {"x": value}, "notes": [value]}
        exchange |= {"fired": [value], "status": value, "id_token": {"header": {value: value}, "claims": {"c": value}}}
        page = result.page.model_copy(update={"url": value, "title": value}) if result.page else None
        told = dict.fromkeys(("title", "reason", "why", "persona", "journey", "outcome", "expected"), value)
        more = {"steps": steps, "exchanges": (exchange,), "page": page, "provider_did": (value,), "verdict": "failed"}
        checks = tuple(check.model_copy(update={"reason": value}) for check in result.checks)
        return Result.model_validate(result.model_dump() | told | {"checks": checks} | more)

    target = report.target.model_copy(update={"name": value, "sign_in_url": value})
    rows = tuple(
        row.model_copy(update={"sentence": value, "fix": value, "source": value}) for row in report.requirements
    )
    results = tuple(map(spoil, report.results[:12]))
    return report.model_copy(
        update={"target": target, "results": results, "requirements": rows, "observations": (value,)}
    )


def test_all_files_are_written_and_returned(tmp_path: Path) -> None:
    files = write_all(example(), tmp_path / "new" / "folder")
    assert [file.name for file in files] == list(FILES)
    assert sorted(entry.name for entry in (tmp_path / "new" / "folder").iterdir()) == sorted(FILES)


def test_the_json_file_is_the_report(written: Path, report: Report) -> None:
    assert Report.load(written / "report.json") == report


def test_junit_counts_are_the_totals(written: Path, report: Report) -> None:
    root = ET.fromstring(read(written, "junit.xml"))  # noqa: S314  our own file
    assert root.tag == "testsuites"
    assert int(root.attrib["tests"]) == len(report.results)
    assert int(root.attrib["failures"]) == report.totals[Verdict.FAILED]
    assert int(root.attrib["errors"]) == report.totals[Verdict.INCONCLUSIVE]
    assert int(root.attrib["skipped"]) == report.totals[Verdict.SKIPPED]
    for element, verdict in (("failure", "failed"), ("error", "inconclusive"), ("skipped", "skipped")):
        cases = [case for case in root.iter("testcase") if case.find(element) is not None]
        wanted = {result.id for result in report.results if result.verdict == verdict}
        assert {case.attrib["name"] for case in cases} == wanted


def test_junit_has_a_suite_for_each_group_whose_counts_add_up(written: Path, report: Report) -> None:
    root = ET.fromstring(read(written, "junit.xml"))  # noqa: S314  our own file
    suites = root.findall("testsuite")
    assert {suite.attrib["name"] for suite in suites} == {result.group for result in report.results}
    for suite in suites:
        assert int(suite.attrib["tests"]) == len(suite.findall("testcase"))


def test_a_warning_fails_no_junit_case(written: Path) -> None:
    root = ET.fromstring(read(written, "junit.xml"))  # noqa: S314  our own file
    case = next(case for case in root.iter("testcase") if case.attrib["name"] == "signature/foreign-key")
    assert {child.tag for child in case} == {"properties", "system-out"}
    assert "warned" in (case.findtext("system-out") or "")


def test_the_page_has_every_scenario_and_every_requirement_once(page: Page, report: Report) -> None:
    assert len(page.ids) == len(set(page.ids))
    for result in report.results:
        assert f"s-{result.id.replace('/', '-')}" in page.ids
        assert result.title in page.text
    for row in report.requirements:
        assert f"r-{row.id}" in page.ids


def test_what_only_a_document_shows_is_for_a_person_to_sign_and_stands_in_no_other_part(tmp_path: Path) -> None:
    report = example()
    signed_for = report.requirements[0].model_copy(update={"shown_by": "document", "sentence": "It is written down."})
    others = [row for row in report.requirements[1:] if row.shown_by == "behaviour"]
    write_all(report.model_copy(update={"requirements": (signed_for, *others)}), tmp_path)
    text = read(tmp_path, "report.html")
    _, checklist = text.split('<section id="signed-for"')
    checklist = checklist.partition("</section>")[0]
    assert "1 requirement that only documents can show" in checklist
    assert checklist.count("<li ") == 1
    assert "It is written down." in checklist
    row = f'id="r-{signed_for.id}"'
    assert (checklist.count(row), text.count(row)) == (1, 1)


def test_every_link_within_the_page_leads_somewhere(page: Page) -> None:
    within = {value[1:] for _, name, value in page.references if name == "href" and value.startswith("#")}
    assert within <= set(page.ids)


def test_the_page_needs_nothing_from_elsewhere(written: Path, page: Page) -> None:
    text = read(written, "report.html")
    assert not {"script", "link", "iframe", "object", "embed", "form", "base"} & set(page.elements)
    for tag, name, value in page.references:
        assert (tag, name) == ("a", "href") or value.startswith("data:image/"), f"{tag} {name}={value[:60]}"
        assert value.startswith(("#", "data:image/", "https://")), f"{tag} {name}={value[:60]}"
    assert "default-src 'none'" in text
    assert "url(" not in text
    assert "@import" not in text


def test_the_page_carries_its_screenshots(page: Page, report: Report) -> None:
    pictures = [value for tag, _, value in page.references if tag == "img"]
    assert len(pictures) == len(report.results)
    assert all(value.startswith("data:image/png;base64,iVBOR") for value in pictures)


def test_a_picture_outside_the_folder_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(b"x")
    folder = tmp_path / "report"
    folder.mkdir()
    assert picture(folder, "../secret.png") is None
    assert picture(folder, str(tmp_path / "secret.png")) is None
    assert picture(folder, "gone.png") is None
    assert picture(folder, None) is None


def test_values_cannot_break_out_of_any_report(tmp_path: Path) -> None:
    report = spoiled(example(), HOSTILE)
    write_all(report, tmp_path)
    page = Page(read(tmp_path, "report.html"))
    assert "script" not in page.elements
    assert "alert('1')" in page.text
    assert "{{ 7 * 7 }}" in page.text
    root = ET.fromstring(read(tmp_path, "junit.xml"))  # noqa: S314  our own file
    assert int(root.attrib["tests"]) == len(report.results)
    assert "<script>" not in read(tmp_path, "summary.md")
    assert Report.load(tmp_path / "report.json").target.name == HOSTILE


def test_an_address_that_is_no_web_address_becomes_no_link(tmp_path: Path) -> None:
    report = example()
    rows = tuple(row.model_copy(update={"url": "javascript:alert(1)"}) for row in report.requirements)
    write_all(report.model_copy(update={"requirements": rows}), tmp_path)
    assert 'href="javascript' not in read(tmp_path, "report.html")
    assert "](javascript" not in read(tmp_path, "summary.md")


@pytest.mark.parametrize(
    "secret",
    [TOKEN, f"Authorization: Bearer {'a' * 43}", f"http://127.0.0.1:9200/callback?code={'z' * 20}&state=s"],
)
def test_what_looks_like_a_secret_is_in_no_report(tmp_path: Path, secret: str) -> None:
    write_all(spoiled(example(), secret), tmp_path)
    for name in FILES:
        text = read(tmp_path, name)
        assert not re.search(r"eyJ\w+\.eyJ|a{43}|z{20}", text), name


@pytest.mark.parametrize("name", ["client_secret", "password", "code", "access_token", "code_verifier"])
def test_a_secret_that_the_journal_left_open_is_masked(tmp_path: Path, name: str) -> None:
    report = example()
    exchange = {"endpoint": "token", "request": {name: "left-open-by-mistake"}, "response": {"a": {name: "left-open"}}}
    result = report.results[0].model_copy(update={"exchanges": (exchange,)})
    write_all(report.model_copy(update={"results": (result,)}), tmp_path)
    for file in FILES:
        assert "left-open" not in read(tmp_path, file)


def test_hashes_stay_so_that_equal_secrets_can_be_seen(written: Path) -> None:
    assert "sha256:0123456789ab" in read(written, "report.html")


def test_the_summary_has_totals_and_findings(written: Path, report: Report) -> None:
    text = read(written, "summary.md")
    assert text.startswith("# 2 scenarios failed: Leerplein")
    assert "| " + " | ".join(str(number) for number in report.totals.values()) + " |" in text
    for result in report.results:
        shown = f"`{result.id}`" in text
        assert shown == (result.verdict in {"failed", "warned", "inconclusive"}), result.id


def test_a_report_of_nothing_can_be_written(tmp_path: Path) -> None:
    write_all(example().model_copy(update={"results": (), "requirements": (), "browser": None, "mock": None}), tmp_path)
    assert "Nothing was tried" in read(tmp_path, "report.html")


def test_a_failed_calibration_is_told_once_and_not_for_every_scenario(tmp_path: Path) -> None:
    report = example()
    calibration = report.calibration.model_copy(update={"ok": False, "reason": "no landmark appeared"})
    write_all(report.model_copy(update={"calibration": calibration}), tmp_path)
    assert "<article" not in read(tmp_path, "report.html")
    assert read(tmp_path, "summary.md").count("no landmark appeared") == 1
