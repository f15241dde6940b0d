"""A real browser, and the reference application beside this worker's mock: what a person sees of both."""

import os
from collections.abc import Iterator

import pytest
from laboratory import Laboratory
from playwright.sync_api import Browser, Page, sync_playwright

from conformance.adapters.chromium import find_chromium, flags

OFFICIAL = "c2a9e5d17f3b48609d1e6a7450b8f3c91e2d7a60"
"""The `sub` of the persona "official"."""
WIDTHS = {"desktop": 1280, "phone": 360}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Closed at the end of the module, for while it is open its worker can run no other loop of events."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=find_chromium(headed=False), args=flags(is_root=root))
        yield browser
        browser.close()


@pytest.fixture(params=WIDTHS)
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page at desktop and at phone width, in Dutch unless the page says otherwise."""
    context = browser.new_context(viewport={"width": WIDTHS[request.param], "height": 900}, locale="nl-BE")
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def application(laboratory: Laboratory) -> Iterator[str]:
    """Where the sound reference application answers; the official is one of its staff."""
    with laboratory.application("--staff-subject", OFFICIAL) as url:
        yield url
