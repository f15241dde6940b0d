"""What the privacy log is told of a sign-in, and what the doors for tests show of the store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from browsing import Browser
    from conftest import OpenBrowser

THREE_YEARS_S = 3 * 366 * 24 * 3600 + 24 * 3600


@pytest.fixture
def browser(open_browser: OpenBrowser) -> Browser:
    return open_browser(test_door=True)


def asked(browser: Browser, door: str) -> Any:
    return browser.client.get(f"/test-door/{door}").get_json()


def test_a_sign_in_leaves_an_entry_by_key_alone(browser: Browser) -> None:
    assert browser.sign_in().signed_in
    (entry,) = asked(browser, "privacy-log")
    (person,) = asked(browser, "store")
    assert (entry["kind"], entry["outcome"], entry["person"]) == ("signed-in", "granted", person["id"])
    assert entry["key"] == person["leer_id_uuid"] or entry["key"] in person["accounts"]
    assert entry["transaction"]
    assert person["snapshot"]["family_name"] not in str(entry)


def test_a_response_that_nobody_asked_for_leaves_an_entry_too(browser: Browser) -> None:
    browser.client.get("/callback?code=x&state=y")
    (entry,) = asked(browser, "privacy-log")
    assert (entry["kind"], entry["outcome"], entry["key"]) == ("refused", "refused", "")
    assert entry["reason"]


def test_a_purge_deletes_the_account_and_leaves_the_log(browser: Browser) -> None:
    assert browser.sign_in().signed_in
    assert browser.client.post("/test-door/purge").get_json() == {"purged": 0}
    browser.client.post("/test-door/clock", data={"ahead_s": THREE_YEARS_S})
    assert browser.client.post("/test-door/purge").get_json() == {"purged": 1}
    assert asked(browser, "store") == []
    assert [entry["kind"] for entry in asked(browser, "privacy-log")] == ["signed-in", "purged"]


@pytest.mark.parametrize("door", ["store", "privacy-log"])
def test_a_web_page_sees_nothing(browser: Browser, door: str) -> None:
    assert browser.client.get(f"/test-door/{door}", headers={"Origin": "http://far.example"}).status_code == 400


def test_without_the_setting_there_are_no_doors(open_browser: OpenBrowser) -> None:
    shut = open_browser().client
    assert {shut.get("/test-door/store").status_code, shut.post("/test-door/purge").status_code} == {404}
