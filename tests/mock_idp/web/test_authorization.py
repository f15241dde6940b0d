"""Authorization requests: who is redirected, where, and with what."""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from mock_idp.domain.clients import Client

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from small_application import Application

    from mock_idp.domain.clock import SettableClock
    from mock_idp.provider import Provider


REDIRECT_URI = "http://127.0.0.1:9200/callback"


def test_a_good_request_leads_to_the_sign_in_page(application: Application) -> None:
    assert application.ask().location.startswith("/op/sign-in/")


def test_the_answer_carries_code_and_state(application: Application) -> None:
    response = application.answered()
    assert response.location.startswith(f"{REDIRECT_URI}?")
    assert application.parameters_of(response).keys() == {"code", "state"}
    assert application.parameters_of(response)["state"] == "the-state"


def test_no_state_is_made_up(application: Application) -> None:
    assert application.parameters_of(application.answered(state=None)).keys() == {"code"}


@pytest.mark.parametrize(
    "redirect_uri",
    [
        "https://evil.example/callback",
        "http://127.0.0.1.evil.example/",
        "http://localhost@evil.example/",
        "//evil.example",
        "javascript:alert(1)",
        "http://127.0.0.1:9200/callback#fragment",
        "http://[::1",
        "é",
        None,
    ],
)
def test_in_the_open_mode_nobody_is_redirected_beyond_this_computer(
    application: Application, redirect_uri: str
) -> None:
    response = application.ask(redirect_uri=redirect_uri)
    assert response.status_code == 400
    assert response.location is None
    assert 'data-testid="provider-error"' in response.text


@pytest.mark.parametrize("redirect_uri", [f"{REDIRECT_URI}/", "http://localhost:9200/callback", f"{REDIRECT_URI}?x=1"])
def test_a_registered_client_is_redirected_only_to_its_registered_uris(
    registered: Application, redirect_uri: str
) -> None:
    response = registered.ask(redirect_uri=redirect_uri)
    assert (response.status_code, response.location) == (400, None)
    assert redirect_uri in unescape(response.text)
    assert REDIRECT_URI in response.text


def test_a_request_without_client_is_never_redirected(application: Application) -> None:
    assert (application.ask(client_id=None).status_code, application.ask(client_id=None).location) == (400, None)


def test_with_a_clients_file_an_unknown_client_is_never_redirected(
    application: Application, provider: Provider
) -> None:
    provider.main.conduct.is_open = False
    response = application.ask(client_id="<script>alert(1)</script>")
    assert (response.status_code, response.location) == (400, None)
    assert "<script>alert" not in response.text
    assert "&lt;script&gt;alert(1)" in response.text


def test_a_repeated_parameter_is_never_redirected(application: Application) -> None:
    query = [("client_id", "a"), ("client_id", "b"), ("redirect_uri", REDIRECT_URI), ("response_type", "code")]
    assert application.browser.get("/op/v1/auth", query_string=query).status_code == 400


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"response_type": "token", "response_mode": "query"}, "unsupported_response_type"),
        ({"response_type": 'é"<'}, "unsupported_response_type"),
        ({"response_type": None}, "invalid_request"),
        ({"scope": "openid profile rrn"}, "invalid_scope"),
        ({"scope": 'openid é"\\'}, "invalid_scope"),
        ({"scope": "profile"}, "invalid_scope"),
        ({"scope": None}, "invalid_scope"),
        ({"response_mode": "smoke_signal"}, "invalid_request"),
        ({"prompt": "none"}, "login_required"),
    ],
)
def test_a_wrong_request_is_refused_at_once_on_the_redirect(
    application: Application, changes: dict[str, Any], error: str
) -> None:
    response = application.ask(**changes)
    assert response.location.startswith(REDIRECT_URI)
    parameters = application.parameters_of(response)
    assert (parameters["error"], parameters["state"]) == (error, "the-state")
    assert "code" not in parameters


