"""The journal page shows whatever anybody sent, runs nothing of it, and tells no secret."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from journal_page import newest, write

from mock_idp.journal import Endpoint
from mock_idp.web.inspect.curl import PATHS
from mock_idp.web.inspect.steps import ASKS

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from small_application import Application

    from mock_idp.provider import Provider

SPITEFUL = "\"><script>alert(1)</script>{{7*7}}'"
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
    entry.id_token = lambda: {"header": claims, "claims": claims}
    entry.finish(200, response)

    assert browser.get("/inspect").status_code == 200


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


WITHOUT_ADDRESS = {
    *(Endpoint.SIGN_IN, Endpoint.AUTHORIZATION_RESPONSE),
    *(Endpoint.TRAP, Endpoint.BACKCHANNEL_LOGOUT),
}
"""A page of its own, and what is at the application or at the trap."""


@pytest.mark.parametrize("endpoint", Endpoint)
def test_every_endpoint_has_words_and_an_address(browser: FlaskClient, provider: Provider, endpoint: Endpoint) -> None:
    assert endpoint in ASKS
    assert endpoint in PATHS or endpoint in WITHOUT_ADDRESS
    write(provider, endpoint, request={"redirect_uri": "http://127.0.0.1:9200/callback"})
    assert browser.get("/inspect").status_code == 200
