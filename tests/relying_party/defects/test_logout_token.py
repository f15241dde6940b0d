"""The reference application takes right logout tokens and no others; each defect takes, or does, one thing wrongly."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import pytest
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from honest_provider import FOREIGN_KEY, SIGNING_KEY, b64, segment, unsigned
from joserfc import jws

if TYPE_CHECKING:
    from browsing import Browser
    from conftest import MakeApp, OpenBrowser
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from honest_provider import HonestProvider
    from joserfc.jwk import RSAKey

URL = "/backchannel-logout"
EVENT = "http://schemas.openid.net/event/backchannel-logout"
LONG_AGO = 1_000_000_000
LEFT_OUT: Any = object()


def logout_token(provider: HonestProvider, key: RSAKey = SIGNING_KEY, typ: str = "logout+jwt", **changes: Any) -> str:
    now = int(time.time())
    honest = {
        "iss": provider.issuer,
        "aud": "leerid-rp",
        "sub": provider.claims["sub"],
        "iat": now,
        "exp": now + 120,
        "jti": "1",
        "events": {EVENT: {}},
    }
    claims = {name: value for name, value in (honest | changes).items() if value is not LEFT_OUT}
    header = {"alg": "RS256", "kid": "key-1", "typ": typ}
    return jws.serialize_compact(header, json.dumps(claims).encode(), key, algorithms=["RS256"])


@dataclass(frozen=True, kw_only=True)
class Wrong:
    """A logout token that is wrong in one way, and the defects that take it."""

    changes: dict[str, Any]
    defect: str | None = None


WRONG = {
    "foreign key": Wrong(changes={"key": FOREIGN_KEY}, defect="logout-signature-unchecked"),
    "issuer": Wrong(changes={"iss": "https://x.example"}, defect="logout-issuer-unchecked"),
    "audience": Wrong(changes={"aud": "another"}, defect="logout-audience-unchecked"),
    "expired": Wrong(changes={"exp": LONG_AGO}, defect="logout-expiry-unchecked"),
    "no expiry": Wrong(changes={"exp": LEFT_OUT}, defect="logout-expiry-unchecked"),
    "no issue": Wrong(changes={"iat": LEFT_OUT}, defect="logout-issued-at-unchecked"),
    "no event": Wrong(changes={"events": LEFT_OUT}, defect="logout-event-unchecked"),
    "event": Wrong(changes={"events": {"x": {}}}, defect="logout-event-unchecked"),
    "events in a list": Wrong(changes={"events": [EVENT]}, defect="logout-event-unchecked"),
    "nonce": Wrong(changes={"nonce": "n"}, defect="logout-nonce-unchecked"),
    "about nobody": Wrong(changes={"sub": LEFT_OUT}, defect="logout-about-anybody"),
    "an ID token": Wrong(changes={"events": LEFT_OUT, "nonce": "n"}, defect="logout-by-any-token"),
    "another kind": Wrong(changes={"typ": "at+jwt"}, defect="logout-kind-unchecked"),
}


def signed_in(open_browser: OpenBrowser, make_app: MakeApp, defect: str | None = None) -> Browser:
    browser = open_browser(make_app(backchannel_logout=True, defect=defect))
    assert browser.sign_in().signed_in
    return browser


def told(browser: Browser, token: str) -> int:
    return browser.client.post(URL, data={"logout_token": token}).status_code


def is_in(browser: Browser) -> bool:
    return browser.client.get("/me").status_code == 200


@pytest.mark.parametrize("defect", [None, "logout-ends-nothing"])
def test_a_right_logout_token_ends_the_session(
    open_browser: OpenBrowser, make_app: MakeApp, provider: HonestProvider, defect: str | None
) -> None:
    browser = signed_in(open_browser, make_app, defect)
    answer = browser.client.post(URL, data={"logout_token": logout_token(provider)})
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert is_in(browser) == bool(defect)


def test_a_defect_lets_others_keep_the_answer(
    open_browser: OpenBrowser, make_app: MakeApp, provider: HonestProvider
) -> None:
    browser = signed_in(open_browser, make_app, "logout-answer-kept")
    answer = browser.client.post(URL, data={"logout_token": logout_token(provider)})
    assert "no-store" not in answer.headers["Cache-Control"]
    assert not is_in(browser)


def test_only_the_session_that_is_named_ends(
    open_browser: OpenBrowser, make_app: MakeApp, provider: HonestProvider
) -> None:
    provider.bend_id_token = lambda claims: claims | {"sid": "one"}
    browser = signed_in(open_browser, make_app)
    assert told(browser, logout_token(provider, sid="other")) == 200
    assert is_in(browser)
    assert told(browser, logout_token(provider, sub=LEFT_OUT, sid="one")) == 200
    assert not is_in(browser)


@pytest.mark.parametrize("defect", [None, "logout-of-nobody-refused"])
def test_a_logout_of_somebody_who_is_out_already_is_done(
    open_browser: OpenBrowser, make_app: MakeApp, provider: HonestProvider, defect: str | None
) -> None:
    browser = signed_in(open_browser, make_app, defect)
    assert told(browser, logout_token(provider, sub="nobody")) == (400 if defect else 200)
    assert is_in(browser)


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_logout_token_ends_nothing_unless_a_defect_takes_it(
    open_browser: OpenBrowser, make_app: MakeApp, provider: HonestProvider, name: str
) -> None:
    for defect in (None, WRONG[name].defect) if WRONG[name].defect else (None,):
        browser = signed_in(open_browser, make_app, defect)
        assert told(browser, logout_token(provider, **WRONG[name].changes)) == (200 if defect else 400)
        assert is_in(browser) == (defect is None or name == "about nobody")


def test_an_unsigned_logout_token_is_refused(
    open_browser: OpenBrowser, make_app: MakeApp, provider: HonestProvider
) -> None:
    now = int(time.time())
    claims = {"iss": provider.issuer, "aud": "leerid-rp", "sub": "x", "iat": now, "exp": now + 9, "events": {EVENT: {}}}
    token = unsigned({"alg": "none"}, claims)
    assert told(signed_in(open_browser, make_app), token) == 400


@pytest.mark.parametrize("defect", [None, "logout-algorithm-unchecked"])
def test_a_token_that_denies_its_signature_is_refused(
    open_browser: OpenBrowser, make_app: MakeApp, provider: HonestProvider, defect: str | None
) -> None:
    _header, claims, _signature = logout_token(provider).split(".")
    signed = f"{segment({'alg': 'none', 'kid': 'key-1'})}.{claims}"
    private = cast("RSAPrivateKey", SIGNING_KEY.private_key)
    token = f"{signed}.{b64(private.sign(signed.encode(), PKCS1v15(), SHA256()))}"
    assert told(signed_in(open_browser, make_app, defect), token) == (200 if defect else 400)


@pytest.mark.parametrize("defect", [None, "logout-token-in-json"])
def test_a_logout_token_comes_in_a_form(
    open_browser: OpenBrowser, make_app: MakeApp, provider: HonestProvider, defect: str | None
) -> None:
    browser = signed_in(open_browser, make_app, defect)
    told_in_json = {"logout_token": logout_token(provider)}
    assert browser.client.get(URL, query_string=told_in_json).status_code == 405
    assert browser.client.post(URL).status_code == 400
    assert browser.client.post(URL, json=told_in_json).status_code == (200 if defect else 400)


def test_a_logout_token_in_an_address_or_none_at_all_is_refused(
    open_browser: OpenBrowser, make_app: MakeApp, provider: HonestProvider
) -> None:
    told_in_address = {"logout_token": logout_token(provider)}
    for defect, by_get, by_empty_post in (
        (None, 405, 400),
        ("logout-token-in-address", 200, 400),
        ("logout-token-missing-crashes", 500, 500),
    ):
        browser = signed_in(open_browser, make_app, defect)
        assert browser.client.get(URL, query_string=told_in_address).status_code == by_get
        assert browser.client.post(URL).status_code == by_empty_post


@pytest.mark.parametrize("defect", [None, "logout-id-repeated-crashes"])
def test_an_id_that_comes_twice_breaks_nothing(
    open_browser: OpenBrowser, make_app: MakeApp, provider: HonestProvider, defect: str | None
) -> None:
    browser = signed_in(open_browser, make_app, defect)
    token = logout_token(provider, jti="comes-twice")
    assert told(browser, token) == 200
    assert told(browser, token) == (500 if defect else 200)


@pytest.mark.parametrize("defect", [None, "logout-rubbish-crashes"])
def test_rubbish_is_refused(open_browser: OpenBrowser, make_app: MakeApp, defect: str | None) -> None:
    browser = signed_in(open_browser, make_app, defect)
    assert told(browser, "not-a-jwt") == (500 if defect else 400)


def test_there_is_no_such_address_unless_it_is_wanted(open_browser: OpenBrowser) -> None:
    assert open_browser().client.post(URL, data={"logout_token": "x"}).status_code == 404
