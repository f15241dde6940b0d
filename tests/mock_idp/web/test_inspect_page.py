"""The journal page: sign-ins as they come, explained."""

from __future__ import annotations

import base64
import json
import re
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from mock_idp.journal import Endpoint

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from small_application import Application

    from mock_idp.domain.clock import SettableClock
    from mock_idp.provider import Provider

SPITEFUL = "\"><script>alert(1)</script>{{7*7}}'"


def text_of(browser: FlaskClient, path: str = "/inspect") -> str:
    page = browser.get(path, query_string={"lang": "en"})
    assert page.status_code == 200
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.text)).split())


def newest(browser: FlaskClient) -> str:
    """The address of the newest sign-in."""
    page = browser.get("/inspect").text
    return re.findall(r'id="row-[^"]+" href="([^"]+)"', page)[0].partition("?")[0]


def write(provider: Provider, endpoint: str, flow: str | None = "flow-1", **members: Any) -> None:
    """Write an exchange into the journal."""
    status, response = members.pop("status", 200), members.pop("response", {})
    entry = provider.journal.begin(endpoint, members.pop("method", "GET"), members.pop("stage", "default"))
    entry.flow = flow
    entry.client_id = members.pop("client_id", None)
    entry.request = members.pop("request", {})
    for sentence in members.pop("notes", ()):
        entry.note(sentence)
    entry.fired(members.pop("fired", ()))
    assert not members
    entry.finish(status, response)


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


HALF = "\ud800"  # half a character, as JSON can hold it
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
NAMES = st.sampled_from(
    ["redirect_uri", "response_mode", "code", "client_assertion", "error", "signed_in", "grant_type", "x\n"]
)
MEMBERS = st.dictionaries(NAMES | st.text(max_size=8), ANYTHING, max_size=4)
CLAIMS = st.dictionaries(st.sampled_from(["exp", "iat", "aud", "sub", "kid", "ov_history"]), ANYTHING, max_size=4)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(said=(Endpoint.TOKEN, {HALF: HALF, "code": HALF}, {"error": HALF}, {"sub": HALF, HALF: {HALF: HALF}}))
@given(said=st.tuples(st.sampled_from(list(Endpoint)), MEMBERS, MEMBERS, CLAIMS))
def test_whatever_stands_in_the_journal_is_shown(
    browser: FlaskClient, provider: Provider, said: tuple[Any, ...]
) -> None:
    endpoint, request, response, claims = said
    entry = provider.journal.begin(endpoint, "GET", "default")
    entry.flow, entry.request = f"flow-{provider.journal.newest()}", request
    entry.id_token = {"header": claims, "claims": claims}
    entry.finish(200, response)

    assert browser.get("/inspect").status_code == 200


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


def test_the_page_runs_our_script_and_no_other(browser: FlaskClient, provider: Provider) -> None:
    write(provider, "sign-in", "f1")
    page = browser.get("/inspect")
    policy = page.headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "script-src 'self'; connect-src 'self'" in policy
    assert re.findall(r"<script[^>]*>(.*?)</script>", page.text) == [""]
    assert not re.findall(r"\son\w+=|style=", page.text)


def test_other_pages_run_no_script(browser: FlaskClient) -> None:
    assert "script-src" not in browser.get("/").headers["Content-Security-Policy"]


def test_whatever_was_sent_is_escaped(browser: FlaskClient, provider: Provider) -> None:
    write(
        provider,
        "authorization",
        client_id=SPITEFUL,
        stage=SPITEFUL,
        request={SPITEFUL: SPITEFUL, "scope": SPITEFUL, "redirect_uri": f"http://[{SPITEFUL}"},
        response={"signed_in": SPITEFUL, "error": SPITEFUL, "error_description": SPITEFUL},
        notes=[SPITEFUL],
        fired=[SPITEFUL],
        method=SPITEFUL,
    )
    write(provider, "authorization-response", request={"redirect_uri": f"http://[{SPITEFUL}"}, response={"code": 1})
    for path in (newest(browser), f"/inspect?client={SPITEFUL}&stage={SPITEFUL}"):
        page = browser.get(path)
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert "{{7*7}}" in page.text


def test_a_page_without_script_looks_again_only_when_asked(browser: FlaskClient, provider: Provider) -> None:
    write(provider, "sign-in", "f1")

    assert 'http-equiv="refresh"' not in browser.get("/inspect").text
    assert '<noscript><meta http-equiv="refresh" content="10"></noscript>' in browser.get("/inspect?every=10").text
    assert 'http-equiv="refresh"' not in browser.get("/inspect?every=0;url=//stranger.example").text


def test_no_secret_of_a_whole_sign_in_is_on_the_page(
    registered: Application, provider: Provider, browser: FlaskClient
) -> None:
    pupil = provider.personas.get("primary-pupil")
    page = registered.ask(nonce="n", code_challenge="v" * 43, code_challenge_method="plain").location
    browser.post(page, data={"username": pupil.user_name, "password": "wrong-password"})
    answer = browser.post(page, data={"username": pupil.user_name, "password": pupil.password})
    code = registered.parameters_of(answer)["code"]
    assert registered.redeem(code, basic=False, code_verifier="v" * 43).status_code == 401
    tokens = registered.redeem(code, code_verifier="v" * 43).get_json()
    more = registered.redeem(registered.code(prompt="login")).get_json()
    for each in (tokens, more):
        registered.userinfo(each["access_token"])
    browser.get("/op/v1/logout", query_string={"id_token_hint": tokens["id_token"], "client_id": "registered"})
    told = [browser.get("/inspect").text]
    rows = re.findall(r'id="row-[^"]+" href="([^"]+)"', told[0])
    told += [browser.get(unescape(address)).text for address in rows]
    secrets = [pupil.password, "wrong-password", code, "v" * 43, registered.client_secret]
    secrets += [each[name] for each in (tokens, more) for name in ("access_token", "id_token")]

    assert len(rows) > 1
    assert not [secret for secret in secrets for page in told if secret in page or secret in unescape(page)]


def test_the_way_to_the_page_is_shown(browser: FlaskClient) -> None:
    assert "http://localhost:9100/inspect" in browser.get("/").text
    assert 'href="/inspect"' in browser.get("/nothing-here").text


def test_an_error_page_leads_to_its_own_exchange(browser: FlaskClient) -> None:
    page = browser.get("/op/v1/auth?client_id=x").text
    address = page.partition('data-testid="see-in-journal"')[0].rpartition('href="')[2].partition('"')[0]

    assert address.startswith("/inspect/")
    assert "redirect-uri-missing" in browser.get(address).text