def test_a_scope_that_was_not_granted_is_refused_before_any_page(registered: Application, provider: Provider) -> None:
    client = provider.main.clients.get("registered")
    provider.main.clients.put(client.model_copy(update={"scopes": ("openid", "profile")}))
    assert registered.parameters_of(registered.ask())["error"] == "invalid_scope"


def test_the_answer_can_come_in_the_fragment(application: Application) -> None:
    response = application.answered(response_mode="fragment")
    assert dict(parse_qsl(urlsplit(response.location).fragment)).keys() == {"code", "state"}
    assert not urlsplit(response.location).query


def test_the_answer_can_come_as_a_form_that_works_without_script(application: Application) -> None:
    response = application.answered(response_mode="form_post", state='"><script>alert(1)</script>')
    assert response.status_code == 200
    assert f'action="{REDIRECT_URI}"' in response.text
    assert 'name="code"' in response.text
    assert "<script>alert" not in response.text
    assert '<button class="primary" type="submit"' in response.text


def test_the_script_of_the_form_runs_by_nonce_only(application: Application) -> None:
    first = application.answered(response_mode="form_post")
    second = application.answered(response_mode="form_post", prompt="login")
    policies = [each.headers["Content-Security-Policy"] for each in (first, second)]
    assert len(set(policies)) == 2
    assert policies[0].split("'nonce-")[1].split("'")[0] in first.text
    assert "unsafe-inline" not in policies[0]


def test_an_error_follows_the_response_mode(application: Application) -> None:
    response = application.ask(response_mode="form_post", scope="profile")
    assert response.status_code == 200
    assert 'value="invalid_scope"' in response.text


def test_a_request_may_come_by_post(application: Application, browser: FlaskClient) -> None:
    application.ask()
    assert browser.post("/op/v1/auth", data=application.sent).location.startswith("/op/sign-in/")


def test_a_second_application_is_answered_without_page_for_two_hours(
    application: Application, clock: SettableClock
) -> None:
    application.answered()
    clock.advance(seconds=7199)
    assert "code" in application.parameters_of(application.ask(client_id="another"))
    clock.advance(seconds=1)
    assert application.ask().location.startswith("/op/sign-in/")


@pytest.mark.parametrize("changes", [{"prompt": "login"}, {"prompt": "select_account"}, {"max_age": "5"}])
def test_an_application_can_ask_to_sign_in_again(
    application: Application, clock: SettableClock, changes: dict[str, Any]
) -> None:
    application.answered()
    clock.advance(seconds=10)
    assert application.ask(**changes).location.startswith("/op/sign-in/")


def test_nobody_needs_to_sign_in_again_within_max_age(application: Application, clock: SettableClock) -> None:
    application.answered()
    clock.advance(seconds=10)
    assert "code" in application.parameters_of(application.ask(max_age="60"))


def test_a_session_of_one_stage_is_not_one_of_another(
    application: Application, browser: FlaskClient, provider: Provider
) -> None:
    application.answered()
    browser.set_cookie("leerid_stage", provider.stages.open().id, domain="localhost")
    assert application.ask().location.startswith("/op/sign-in/")


def test_a_client_may_have_a_redirect_uri_of_its_own_scheme_but_no_form(
    provider: Provider, application: Application
) -> None:
    provider.main.clients.put(
        Client(client_id="native", redirect_uris=("app.example:/callback",), token_endpoint_auth_method="none")
    )
    native = {"client_id": "native", "redirect_uri": "app.example:/callback", "code_challenge": "c" * 43}
    assert application.ask(**native).location.startswith("/op/sign-in/")
    assert "error=invalid_request" in application.ask(**native, response_mode="form_post").text


def test_an_account_that_was_blocked_since_its_session_began_gets_nobody_in(
    application: Application, provider: Provider
) -> None:
    provider.stages.change("default", calendar_offset_days=-20)
    assert "code" in application.parameters_of(application.answered("account-blocked"))
    provider.stages.change("default", calendar_offset_days=0)
    assert application.parameters_of(application.ask())["error"] == "access_denied"
