"""Sign-out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

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
