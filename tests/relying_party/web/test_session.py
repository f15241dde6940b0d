"""The session in the browser: renewed at sign-in, ended at sign-out, never in the hands of others."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from relying_party.signin.flow import utc_now

if TYPE_CHECKING:
    from datetime import datetime

    from browsing import Browser
    from conftest import MakeApp, OpenBrowser
    from honest_provider import HonestProvider


def sign_out(browser: Browser) -> dict[str, str]:
    """Click on sign out; return what is asked of the provider."""
    location = browser.client.post("/sign-out").headers["Location"]
    return {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}


def test_the_session_id_is_another_one_after_the_sign_in(browser: Browser) -> None:
    parameters = browser.provider.authorize(browser.start())
    before = browser.cookie
    browser.come_back(dict(parameters))
    assert before != browser.cookie
    browser.cookie = before
    assert browser.client.get("/me").status_code == 303


def test_the_defect_session_fixed_keeps_the_session_id(open_browser: OpenBrowser) -> None:
    browser = open_browser(defect="session-fixed")
    parameters = browser.provider.authorize(browser.start())
    before = browser.cookie
    assert browser.come_back(dict(parameters)).signed_in
    assert before == browser.cookie


def test_the_cookie_is_for_this_host_and_no_script(browser: Browser) -> None:
    cookie = browser.client.get("/sign-in").headers["Set-Cookie"]
    assert all(word in cookie for word in ("HttpOnly", "SameSite=Lax", "Path=/"))
    assert "Domain" not in cookie


def test_over_https_the_cookie_is_secure_and_tied_to_the_host(open_browser: OpenBrowser) -> None:
    browser = open_browser(base_url="https://app.example")
    cookie = browser.client.get("/sign-in").headers["Set-Cookie"]
    assert cookie.startswith("__Host-leerid_rp_session=")
    assert "Secure" in cookie


def test_a_page_nobody_signs_in_from_sets_no_cookie(browser: Browser) -> None:
    assert "Set-Cookie" not in browser.client.get("/").headers


def test_a_session_ends_after_its_hours(open_browser: OpenBrowser, make_app: MakeApp) -> None:
    ahead = timedelta()

    def clock() -> datetime:
        return utc_now() + ahead

    browser = open_browser(make_app(clock=clock, session_hours=2))
    assert browser.sign_in().signed_in
    ahead = timedelta(hours=1, minutes=59)
    assert browser.client.get("/me").status_code == 200
    ahead = timedelta(hours=2, minutes=1)
    assert browser.client.get("/me").status_code == 303


def test_signing_out_ends_the_session_on_the_server(browser: Browser) -> None:
    browser.sign_in()
    cookie = browser.cookie
    sign_out(browser)
    assert browser.cookie == ""
    browser.cookie = cookie
    assert browser.client.get("/me").status_code == 303


def test_the_defect_sign_out_keeps_session_leaves_the_old_cookie_alive(open_browser: OpenBrowser) -> None:
    browser = open_browser(defect="sign-out-keeps-session")
    browser.sign_in()
    cookie = browser.cookie
    sign_out(browser)
    browser.cookie = cookie
    assert browser.client.get("/me").status_code == 200


def test_the_provider_is_asked_to_sign_out_as_it_wants_to_be_asked(browser: Browser) -> None:
    browser.sign_in()
    asked = sign_out(browser)
    assert asked["client_id"] == "leerid-rp"
    assert asked["post_logout_redirect_uri"] == "http://127.0.0.1:9200/signed-out"
    assert asked["id_token_hint"].count(".") == 2
    assert len(asked["state"]) >= 20


def test_the_page_at_the_end_believes_the_provider_only_with_our_state(browser: Browser) -> None:
    browser.sign_in()
    state = sign_out(browser)["state"]
    believed = browser.client.get(f"/signed-out?state={state}&lang=en")
    assert "Here and at LeerID" in believed.text
    for query in ("state=another", "", "state="):
        doubted = browser.client.get(f"/signed-out?{query}&lang=en")
        assert doubted.status_code == 200
        assert 'data-testid="signed-out"' in doubted.text
        assert "we cannot tell" in doubted.text


def test_the_session_ends_here_even_when_the_provider_is_away(
    open_browser: OpenBrowser, provider: HonestProvider
) -> None:
    browser = open_browser(discovery_cache_seconds=0)
    browser.sign_in()
    provider.bend_discovery = lambda document: document | {"issuer": "https://other.example"}
    assert browser.client.post("/sign-out").headers["Location"] == "/signed-out"
    assert browser.client.get("/me").status_code == 303


def test_signing_out_without_a_session_is_no_mistake(browser: Browser) -> None:
    assert browser.client.post("/sign-out").headers["Location"] == "/signed-out"


def test_a_link_signs_nobody_out(browser: Browser) -> None:
    browser.sign_in()
    assert browser.client.get("/sign-out").status_code == 405
    assert browser.client.get("/me").status_code == 200


def test_starting_a_new_sign_in_ends_the_session_of_the_pupil_before(browser: Browser) -> None:
    browser.sign_in()
    cookie = browser.cookie
    browser.start()
    assert browser.client.get("/me").status_code == 303
    browser.cookie = cookie
    assert browser.client.get("/me").status_code == 303


def test_code_and_state_leave_the_address_at_once(browser: Browser) -> None:
    outcome = browser.sign_in()
    assert outcome.path == "/me"
    parameters = browser.provider.authorize(browser.start())
    response = browser.client.get("/callback", query_string=parameters)
    assert (response.status_code, response.headers["Location"]) == (303, "/me")
