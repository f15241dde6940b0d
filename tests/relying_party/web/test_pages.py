"""The pages: safe headers everywhere, two languages, a page for every mistake, nothing of anybody in an address."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from honest_provider import PUPIL, Answer

import relying_party.web
from relying_party.settings import SYNTHETIC_SECRET

if TYPE_CHECKING:
    from browsing import Browser
    from conftest import OpenBrowser
    from honest_provider import HonestProvider

PACKAGE = Path(relying_party.web.__file__).parent
DUTCH = PACKAGE / "translations" / "nl" / "LC_MESSAGES"
ADDRESSES = ("/", "/me", "/sign-in", "/callback", "/refused/nonce", "/signed-out", "/healthz", "/nowhere")


@pytest.mark.parametrize("address", [*ADDRESSES, "/static/style.css"])
def test_every_answer_is_protected(browser: Browser, address: str) -> None:
    with browser.client.get(address) as response:
        headers = response.headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "testing only" in headers["X-LeerID-Testbed"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_page_is_kept_in_a_cache(browser: Browser, address: str) -> None:
    assert browser.client.get(address).headers["Cache-Control"] == "no-store"


def test_a_sign_out_may_lead_to_the_provider_and_no_form_elsewhere(browser: Browser, provider: HonestProvider) -> None:
    policy = browser.client.get("/").headers["Content-Security-Policy"]
    assert f"form-action 'self' http://localhost:{provider.port}" in policy


def test_a_visitor_sees_where_to_sign_in_and_nobody_elses_page(browser: Browser) -> None:
    assert 'data-testid="sign-in"' in browser.client.get("/").text
    assert browser.client.get("/me").headers["Location"] == "/"


def test_the_pupil_sees_everything_that_is_kept(browser: Browser) -> None:
    page = browser.sign_in().page
    line = PUPIL["ov_inschrijvingen"][0]
    shown = (
        "Van der Gheynst",
        "07 / 03 / 2012",
        "zoe@leerling.invalid",
        "Testcollege De Blauwe Walvis",
        *line.values(),
    )
    assert [value for value in shown if value not in page] == []


def test_the_identifier_that_other_services_share_is_on_no_page(browser: Browser) -> None:
    page = browser.sign_in().page
    assert PUPIL["ov_leerid_uuid"][0] not in page
    assert PUPIL["ov_account_uuid"] not in page


@pytest.mark.parametrize(
    ("address", "status"), [("/nowhere", 404), ("/refused/invented", 404), ("/sign-out", 405), ("/callback", 303)]
)
def test_a_mistake_gets_a_page(browser: Browser, address: str, status: int) -> None:
    response = browser.client.get(address)
    assert response.status_code == status
    assert status == 303 or 'data-testid="mistake"' in response.text


def test_a_form_post_response_gets_a_page(browser: Browser) -> None:
    response = browser.client.post("/callback", data={"code": "x", "state": "y"})
    assert (response.status_code, response.headers["Location"]) == (303, "/refused/sign-in-begun")


def test_a_client_that_is_refused_is_told_to_the_operator_and_no_secret_shows(
    browser: Browser, provider: HonestProvider, caplog: pytest.LogCaptureFixture
) -> None:
    provider.answers["token"] = Answer({"error": "invalid_client"}, 401)
    page = browser.sign_in().page
    assert "invalid_client" in caplog.text
    assert SYNTHETIC_SECRET not in page + caplog.text


def test_a_crash_tells_and_logs_where_and_nothing_about_anybody(
    open_browser: OpenBrowser, provider: HonestProvider, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    del provider.claims["ov_leerid_uuid"]
    outcome = open_browser(defect="crash-on-missing-claim").sign_in()
    assert (outcome.status, outcome.path) == (500, "/callback")
    assert 'data-testid="crashed"' in outcome.page
    assert "Traceback" not in outcome.page
    assert "crashed: KeyError at reading.py:" in caplog.text
    assert "Gheynst" not in caplog.text


def test_what_the_provider_says_about_an_error_is_on_no_page(browser: Browser) -> None:
    outcome = browser.sign_in(code=None, error="server_error", error_description="<script>alert(1)</script>")
    assert outcome.reason == "provider-unavailable"
    assert "alert" not in outcome.page


def test_pages_are_dutch_until_english_is_asked_for(browser: Browser) -> None:
    assert "Aanmelden met LeerID" in browser.client.get("/").text
    assert "Sign in with LeerID" in browser.client.get("/?lang=en").text
    assert "Sign in with LeerID" in browser.client.get("/").text, "the choice is remembered"
    assert 'lang="nl"' in browser.client.get("/?lang=nl").text


@pytest.mark.parametrize("wish", ["fr", "", "../../x", "<b>"])
def test_a_language_nobody_speaks_here_is_dutch(browser: Browser, wish: str) -> None:
    response = browser.client.get("/", query_string={"language": wish})
    assert '<html lang="nl">' in response.text
    assert "Set-Cookie" not in response.headers


def test_the_other_language_is_one_click_away_on_the_same_page(browser: Browser) -> None:
    page = browser.client.get("/refused/nonce").text
    assert 'href="/refused/nonce?lang=en"' in page


def test_a_defect_is_told_on_every_page(open_browser: OpenBrowser) -> None:
    assert "nonce-unchecked" in open_browser(defect="nonce-unchecked").client.get("/").text


def written() -> dict[str, str]:
    with (DUTCH / "messages.po").open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file, locale="nl") if message.id}


def test_every_message_has_its_dutch_words_and_no_other_is_kept() -> None:
    with (PACKAGE / "babel.cfg").open(encoding="utf-8") as mapping:
        methods, options = parse_mapping_cfg(mapping)
    keywords = {"_": None, "gettext": None, "lazy_gettext": None}
    said = {str(found[2]) for found in extract_from_dir(PACKAGE, methods, options, keywords)}
    assert said == {message for message, words in written().items() if words}


def test_the_compiled_catalogue_is_the_written_one() -> None:
    with (DUTCH / "messages.mo").open("rb") as file:
        assert {str(message.id): str(message.string) for message in read_mo(file) if message.id} == written()
