"""The other ways that OpenID Connect leaves open: posted responses, and sign-ins tried without a page first."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from browsing import Browser
    from conftest import OpenBrowser


def asked(address: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(address).query)


def post(browser: Browser, response: dict[str, str]) -> str:
    """Post a response as a form of another site does: without the cookies of SameSite=Lax."""
    browser.client.delete_cookie("leerid_rp_session")
    return browser.client.post("/callback", data=response).headers["Location"]


def test_a_form_is_asked_for_and_finds_its_sign_in_by_a_cookie_that_travels(open_browser: OpenBrowser) -> None:
    browser = open_browser(response_mode="form_post")
    begun = browser.client.get("/sign-in")
    cookie = next(each for each in begun.headers.getlist("Set-Cookie") if each.startswith("leerid_rp_posted="))
    assert {"HttpOnly", "SameSite=None", "Secure"} <= set(cookie.split("; "))
    assert asked(begun.headers["Location"])["response_mode"] == ["form_post"]
    assert post(browser, browser.provider.authorize(begun.headers["Location"])) == "/me"
    assert browser.client.get("/me").status_code == 200


def test_a_posted_error_and_a_posted_response_of_another_sign_in_are_refused(open_browser: OpenBrowser) -> None:
    browser = open_browser(response_mode="form_post")
    state = asked(browser.start())["state"][0]
    assert post(browser, {"error": "access_denied", "state": state}) == "/refused/access-denied"
    browser.start()
    assert post(browser, {"code": "x", "state": "another"}) == "/refused/state"


def test_without_asking_no_cookie_travels(open_browser: OpenBrowser) -> None:
    browser = open_browser()
    response = browser.provider.authorize(browser.start())
    assert post(browser, response) == "/refused/sign-in-begun"


def test_after_a_silent_attempt_an_ordinary_one_follows_and_after_that_none(open_browser: OpenBrowser) -> None:
    browser = open_browser(silent_first=True)
    silent = asked(browser.start())
    assert silent["prompt"] == ["none"]
    told = {"error": "login_required", "state": silent["state"][0]}
    ordinary = browser.client.get("/callback", query_string=told).headers["Location"]
    assert "prompt" not in asked(ordinary)
    again = {"error": "login_required", "state": asked(ordinary)["state"][0]}
    assert browser.client.get("/callback", query_string=again).headers["Location"] == "/refused/provider-error"


def test_a_silent_attempt_that_succeeds_signs_in(open_browser: OpenBrowser) -> None:
    assert open_browser(silent_first=True).sign_in().signed_in
