"""The document of the evidence pack in a real browser: accessible, on a phone, and offline."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from accessibility import violations
from example_report import NOTABLE, example
from playwright.sync_api import Browser, Page, sync_playwright

from conformance.adapters.chromium import find_chromium, flags
from conformance.report import cover
from conformance.reporters.evidence import write_pages
from conformance.reporters.evidence.texts import LANGUAGES, Language

pytestmark = pytest.mark.browser
LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the document in both languages: every verdict, and one scenario of each group."""
    report, folder = example(), tmp_path_factory.mktemp("evidence")
    first = {result.group: result.id for result in reversed(report.results)}
    kept = tuple(result for result in report.results if result.id in {*first.values(), *NOTABLE})
    rows = tuple(cover(row, kept) for row in report.requirements)
    write_pages(report.model_copy(update={"results": kept, "requirements": rows}), folder / "none", folder)
    return folder


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as started:
        root = os.name == "posix" and os.geteuid() == 0
        browser = started.chromium.launch(executable_path=find_chromium(headed=False), args=flags(is_root=root))
        yield browser
        browser.close()


def opened(chromium: Browser, pages: Path, language: Language, *, width: int = 1280) -> Page:
    page = chromium.new_context(viewport={"width": width, "height": 900}).new_page()
    page.goto((pages / f"evidence.{language}.html").as_uri())
    return page


@LANGUAGE
def test_the_document_is_accessible(chromium: Browser, pages: Path, language: Language) -> None:
    assert violations(opened(chromium, pages, language)) == []


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_the_document_never_scrolls_sideways(chromium: Browser, pages: Path, width: int) -> None:
    page = opened(chromium, pages, "nl", width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@LANGUAGE
def test_the_document_says_in_which_language_it_is_and_in_which_a_title_is(
    chromium: Browser, pages: Path, language: Language
) -> None:
    page = opened(chromium, pages, language)
    assert page.locator("html").get_attribute("lang") == language
    titles = page.locator(".scenarios td:nth-child(2) > span").evaluate_all("all => all.map(one => one.lang)")
    assert set(titles) == {"en" if language == "nl" else ""}


def test_every_link_leads_to_a_place_in_the_document(chromium: Browser, pages: Path) -> None:
    page = opened(chromium, pages, "nl")
    lost = page.locator("a").evaluate_all(
        "all => all.map(one => one.getAttribute('href')).filter(to => !document.getElementById(to.slice(1)))"
    )
    assert lost == []


def test_the_document_asks_nobody_and_complains_about_nothing(chromium: Browser, pages: Path) -> None:
    page = chromium.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto((pages / "evidence.nl.html").as_uri(), wait_until="load")
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert said == []
