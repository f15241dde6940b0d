"""The HTML report in a real browser: offline, accessible, on a phone, by keyboard, without a script."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from accessibility import violations
from example_report import NOTABLE, example
from playwright.sync_api import Browser, Page, sync_playwright

from conformance.adapters.chromium import find_chromium, flags
from conformance.report import cover
from conformance.reporters import write_all

pytestmark = pytest.mark.browser
LINKED = "id-token/audience-list"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser in which no script runs."""
    with sync_playwright() as started:
        root = os.name == "posix" and os.geteuid() == 0
        browser = started.chromium.launch(executable_path=find_chromium(headed=False), args=flags(is_root=root))
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a shorter report: every verdict, and one scenario of each group."""
    report = example()
    first = {result.group: result.id for result in reversed(report.results)}
    kept = tuple(result for result in report.results if result.id in {*first.values(), *NOTABLE, LINKED})
    folder = tmp_path_factory.mktemp("short-report")
    rows = [cover(row, kept) for row in report.requirements]
    rows = [row for row in rows if row.scenarios or row.id.endswith("5")]
    write_all(report.model_copy(update={"results": kept, "requirements": tuple(rows)}), folder)
    return folder


def opened(
    chromium: Browser,
    written: Path,
    *,
    width: int = 1280,
    scheme: Literal["dark", "light"] = "light",
    scripts: bool = False,
) -> Page:
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=scripts
    )
    page = context.new_page()
    page.goto((written / "report.html").as_uri())
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_accessible(chromium: Browser, written: Path, scheme: Literal["dark", "light"]) -> None:
    page = opened(chromium, written, scheme=scheme, scripts=True)
    page.locator(".finding details > summary").evaluate_all("all => all.forEach(one => one.parentElement.open = true)")
    assert violations(page) == []


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_the_page_never_scrolls_sideways(chromium: Browser, written: Path, width: int) -> None:
    page = opened(chromium, written, width=width, scripts=True)
    page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_page_asks_nobody_and_complains_about_nothing(chromium: Browser, written: Path) -> None:
    page = chromium.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto((written / "report.html").as_uri(), wait_until="load")
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert said == []


def test_a_choice_shows_only_scenarios_of_that_verdict_without_a_script(chromium: Browser, written: Path) -> None:
    page = opened(chromium, written)
    page.locator("#show-skipped").check()
    seen = [row for row in page.locator(".scenario").all() if row.is_visible()]
    assert [row.locator("code").first.inner_text() for row in seen] == ["identity/twins-share-an-email"]


def test_a_link_from_a_requirement_opens_the_scenario_it_leads_to(chromium: Browser, written: Path) -> None:
    page = opened(chromium, written)
    page.locator("#requirements a.chip", has_text=LINKED).first.click()
    assert page.locator("#s-id-token-audience-list").is_visible()


def test_the_first_tab_stop_leads_to_the_findings(chromium: Browser, written: Path) -> None:
    page = opened(chromium, written)
    page.keyboard.press("Tab")
    assert page.locator(".skip:focus").inner_text() == "Skip to the findings"
