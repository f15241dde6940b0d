"""Authorization parameters, as OpenID Connect Core and a certified provider treat them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
from small_application import REDIRECT_URI

from mock_idp.domain.clients import Client
from mock_idp.settings import Policy

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from small_application import Application
    from werkzeug.test import TestResponse

    from mock_idp.domain.clock import SettableClock
    from mock_idp.provider import Provider

CHALLENGE = "c" * 43
STATES = ["é ü 学", "'\"><script>&=+%25#", "a b+c", "x" * 2048, "{}[]|\\^`", "=&=&", "%00%0a"]

REFUSED: dict[str, tuple[dict[str, str], str]] = {
    "a request object": ({"request": "e30.e30."}, "request_not_supported"),
    "the address of a request object": ({"request_uri": "https://127.0.0.1/r"}, "request_uri_not_supported"),
    "a registration": ({"registration": "{}"}, "registration_not_supported"),
    "a hybrid flow": ({"response_type": "code id_token", "response_mode": "query"}, "unsupported_response_type"),
    "code, twice": ({"response_type": "code code"}, "unsupported_response_type"),
    "CODE": ({"response_type": "CODE"}, "unsupported_response_type"),
    "an unknown mode": ({"response_mode": "web_message"}, "invalid_request"),
    "OpenID": ({"scope": "OpenID profile"}, "invalid_scope"),
    "an unknown prompt": ({"prompt": "create"}, "invalid_request"),
    "none and login": ({"prompt": "none login"}, "invalid_request"),
    "a negative age": ({"max_age": "-1"}, "invalid_request"),
    "half a second": ({"max_age": "0.5"}, "invalid_request"),
    "an age in words": ({"max_age": "old"}, "invalid_request"),
    "an age in Arabic digits": ({"max_age": "٣"}, "invalid_request"),
    "an age beyond numbers": ({"max_age": "9" * 400}, "invalid_request"),
    "a hint that is no token": ({"id_token_hint": "a.b.c"}, "invalid_request"),
    "a short challenge": ({"code_challenge": "c" * 42}, "invalid_request"),
    "a long challenge": ({"code_challenge": "c" * 129}, "invalid_request"),
    "a padded challenge": ({"code_challenge": "c" * 43 + "="}, "invalid_request"),
    "an unknown method": ({"code_challenge": CHALLENGE, "code_challenge_method": "s256"}, "invalid_request"),
    "a method alone": ({"code_challenge_method": "S256"}, "invalid_request"),
}


@pytest.mark.parametrize(("changes", "error"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused_is_told_by_redirect_and_explained_in_the_journal(
    application: Application, provider: Provider, changes: dict[str, str], error: str
) -> None:
    response = application.ask(**changes)
    assert response.location.startswith(f"{REDIRECT_URI}?")
    assert application.parameters_of(response) == {"error": error, "state": "the-state"}
    assert notes(provider)


@pytest.mark.parametrize(
    "changes",
    [
        {"display": "popup"},
        {"display": "hologram"},
        {"ui_locales": "fr-CA fr xx"},
        {"claims_locales": "nl"},
        {"claims": '{"id_token":{"auth_time":{"essential":true}}}'},
        {"claims": "no json"},
        {"prompt": "consent"},
        {"prompt": "login consent select_account"},
        {"acr_values": "urn:x"},
        {"unheard_of": "x"},
        {"resource": "https://api.example"},
        {"max_age": "0"},
        {"nonce": None},
    ],
)
def test_what_is_not_understood_or_not_needed_stands_in_nobodys_way(
    application: Application, changes: dict[str, Any]
) -> None:
    assert "code" in application.parameters_of(application.answered(**changes))


def test_the_journal_says_what_was_ignored(application: Application, provider: Provider) -> None:
    application.ask(claims="{}", prompt="consent", display="")
    told = " ".join(notes(provider))
    assert all(word in told for word in ("claims was ignored", "consent changes nothing", "without a value"))


# Parameters twice, or without a value ---------------------------------------------------------------------------------


def asked_with(application: Application, *more: tuple[str, str]) -> TestResponse:
    application.ask()
    return application.browser.get("/op/v1/auth", query_string=[*application.sent.items(), *more])


@pytest.mark.parametrize("name", ["client_id", "redirect_uri", "response_type", "response_mode", "state"])
def test_what_decides_where_the_answer_goes_is_not_redirected_when_it_comes_twice(
    application: Application, name: str
) -> None:
    response = asked_with(application, (name, "query"), (name, "query"))
    assert (response.status_code, response.location) == (400, None)
    assert name in response.text


@pytest.mark.parametrize("name", ["scope", "nonce", "prompt", "max_age", "code_challenge", "claims", "login_hint"])
def test_any_other_parameter_twice_is_told_to_the_application(application: Application, name: str) -> None:
    response = asked_with(application, (name, "openid"), (name, "openid"))
    assert application.parameters_of(response)["error"] == "invalid_request"


def test_a_parameter_that_means_nothing_here_may_come_twice(application: Application) -> None:
    assert asked_with(application, ("resource", "a"), ("resource", "b")).location.startswith("/op/sign-in/")


@pytest.mark.parametrize("name", ["prompt", "max_age", "id_token_hint", "code_challenge", "response_mode", "request"])
def test_a_parameter_without_value_is_as_if_it_was_left_out(application: Application, name: str) -> None:
    assert "code" in application.parameters_of(application.answered(**{name: ""}))


def test_a_required_parameter_without_value_is_missing(application: Application) -> None:
    assert application.ask(client_id="").status_code == 400
    assert application.ask(redirect_uri="").status_code == 400
    assert application.parameters_of(application.ask(response_type=""))["error"] == "invalid_request"
    assert application.parameters_of(application.ask(scope=""))["error"] == "invalid_scope"


def test_no_empty_state_is_told(application: Application) -> None:
    assert "state" not in application.parameters_of(application.answered(state=""))


# What is echoed -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("mode", ["query", "fragment"])
def test_state_comes_back_as_it_was_sent(application: Application, state: str, mode: str) -> None:
    for response in (
        application.answered(state=state, response_mode=mode, prompt="login"),
        application.ask(state=state, response_mode=mode, prompt="create"),
    ):
        parts = urlsplit(response.location)
        assert parse_qs(parts.query if mode == "query" else parts.fragment)["state"] == [state]


@pytest.mark.parametrize("nonce", STATES)
def test_nonce_stands_in_the_id_token_whatever_it_holds(application: Application, nonce: str) -> None:
    assert application.claims(nonce=nonce)["nonce"] == nonce


def test_a_very_long_request_is_answered(application: Application) -> None:
    state = "s" * 60_000
    assert application.parameters_of(application.answered(state=state))["state"] == state


def test_a_registered_address_keeps_its_own_query_to_the_letter(provider: Provider, application: Application) -> None:
    address = "http://127.0.0.1:9200/callback?x=a%20b&y="
    provider.main.clients.put(Client(client_id="queried", client_secret="s", redirect_uris=(address,)))
    response = application.answered(client_id="queried", redirect_uri=address)
    assert response.location.startswith(f"{address}&code=")


@pytest.mark.parametrize("response_type", ["token", "id_token", "code id_token", "id_token token"])
def test_who_asks_for_tokens_at_once_finds_the_error_in_the_fragment(
    application: Application, response_type: str
) -> None:
    location = application.ask(response_type=response_type).location
    assert parse_qs(urlsplit(location).fragment)["error"] == ["unsupported_response_type"]


# RFC 9207 -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["query", "fragment", "form_post"])
def test_answers_carry_the_issuer_where_it_is_switched_on(
    application: Application, provider: Provider, mode: str
) -> None:
    provider.main.conduct.policy = Policy(iss_parameter=True)
    answers = (
        application.answered(response_mode=mode),
        application.ask(response_mode=mode, scope="profile"),
        application.ask(response_mode=mode, prompt="none", max_age="0"),
    )
    for answer in answers:
        told = answer.text if mode == "form_post" else answer.location
        assert 'value="http://localhost:9100/op"' in told or "iss=http%3A%2F%2Flocalhost%3A9100%2Fop" in told


def test_answers_carry_no_issuer_by_default(application: Application) -> None:
    assert "iss" not in application.parameters_of(application.answered())
    assert "iss" not in application.parameters_of(application.ask(scope="profile"))


# Sessions: prompt, max_age, id_token_hint -----------------------------------------------------------------------------


def test_without_session_no_page_means_login_required(application: Application) -> None:
    assert application.parameters_of(application.ask(prompt="none"))["error"] == "login_required"


def test_with_session_no_page_gives_a_code(application: Application) -> None:
    application.answered()
    assert "code" in application.parameters_of(application.ask(prompt="none"))


def test_a_session_that_is_too_old_is_none(application: Application, clock: SettableClock) -> None:
    application.answered()
    clock.advance(seconds=61)
    assert application.ask(max_age="60").location.startswith("/op/sign-in/")
    assert application.parameters_of(application.ask(max_age="60", prompt="none"))["error"] == "login_required"


def test_an_age_of_zero_asks_to_sign_in_again(application: Application) -> None:
    application.answered()
    assert application.ask(max_age="0").location.startswith("/op/sign-in/")


def test_the_time_of_the_sign_in_is_told_when_an_age_was_asked(application: Application, clock: SettableClock) -> None:
    then = int(clock.now().timestamp())
    assert "auth_time" not in application.claims()
    clock.advance(seconds=60)
    assert (
        application.opened(application.redeem(code_of(application, max_age="3600")).get_json()["id_token"])["auth_time"]
        == then
    )


def code_of(application: Application, **changes: str) -> str:
    return application.parameters_of(application.ask(**changes))["code"]


def test_a_hint_of_who_is_signed_in_is_honoured_though_it_expired_and_its_key_is_retired(
    application: Application, provider: Provider, clock: SettableClock
) -> None:
    hint = application.tokens()["id_token"]
    provider.main.keys.rotate()
    provider.main.keys.retire()
    clock.advance(seconds=5000)
    assert "code" in application.parameters_of(application.ask(id_token_hint=hint, prompt="none"))


def test_a_hint_of_another_pupil_asks_to_sign_in(application: Application) -> None:
    hint = application.tokens("primary-pupil")["id_token"]
    application.answered("secondary-pupil", prompt="login")
    assert application.parameters_of(application.ask(id_token_hint=hint, prompt="none"))["error"] == "login_required"
    page = application.ask(id_token_hint=hint).location
    assert page.startswith("/op/sign-in/")
    assert "code" in application.parameters_of(application.browser.post(page, data={"persona": "primary-pupil"}))


def test_who_signs_in_all_the_same_as_another_pupil_is_not_let_in(application: Application, provider: Provider) -> None:
    hint = application.tokens("primary-pupil")["id_token"]
    answer = application.answered("secondary-pupil", prompt="login", id_token_hint=hint)
    assert application.parameters_of(answer)["error"] == "login_required"
    assert "Somebody else" in " ".join(notes(provider, "sign-in"))


def test_a_hint_of_another_client_issuer_or_hand_is_refused(
    application: Application, browser: FlaskClient, provider: Provider
) -> None:
    good = application.tokens()["id_token"]
    assert application.parameters_of(application.ask(client_id="b", id_token_hint=good))["error"] == "invalid_request"
    forged = f"{good[:-9]}AAAAAAAAA"
    assert application.parameters_of(application.ask(id_token_hint=forged))["error"] == "invalid_request"
    provider.main.conduct.identifier = "http://localhost:9100/elsewhere"
    assert application.parameters_of(application.ask(id_token_hint=good))["error"] == "invalid_request"
    assert "another issuer" in " ".join(notes(provider))
    assert browser


# Switches -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "is_taken"),
    [
        ({"code_challenge": CHALLENGE, "code_challenge_method": "S256"}, True),
        ({"code_challenge": CHALLENGE, "code_challenge_method": "plain"}, False),
        ({"code_challenge": CHALLENGE}, False),
        ({}, True),
    ],
)
def test_an_issuer_may_refuse_plain_challenges(
    application: Application, provider: Provider, changes: dict[str, str], *, is_taken: bool
) -> None:
    provider.main.conduct.policy = Policy(plain_challenge="strict")
    assert application.ask(**changes).location.startswith("/op/sign-in/") is is_taken
    provider.main.conduct.policy = Policy()
    assert application.ask(**changes).location.startswith("/op/sign-in/")


def test_a_scope_that_was_not_granted_may_be_refused_on_a_page(application: Application, provider: Provider) -> None:
    provider.main.conduct.policy = Policy(scope_refused="page")
    response = application.ask(scope="openid profile rrn", ui_locales="en")
    assert (response.status_code, response.location) == (400, None)
    assert "<code>openid profile rrn</code>" in response.text
    assert "ov_leerling" in response.text
    assert "rrn" in " ".join(notes(provider))


def notes(provider: Provider, endpoint: str = "authorization") -> list[str]:
    return [each for each in provider.journal.exchanges() if each.endpoint == endpoint][-1].notes
