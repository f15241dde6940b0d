"""The journal page: sign-ins as they come, explained."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

import pytest
from journal_page import text_of, write

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from small_application import Application

    from mock_idp.domain.clock import SettableClock
    from mock_idp.provider import Provider


def test_an_empty_journal_says_how_to_begin(browser: FlaskClient) -> None:
    page = text_of(browser)

    assert "Nobody has signed in yet" in page
    assert "http://localhost:9100/op" in page


def test_a_sign_in_is_told_from_the_request_to_userinfo(application: Application, browser: FlaskClient) -> None:
    application.userinfo(application.tokens()["access_token"])
    page = text_of(browser)

    said = [
        "The application sends the browser to sign in",
        "The pupil answers the sign-in page",
        "The browser takes the answer to the application",
        "The application redeems the code",
        "The application asks who signed in",
    ]
    places = [page.index(sentence) for sentence in said]
    assert places == sorted(places)
    assert "Browser to Provider: GET /op/v1/auth openid profile ov_leerling" in page
    assert "Application to Provider: POST /op/v1/token authorization_code, client_secret_basic" in page
    assert "Provider to Application: 200" in page
    assert "Tokens handed out" in page


def test_how_long_the_code_waited_is_told(application: Application, browser: FlaskClient, clock: SettableClock) -> None:
    code = application.code()
    clock.advance(seconds=1.2)
    application.redeem(code)

    assert "The code was redeemed after 1.2 s of 30 s." in text_of(browser)


def test_a_code_that_came_too_late_is_told(
    application: Application, browser: FlaskClient, clock: SettableClock
) -> None:
    code = application.code()
    clock.advance(seconds=31)
    application.redeem(code)
    page = text_of(browser)

    assert "The code was redeemed after 31 s of 30 s." in page
    assert "Refused: invalid_grant" in page


def test_every_member_of_the_id_token_stands_beside_its_rule(application: Application, browser: FlaskClient) -> None:
    application.tokens(acr_values="urn:be:vlaanderen:authmech:leerid")
    page = text_of(browser)

    assert "ID token as ACM wants it" in page
    assert "nonce claims ok the-nonce The nonce of the request, unchanged." in page
    assert "The id of the key once more, inside the payload" in page
    assert "claims about the pupil" in page


def test_a_fault_is_told_with_its_sentence_and_at_the_member_it_bent(
    application: Application, browser: FlaskClient, provider: Provider
) -> None:
    provider.stages.change("default", faults=["id-token.nonce-mismatch"])
    application.tokens()
    page = text_of(browser)

    assert "id-token.nonce-mismatch fault: the application refuses The ID token carries" in page
    assert "This is the nonce of another sign-in: an application refuses this token. Expected: the-nonce" in page
    assert "1 member is odd" in page


def test_an_assertion_for_the_token_endpoint_is_told_how_to_be_mended(browser: FlaskClient, provider: Provider) -> None:
    claims = {"iss": "app", "sub": "app", "aud": "http://localhost:9100/op/v1/token"}
    parts = (base64.urlsafe_b64encode(json.dumps(part).encode()).decode() for part in ({"alg": "RS256"}, claims))
    sent = {"client_assertion": ".".join([*parts, "c2ln"]), "client_auth": "private_key_jwt"}
    write(provider, "authorization", client_id="app")
    write(provider, "token", client_id="app", request=sent, method="POST", status=401)
    page = text_of(browser)

    assert "Client assertion : aud , exp , jti" in page
    assert "ACM wants the issuer here: tell the library which audience to use." in page
    assert "Expected: http://localhost:9100/op" in page
    assert "Add jti: a fresh random text for every request." in page


def test_what_was_odd_is_told_above_and_at_its_exchange(browser: FlaskClient, provider: Provider) -> None:
    write(provider, "authorization", client_id="app", notes=["No state was sent: send a fresh one."])

    assert text_of(browser).count("No state was sent: send a fresh one.") == 2


def test_an_application_that_is_not_registered_is_no_oddity(application: Application, browser: FlaskClient) -> None:
    application.tokens()
    page = text_of(browser)

    assert "This application is not registered here" in page
    assert "What was odd" not in page
    assert "<b>noah" not in browser.get("/inspect?odd=1").text


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({}, {"anna", "bert"}),
        ({"client": "one"}, {"anna"}),
        ({"stage": "s2"}, {"bert"}),
        ({"odd": "1"}, {"bert"}),
        ({"client": "one", "odd": "1"}, set()),
        ({"client": "nobody"}, set()),
    ],
)
def test_sign_ins_are_filtered_by_an_address_that_can_be_shared(
    browser: FlaskClient, provider: Provider, query: dict[str, str], told: set[str]
) -> None:
    write(provider, "sign-in", "f1", client_id="one", response={"signed_in": "anna"})
    write(provider, "sign-in", "f2", client_id="two", stage="s2", response={"signed_in": "bert"}, notes=["Odd."])
    page = browser.get("/inspect", query_string=query).text

    assert {name for name in ("anna", "bert") if f"<b>{name}</b>" in page} == told


def test_an_open_stage_is_told_by_its_label(browser: FlaskClient, provider: Provider) -> None:
    stage = provider.stages.open(label="the third lesson")
    write(provider, "authorization", stage=stage.id)

    assert f"stage {stage.id} (the third lesson)" in text_of(browser)


def test_one_sign_in_has_an_address_of_its_own(browser: FlaskClient, provider: Provider) -> None:
    write(provider, "sign-in", "f1", response={"signed_in": "anna"})
    write(provider, "sign-in", "f2", response={"signed_in": "bert"})

    assert '<h2 id="chosen-title">anna' in browser.get("/inspect/f1").text
    assert '<h2 id="chosen-title">bert' in browser.get("/inspect").text


def test_an_old_sign_in_is_found_by_its_address(browser: FlaskClient, provider: Provider) -> None:
    write(provider, "sign-in", "f1", response={"signed_in": "anna"})
    for _ in range(2_001):
        write(provider, "jwks", None)

    assert '<h2 id="chosen-title">anna' in browser.get("/inspect/f1").text


def test_a_sign_in_that_is_not_there_is_told(browser: FlaskClient, provider: Provider) -> None:
    write(provider, "sign-in", "f1")
    answer = browser.get("/inspect/nowhere?lang=en")

    assert answer.status_code == 404
    assert "Not in the journal" in answer.text


def test_a_page_without_news_is_not_sent_again(browser: FlaskClient, provider: Provider) -> None:
    write(provider, "sign-in", "f1")
    tag = browser.get("/inspect").headers["ETag"]

    assert browser.get("/inspect", headers={"If-None-Match": tag}).status_code == 304
    assert browser.get("/inspect?lang=en", headers={"If-None-Match": tag}).status_code == 200
    write(provider, "sign-in", "f1")
    assert browser.get("/inspect", headers={"If-None-Match": tag}).status_code == 200


def test_a_page_without_script_looks_again_only_when_asked(browser: FlaskClient, provider: Provider) -> None:
    write(provider, "sign-in", "f1")

    assert 'http-equiv="refresh"' not in browser.get("/inspect").text
    assert '<noscript><meta http-equiv="refresh" content="10"></noscript>' in browser.get("/inspect?every=10").text
    assert 'http-equiv="refresh"' not in browser.get("/inspect?every=0;url=//stranger.example").text


def test_the_way_to_the_page_is_shown(browser: FlaskClient) -> None:
    assert "http://localhost:9100/inspect" in browser.get("/").text
    assert 'href="/inspect"' in browser.get("/nothing-here").text


def test_an_error_page_leads_to_its_own_exchange(browser: FlaskClient) -> None:
    page = browser.get("/op/v1/auth?client_id=x").text
    address = page.partition('data-testid="see-in-journal"')[0].rpartition('href="')[2].partition('"')[0]

    assert address.startswith("/inspect/")
    assert "redirect-uri-missing" in browser.get(address).text


@pytest.mark.parametrize(
    ("grant", "said"),
    [
        ("authorization_code", "The application redeems the code"),
        ("refresh_token", "The application renews its tokens"),
        ("client_credentials", "The application asks for a token of its own"),
    ],
)
def test_the_token_endpoint_is_told_by_its_grant(
    browser: FlaskClient, provider: Provider, grant: str, said: str
) -> None:
    write(provider, "token", request={"grant_type": grant}, method="POST")

    assert said in text_of(browser)


def test_the_issuer_of_a_sibling_is_told(browser: FlaskClient, provider: Provider) -> None:
    provider.issuers.open("evil")
    entry = provider.journal.begin("authorization", "GET", "default")
    entry.flow, entry.issuer = "f1", "evil"
    entry.finish(302, {})
    page = text_of(browser)

    assert "issuer evil" in page
    assert "GET /i/evil/op/v1/auth" in page
    provider.issuers.close("evil")
    assert "GET /i/evil/op/v1/auth" in text_of(browser)
