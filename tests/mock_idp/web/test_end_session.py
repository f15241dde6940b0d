"""Sign-out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mock_idp.settings import Policy
from mock_idp.settings.policy import Unregistered

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from small_application import Application

    from mock_idp.provider import Provider


SIGNED_OUT = "http://127.0.0.1:9200/signed-out"


def test_sign_out_without_parameters_shows_a_message(application: Application, browser: FlaskClient) -> None:
    application.answered()
    response = browser.get("/op/v1/logout")
    assert (response.status_code, response.location) == (200, None)
    assert 'data-testid="signed-out"' in response.text


def test_after_sign_out_the_next_pupil_is_asked(application: Application, browser: FlaskClient) -> None:
    application.answered()
    browser.get("/op/v1/logout")
    assert application.ask().location.startswith("/op/sign-in/")


def test_a_session_cannot_be_used_after_sign_out_even_with_the_old_cookie(
    application: Application, browser: FlaskClient
) -> None:
    application.answered()
    cookie = browser.get_cookie("leerid_session", path="/op").value
    browser.get("/op/v1/logout")
    browser.set_cookie("leerid_session", cookie, domain="localhost")
    assert application.ask().location.startswith("/op/sign-in/")


def test_a_registered_address_gets_the_state_back(registered: Application) -> None:
    query = {"client_id": "registered", "post_logout_redirect_uri": SIGNED_OUT, "state": "s"}
    assert registered.browser.get("/op/v1/logout", query_string=query).location == f"{SIGNED_OUT}?state=s"


def test_no_state_is_made_up(registered: Application) -> None:
    query = {"client_id": "registered", "post_logout_redirect_uri": SIGNED_OUT}
    assert registered.browser.get("/op/v1/logout", query_string=query).location == SIGNED_OUT


def test_an_id_token_names_the_client_as_well_and_the_journal_says_that_acm_does_not_document_it(
    registered: Application, provider: Provider
) -> None:
    hint = registered.tokens()["id_token"]
    query = {"id_token_hint": hint, "post_logout_redirect_uri": SIGNED_OUT}
    assert registered.browser.get("/op/v1/logout", query_string=query).location == SIGNED_OUT
    assert "without client_id" in provider.journal.exchanges()[-1].notes[0]


def test_an_old_id_token_still_names_the_client_after_the_keys_changed(
    registered: Application, provider: Provider
) -> None:
    hint = registered.tokens()["id_token"]
    provider.main.keys.rotate()
    provider.main.keys.retire()
    query = {"id_token_hint": hint, "client_id": "registered", "post_logout_redirect_uri": SIGNED_OUT}
    assert registered.browser.get("/op/v1/logout", query_string=query).location == SIGNED_OUT


def test_a_new_key_under_an_old_name_signs_hints_as_well(registered: Application, provider: Provider) -> None:
    provider.main.keys.replace()
    hint = registered.tokens()["id_token"]
    query = {"id_token_hint": hint, "client_id": "registered", "post_logout_redirect_uri": SIGNED_OUT}
    assert registered.browser.get("/op/v1/logout", query_string=query).location == SIGNED_OUT


@pytest.mark.parametrize(
    "query",
    [
        {"client_id": "registered", "post_logout_redirect_uri": "https://evil.example/"},
        {"client_id": "registered", "post_logout_redirect_uri": f"{SIGNED_OUT}/"},
        {"post_logout_redirect_uri": SIGNED_OUT},
        {"client_id": "other", "post_logout_redirect_uri": "https://evil.example/"},
    ],
)
def test_nobody_is_sent_to_an_address_that_is_not_registered(
    registered: Application, provider: Provider, query: Any
) -> None:
    response = registered.browser.get("/op/v1/logout", query_string=query)
    assert (response.status_code, response.location) == (200, None)
    assert "nobody was sent back" in provider.journal.exchanges()[-1].notes[0]


@pytest.mark.parametrize("hint", ["no.token", "x", "é"])
def test_a_wrong_hint_is_explained_and_nobody_is_sent_anywhere(registered: Application, hint: str) -> None:
    query = {"id_token_hint": hint, "client_id": "registered", "post_logout_redirect_uri": SIGNED_OUT}
    response = registered.browser.get("/op/v1/logout", query_string=query)
    assert (response.status_code, response.location) == (400, None)


def test_a_hint_for_another_client_is_refused(registered: Application, application: Application) -> None:
    hint = application.tokens()["id_token"]
    query = {"id_token_hint": hint, "client_id": "registered", "post_logout_redirect_uri": SIGNED_OUT}
    assert registered.browser.get("/op/v1/logout", query_string=query).status_code == 400


def test_sign_out_may_come_by_post(registered: Application) -> None:
    form = {"client_id": "registered", "post_logout_redirect_uri": SIGNED_OUT, "state": "s"}
    assert registered.browser.post("/op/v1/logout", data=form).location == f"{SIGNED_OUT}?state=s"


# What a developer is told --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"post_logout_redirect_uri": SIGNED_OUT}, "came without client_id"),
        ({"client_id": "registered", "post_logout_redirect_uri": f"{SIGNED_OUT}/"}, "not registered for this client"),
    ],
)
def test_the_page_tells_developers_why_nobody_is_sent_back(registered: Application, query: Any, words: str) -> None:
    page = registered.browser.get("/op/v1/logout", query_string=query | {"lang": "en"}).text
    assert 'data-testid="signed-out"' in page
    assert words in page


@pytest.mark.parametrize("query", [{}, {"client_id": "registered"}])
def test_without_an_address_there_is_nothing_to_explain(registered: Application, query: Any) -> None:
    assert 'data-testid="why"' not in registered.browser.get("/op/v1/logout", query_string=query).text


@pytest.mark.parametrize(
    ("query", "refused"),
    [
        ({"post_logout_redirect_uri": SIGNED_OUT}, "sign-out-without-client"),
        ({"client_id": "registered", "post_logout_redirect_uri": "https://evil.example/"}, "sign-out-not-registered"),
    ],
)
def test_an_address_that_cannot_be_gone_to_can_be_an_error_and_the_session_ends_all_the_same(
    registered: Application, provider: Provider, query: Any, refused: str
) -> None:
    provider.main.conduct.policy = Policy(sign_out_unregistered=Unregistered.REFUSED)
    registered.answered()
    response = registered.browser.get("/op/v1/logout", query_string=query)
    assert (response.status_code, response.location) == (400, None)
    assert provider.journal.exchanges()[-1].response == {"refused": refused}
    assert registered.ask().location.startswith("/op/sign-in/")


# One application and the others --------------------------------------------------------------------------------------


def test_what_another_application_was_given_goes_on(registered: Application, application: Application) -> None:
    tokens = application.tokens()
    query = {"client_id": "registered", "post_logout_redirect_uri": SIGNED_OUT}
    registered.browser.get("/op/v1/logout", query_string=query)
    assert application.userinfo(tokens["access_token"]).status_code == 200


@pytest.mark.parametrize("back", ["/op/v1/logout", None])
def test_a_second_pupil_in_the_same_browser_is_never_the_first(application: Application, back: str | None) -> None:
    first = application.claims("primary-pupil")
    application.browser.get(back or f"/op/v1/logout?client_id=anybody&post_logout_redirect_uri={SIGNED_OUT}")
    page = application.ask().location
    assert page.startswith("/op/sign-in/")
    assert "error=login_required" in application.ask(prompt="none").location
    second = application.claims("secondary-pupil")
    assert (first["sub"] != second["sub"], second["given_name"]) == (True, "Noah")
    again = application.redeem(application.parameters_of(application.ask())["code"]).get_json()
    assert application.opened(again["id_token"])["sub"] == second["sub"]


def test_a_page_left_open_by_the_first_pupil_does_not_bring_them_back(application: Application) -> None:
    left_open = application.ask().location
    application.answered("primary-pupil", prompt="login")
    application.browser.get("/op/v1/logout")
    answer = application.browser.post(left_open, data={"persona": "secondary-pupil"})
    code = application.parameters_of(answer)["code"]
    assert application.opened(application.redeem(code).get_json()["id_token"])["given_name"] == "Noah"
