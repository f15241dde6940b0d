"""Defects that one sign-in does not show: each is wrong where the browser, the next visit or the next pupil sees it."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
from honest_provider import PUPIL, SIGNING_KEY, Answer, b64

from relying_party.settings import SYNTHETIC_SECRET
from relying_party.signin.flow import utc_now

OTHER_ISSUER = "https://another-issuer.example/op"

if TYPE_CHECKING:
    from pathlib import Path

    from browsing import Browser
    from conftest import MakeApp, OpenBrowser
    from honest_provider import HonestProvider


def without_none(claims: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in claims.items() if value is not None}


def asked(browser: Browser) -> dict[str, list[str]]:
    return parse_qs(urlsplit(browser.start()).query)


def test_nonce_constant_sends_one_nonce_for_all(open_browser: OpenBrowser) -> None:
    browser = open_browser(defect="nonce-constant")
    assert asked(browser)["nonce"] == asked(browser)["nonce"]


def test_code_unbound_sends_one_nonce_for_all_and_no_challenge(open_browser: OpenBrowser) -> None:
    browser = open_browser(defect="code-unbound")
    first, second = asked(browser), asked(browser)
    assert first["nonce"] == second["nonce"]
    assert first["state"] != second["state"]
    assert "code_challenge" not in first


def test_verifier_constant_sends_one_challenge_for_all(open_browser: OpenBrowser) -> None:
    browser = open_browser(defect="verifier-constant")
    assert asked(browser)["code_challenge"] == asked(browser)["code_challenge"]
    assert browser.sign_in().signed_in


def test_verifier_of_the_latest_is_sent_with_the_code_of_an_older_sign_in(open_browser: OpenBrowser) -> None:
    for defect, alike in ((None, True), ("verifier-of-the-latest", False)):
        browser = open_browser(defect=defect)
        response = browser.provider.authorize(browser.start())
        browser.start()
        challenge = browser.provider.codes[response["code"]].pop("code_challenge")
        browser.come_back(dict(response))
        verifier = browser.provider.form("token")["code_verifier"]
        assert (b64(sha256(verifier.encode()).digest()) == challenge) is alike


def test_error_of_anybody_believed_ends_the_sign_in_that_is_under_way(open_browser: OpenBrowser) -> None:
    for defect in (None, "error-of-anybody-believed"):
        browser = open_browser(defect=defect)
        response = browser.provider.authorize(browser.start())
        assert browser.come_back({"error": "access_denied", "state": "of-nobody"}).reason
        assert browser.come_back(dict(response)).signed_in == (defect is None)


def test_response_stays_in_address_shows_the_pupils_page_there(open_browser: OpenBrowser) -> None:
    for defect, status in ((None, 303), ("response-stays-in-address", 200)):
        browser = open_browser(defect=defect)
        response = browser.provider.authorize(browser.start())
        assert browser.client.get("/callback", query_string=response).status_code == status


def test_new_person_each_time_does_not_know_who_comes_back(open_browser: OpenBrowser) -> None:
    browser = open_browser(defect="new-person-each-time")
    assert browser.sign_in().person_id != browser.sign_in().person_id


def test_state_unbound_signs_in_a_browser_that_began_something_else(
    open_browser: OpenBrowser, make_app: MakeApp
) -> None:
    for defect in (None, "state-unbound"):
        app = make_app(defect=defect)
        one, other = open_browser(app), open_browser(app)
        response = one.provider.authorize(one.start())
        other.start()
        assert other.come_back(dict(response)).signed_in == bool(defect)


def test_abandoned_sign_in_blocks_the_next_one_in_the_same_browser(open_browser: OpenBrowser) -> None:
    for defect in (None, "abandoned-sign-in-blocks"):
        browser = open_browser(defect=defect)
        browser.start()
        assert browser.sign_in().signed_in == (defect is None)


def test_response_used_twice_sends_the_code_again(open_browser: OpenBrowser) -> None:
    for defect, sent in ((None, 1), ("response-used-twice", 2)):
        browser = open_browser(defect=defect)
        response = browser.provider.authorize(browser.start())
        before = browser.provider.calls("token")
        browser.come_back(dict(response))
        browser.provider.codes[response["code"]] = {"nonce": ""}
        browser.come_back(dict(response))
        assert browser.provider.calls("token") - before == sent


def test_authentication_guessed_sends_the_code_twice(open_browser: OpenBrowser, provider: HonestProvider) -> None:
    provider.answers["token"] = Answer({"error": "invalid_client"}, 401)
    for defect, sent in ((None, 1), ("authentication-guessed", 2)):
        before = provider.calls("token")
        open_browser(defect=defect).sign_in()
        assert provider.calls("token") - before == sent


@pytest.mark.parametrize(
    ("answer", "sent_again"), [(Answer("", 503), 20), (Answer("<p>"), 20), (Answer({"error": "invalid_grant"}, 400), 1)]
)
def test_token_retried_without_limit_insists_where_nothing_of_use_comes(
    open_browser: OpenBrowser, provider: HonestProvider, answer: Answer, sent_again: int
) -> None:
    provider.answers["token"] = answer
    for defect, sent in ((None, 1), ("token-retried-without-limit", sent_again)):
        before = provider.calls("token")
        assert open_browser(defect=defect).sign_in().reason in {"provider-unavailable", "provider-error"}
        assert provider.calls("token") - before == sent


def test_cookie_open_to_scripts_sets_no_httponly(open_browser: OpenBrowser) -> None:
    cookie = open_browser(defect="cookie-open-to-scripts").client.get("/sign-in").headers["Set-Cookie"]
    assert "HttpOnly" not in cookie
    assert "SameSite=Lax" in cookie


def test_cookie_of_any_site_sets_samesite_none(open_browser: OpenBrowser) -> None:
    cookie = open_browser(defect="cookie-of-any-site").client.get("/sign-in").headers["Set-Cookie"]
    assert {"SameSite=None", "HttpOnly", "Secure"} <= set(cookie.split("; "))


@pytest.mark.parametrize(
    ("defect", "told"),
    [
        (None, "/me"),
        ("claims-in-url", "/me?id_token=ey"),
        ("access-token-in-page-address", "/me?access_token=access-token-of"),
    ],
)
def test_a_token_is_handed_on_in_the_address_of_the_next_page(
    open_browser: OpenBrowser, defect: str | None, told: str
) -> None:
    browser = open_browser(defect=defect)
    response = browser.provider.authorize(browser.start())
    landed = browser.client.get("/callback", query_string=response).headers["Location"]
    assert landed.startswith(told)
    assert bool(defect) is ("token=" in landed)


def test_counter_from_elsewhere_is_loaded_and_allowed(open_browser: OpenBrowser) -> None:
    headers = open_browser(defect="counter-from-elsewhere").client.get("/").headers
    assert "counter.localhost" in headers["Link"]
    assert headers["Content-Security-Policy"] == "default-src *"


def test_page_kept_in_cache_lets_the_browser_keep_the_pupils_page_alone(open_browser: OpenBrowser) -> None:
    browser = open_browser(defect="page-kept-in-cache")
    browser.sign_in()
    assert browser.client.get("/me").headers["Cache-Control"] == "private, max-age=600"
    assert browser.client.get("/").headers["Cache-Control"] == "no-store"


def test_farewell_by_name_names_who_was_here(open_browser: OpenBrowser) -> None:
    for defect in (None, "farewell-by-name"):
        browser = open_browser(defect=defect)
        browser.sign_in()
        browser.client.post("/sign-out")
        page = browser.client.get("/signed-out").text
        assert (PUPIL["family_name"] in page) == bool(defect)


def test_second_pupil_sees_first_on_a_page_of_their_own(open_browser: OpenBrowser, provider: HonestProvider) -> None:
    second = {"ov_account_uuid": "b", "ov_leerid_uuid": ["b"], "given_name": "Ans", "family_name": "Peeters"}
    for defect in (None, "second-pupil-sees-first"):
        provider.claims = dict(PUPIL)
        browser = open_browser(defect=defect)
        assert PUPIL["family_name"] in browser.sign_in().page
        signed_out = browser.client.post("/sign-out", follow_redirects=False)
        assert ("left_behind" in str(signed_out.headers)) is bool(defect)
        provider.claims = PUPIL | second
        page = browser.sign_in().page
        assert "Peeters" in page
        assert (PUPIL["family_name"] in page) is bool(defect)


def test_a_name_that_somebody_else_left_in_the_browser_is_not_shown(open_browser: OpenBrowser) -> None:
    browser = open_browser()
    browser.client.set_cookie("leerid_rp_left_behind", "Peeters")
    assert "Peeters" not in browser.sign_in().page


def test_sign_out_state_required_crashes_on_another_state(open_browser: OpenBrowser) -> None:
    browser = open_browser(defect="sign-out-state-required")
    browser.sign_in()
    address = browser.client.post("/sign-out").headers["Location"]
    state = parse_qs(urlsplit(address).query)["state"][0]
    assert browser.client.get(f"/signed-out?state={state}").status_code == 200
    assert browser.client.get("/signed-out?state=another").status_code == 500


def test_userinfo_wins_signs_in_whom_userinfo_names(open_browser: OpenBrowser, provider: HonestProvider) -> None:
    for defect, is_same in ((None, True), ("userinfo-wins", False)):
        browser = open_browser(defect=defect)
        first = browser.sign_in().person_id
        provider.bend_userinfo = lambda claims: claims | {"ov_account_uuid": "another", "ov_leerid_uuid": []}
        assert (browser.sign_in().person_id == first) == is_same
        provider.bend_userinfo = dict


def test_name_as_markup_lets_a_name_load_a_picture(open_browser: OpenBrowser, provider: HonestProvider) -> None:
    provider.claims |= {"given_name": "<img src=x>"}
    for defect, is_loaded in ((None, False), ("name-as-markup", True)):
        page = open_browser(defect=defect).sign_in().page
        assert ("<img src=x>" in page) == is_loaded
        assert ("&lt;img src=x&gt;" in page) != is_loaded


def test_error_description_as_markup_lets_whoever_wrote_it_load_a_picture(open_browser: OpenBrowser) -> None:
    told = {"error": "access_denied", "error_description": "<img src=x>"}
    for defect, is_loaded in ((None, False), ("error-description-as-markup", True)):
        browser = open_browser(defect=defect)
        response = browser.provider.authorize(browser.start())
        refused = browser.come_back(response | told)
        assert refused.reason == "access-denied"
        assert ("<img src=x>" in refused.page) == is_loaded
        by_address = browser.client.get("/refused/access-denied", query_string=told).text
        assert ("<img src=x>" in by_address) == is_loaded
        assert ("img src=x" in by_address) == is_loaded


def test_claims_elsewhere_fetched_goes_where_userinfo_says(open_browser: OpenBrowser, provider: HonestProvider) -> None:
    source = {"endpoint": f"{provider.issuer}/v1/trap"}
    provider.answers["trap"] = Answer({})
    provider.bend_userinfo = lambda claims: claims | {"_claim_sources": {"elsewhere": source}}
    for defect, calls in ((None, 0), ("claims-elsewhere-fetched", 1)):
        assert open_browser(defect=defect).sign_in().signed_in
        assert provider.calls("trap") == calls


@pytest.mark.parametrize(
    ("told", "reason", "defect"),
    [
        ({}, "", None),
        ({"auth_time": None}, "authentication-moment", "authentication-moment-optional"),
        ({"auth_time": "now"}, "authentication-moment", "authentication-moment-optional"),
        ({"auth_time": 1_000_000_000}, "authentication-age", "authentication-age-unchecked"),
        ({"acr": "urn:three"}, "authentication-means", "authentication-means-unchecked"),
        ({"acr": None}, "authentication-means", "authentication-means-unchecked"),
        ({"acr": None}, "authentication-means", "authentication-means-optional"),
    ],
)
def test_what_is_asked_of_the_authentication_is_looked_for(
    open_browser: OpenBrowser, provider: HonestProvider, told: dict[str, Any], reason: str, defect: str | None
) -> None:
    asked_for = {"max_age_seconds": 60, "acr_values": "urn:one urn:two"}
    provider.bend_id_token = lambda claims: without_none(claims | {"auth_time": claims["iat"], "acr": "urn:two"} | told)
    sound = open_browser(**asked_for)
    request = asked(sound)

    assert (request["max_age"], request["acr_values"]) == (["60"], ["urn:one urn:two"])
    assert sound.sign_in().reason == reason
    assert open_browser(defect=defect, **asked_for).sign_in().signed_in


def test_nothing_is_asked_of_the_authentication_unless_the_settings_say_so(open_browser: OpenBrowser) -> None:
    assert not {"max_age", "acr_values"} & asked(open_browser()).keys()


def test_redirect_uri_from_host_follows_the_name_of_the_request(open_browser: OpenBrowser) -> None:
    for defect, back in (
        (None, "http://127.0.0.1:9200/callback"),
        ("redirect-uri-from-host", "http://far.example/callback"),
    ):
        client = open_browser(defect=defect).client
        address = client.get("/sign-in", headers={"Host": "far.example"}).headers["Location"]
        assert parse_qs(urlsplit(address).query)["redirect_uri"] == [back]


def test_state_from_address_takes_what_another_site_wrote(open_browser: OpenBrowser) -> None:
    for defect in (None, "state-from-address"):
        address = open_browser(defect=defect).client.get("/sign-in?state=planted&nonce=planted").headers["Location"]
        told = parse_qs(urlsplit(address).query)
        assert (told["state"] == ["planted"]) == bool(defect)
        assert told["nonce"] != ["planted"]


def test_response_logged_writes_the_code_down(open_browser: OpenBrowser, caplog: pytest.LogCaptureFixture) -> None:
    for defect in (None, "response-logged"):
        caplog.clear()
        with caplog.at_level("INFO"):
            assert open_browser(defect=defect).sign_in().signed_in
        assert ("code-" in caplog.text) == bool(defect)


def test_secret_in_page_tells_it_to_everybody(open_browser: OpenBrowser) -> None:
    for defect in (None, "secret-in-page"):
        page = open_browser(defect=defect).client.get("/").text
        assert '<meta name="client-id" content="leerid-rp">' in page
        assert (SYNTHETIC_SECRET in page) == bool(defect)


def test_session_endless_outlives_the_bound(open_browser: OpenBrowser, make_app: MakeApp) -> None:
    for defect in (None, "session-endless"):
        browser = open_browser(make_app(defect=defect, test_door=True))
        assert browser.sign_in().signed_in
        assert browser.client.post("/test-door/clock", data={"ahead_s": 8 * 3600 + 1}).status_code == 200
        assert (browser.client.get("/me").status_code == 200) == bool(defect)


def test_sign_out_after_provider_waits_for_the_way_back(open_browser: OpenBrowser) -> None:
    for defect in (None, "sign-out-after-provider"):
        browser = open_browser(defect=defect)
        browser.sign_in()
        browser.client.post("/sign-out")
        assert (browser.client.get("/me").status_code == 200) == bool(defect)
        browser.client.get("/signed-out")
        assert browser.client.get("/me").status_code == 303


def test_sign_out_here_only_leads_to_no_provider(open_browser: OpenBrowser) -> None:
    for defect in (None, "sign-out-here-only"):
        browser = open_browser(defect=defect)
        browser.sign_in()
        assert (browser.client.post("/sign-out").headers["Location"] == "/signed-out") == bool(defect)


def test_pkce_when_announced_sends_no_challenge_as_soon_as_nobody_speaks_of_it(open_browser: OpenBrowser) -> None:
    for defect in (None, "pkce-when-announced"):
        assert ("code_challenge" in asked(open_browser(defect=defect))) == (defect is None)


def test_endpoint_redirects_followed_brings_the_code_to_where_it_is_told_to(
    open_browser: OpenBrowser, provider: HonestProvider
) -> None:
    provider.answers["token"] = Answer("", 307, headers={"Location": f"{provider.issuer}/v1/elsewhere"})
    provider.answers["elsewhere"] = Answer({})
    for defect, reason in ((None, "provider-unavailable"), ("endpoint-redirects-followed", "access-token")):
        assert open_browser(defect=defect).sign_in().reason == reason
        assert bool(provider.calls("elsewhere")) == bool(defect)
    assert "code" in provider.form("elsewhere")


def test_endpoints_guessed_does_not_read_where_an_endpoint_is(
    open_browser: OpenBrowser, provider: HonestProvider
) -> None:
    moved = f"{provider.issuer}/v1/moved"
    provider.bend_discovery = lambda document: document | {"token_endpoint": moved}
    provider.answers["moved"] = Answer({"error": "invalid_grant"}, 400)
    for defect in (None, "endpoints-guessed"):
        assert open_browser(defect=defect).sign_in().signed_in == bool(defect)


def test_overload_insisted_on_sends_the_visitor_back_at_once(open_browser: OpenBrowser) -> None:
    for defect, leads_to in ((None, "/refused/provider-unavailable"), ("overload-insisted-on", "/sign-in")):
        browser = open_browser(defect=defect)
        told = browser.provider.authorize(browser.start()) | {"error": "temporarily_unavailable"}
        back = browser.client.get("/callback", query_string=told)
        assert urlsplit(back.headers["Location"]).path == leads_to


def test_fallback_for_login_only_gives_up_on_the_other_errors(open_browser: OpenBrowser) -> None:
    for defect in (None, "fallback-for-login-only"):
        browser = open_browser(defect=defect, silent_first=True)
        state = asked(browser)["state"][0]
        told = {"error": "interaction_required", "state": state}
        following = browser.client.get("/callback", query_string=told).headers["Location"]
        assert following.startswith("/refused/") == bool(defect)


def test_assertion_for_others_is_meant_for_two(
    open_browser: OpenBrowser, provider: HonestProvider, tmp_path: Path
) -> None:
    file = tmp_path / "key.json"
    file.write_text(json.dumps(SIGNING_KEY.as_dict(private=True)), encoding="utf-8")
    ways = {"client_authentication": "private_key_jwt", "client_key_file": file}
    for defect, audience in ((None, provider.issuer), ("assertion-for-others", [provider.issuer, OTHER_ISSUER])):
        assert open_browser(defect=defect, **ways).sign_in().signed_in
        sent = provider.form("token")["client_assertion"]
        told = json.loads(urlsafe_b64decode(sent.split(".")[1] + "=="))
        assert told["aud"] == audience


def test_unasked_response_crashes_where_no_sign_in_was_begun(open_browser: OpenBrowser) -> None:
    for defect, status in ((None, 400), ("unasked-response-crashes", 500)):
        assert open_browser(defect=defect).come_back({"code": "x", "state": "x"}).status == status


def test_session_taken_for_sign_in_asks_nobody_the_second_time(open_browser: OpenBrowser) -> None:
    for defect, is_asked in ((None, True), ("session-taken-for-sign-in", False)):
        browser = open_browser(defect=defect)
        assert browser.sign_in().signed_in
        assert ("state=" in browser.start()) is is_asked


def test_sign_in_of_seconds_forgets_one_that_takes_three(open_browser: OpenBrowser, make_app: MakeApp) -> None:
    for defect in (None, "sign-in-of-seconds"):
        later = timedelta()
        browser = open_browser(make_app(clock=lambda: utc_now() + later, defect=defect))  # noqa: B023  read at once
        response = browser.provider.authorize(browser.start())
        later = timedelta(seconds=3)
        assert browser.come_back(dict(response)).signed_in == (defect is None)


def test_other_leer_id_crashes_where_it_is_to_be_refused(open_browser: OpenBrowser, provider: HonestProvider) -> None:
    open_browser().sign_in()
    provider.claims |= {"ov_leerid_uuid": ["another"]}
    assert open_browser().sign_in().reason == "conflict"
    assert open_browser(defect="other-leer-id-crashes").sign_in().status == 500


def test_family_name_not_kept_shows_one_word_of_two(open_browser: OpenBrowser, provider: HonestProvider) -> None:
    provider.claims |= {"family_name": "Van den Broeck"}
    for defect, is_whole in ((None, True), ("family-name-not-kept", False)):
        assert ("Van den Broeck" in open_browser(defect=defect).sign_in().page) is is_whole


@pytest.mark.parametrize(
    ("wrong", "script"), [("name-in-storage", "localStorage.setItem"), ("name-in-database", "indexedDB.open")]
)
def test_a_name_is_kept_in_the_browser_by_a_script_that_may_run(
    open_browser: OpenBrowser, wrong: str, script: str
) -> None:
    for defect, is_there in ((None, False), (wrong, True)):
        browser = open_browser(defect=defect)
        assert (script in browser.sign_in().page) is is_there
        assert ("script-src" in browser.client.get("/").headers["Content-Security-Policy"]) is is_there


def test_access_token_in_address_asks_with_it_there_first(open_browser: OpenBrowser, provider: HonestProvider) -> None:
    before = provider.calls("userinfo")
    assert open_browser().sign_in().signed_in
    assert provider.calls("userinfo") - before == 1
    provider.answers["userinfo"] = Answer({}, 401)
    open_browser(defect="access-token-in-address").sign_in()
    assert provider.calls("userinfo") - before == 3


@pytest.mark.parametrize(
    ("defect", "member", "wrong", "error"),
    [
        ("token-asked-first", "response_type", "code token", "unsupported_response_type"),
        ("national-number-asked-first", "scope", "openid profile ov_leerling rrn", "invalid_scope"),
    ],
)
def test_what_is_asked_first_is_asked_again_as_agreed(
    open_browser: OpenBrowser, defect: str, member: str, wrong: str, error: str
) -> None:
    agreed = asked(open_browser())[member]
    browser = open_browser(defect=defect)
    first = asked(browser)
    refused = {"error": error, "state": first["state"][0]}
    second = parse_qs(urlsplit(browser.client.get("/callback", query_string=refused).headers["Location"]).query)
    assert (first[member], second[member]) == ([wrong], agreed)


def test_silence_broken_demands_what_it_forbids(open_browser: OpenBrowser) -> None:
    for defect, age in ((None, None), ("silence-broken", ["0"])):
        first = asked(open_browser(defect=defect, silent_first=True))
        assert (first["prompt"], first.get("max_age")) == (["none"], age)
        assert "max_age" not in asked(open_browser(defect=defect))


def test_posted_back_to_the_last_keeps_the_cookie_of_the_sign_in_before(open_browser: OpenBrowser) -> None:
    for defect, is_same in ((None, False), ("posted-back-to-the-last", True)):
        browser = open_browser(defect=defect, response_mode="form_post")
        cookies = []
        for _ in range(2):
            browser.cookie = ""
            browser.start()
            cookie = browser.client.get_cookie("leerid_rp_posted")
            cookies.append(cookie.value if cookie else "")
        assert (cookies[0] == cookies[1]) is is_same
