"""Where the browser goes after a sign-in: to our own pages alone, unless a defect believes an address."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import OpenBrowser

ELSEWHERE = {
    "https://elsewhere.example/": 1,
    "//elsewhere.example/": 2,
    "/\\elsewhere.example/": 0,
    "elsewhere": 1,
    "": 0,
}
"""Addresses, and how many of the two defects go there; a backslash is escaped on the way, by luck."""


def landed(open_browser: OpenBrowser, asked: str, defect: str | None = None) -> str:
    browser = open_browser(defect=defect)
    start = browser.client.get("/sign-in", query_string={"next": asked}).headers["Location"]
    return browser.client.get("/callback", query_string=browser.provider.authorize(start)).headers["Location"]


@pytest.mark.parametrize("asked", ELSEWHERE)
def test_nobody_is_sent_to_another_site(open_browser: OpenBrowser, asked: str) -> None:
    assert landed(open_browser, asked) == "/me"
    defects = ("next-page-anywhere", "next-page-by-first-slash")
    assert [landed(open_browser, asked, defect) for defect in defects].count(asked) == ELSEWHERE[asked]


def test_a_page_of_our_own_is_gone_to(open_browser: OpenBrowser) -> None:
    assert landed(open_browser, "/healthz") == "/healthz"
