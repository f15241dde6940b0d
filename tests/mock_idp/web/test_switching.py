"""Changing identity the old way: sign-out of one application with `switch`, while the session at ACM stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from small_application import REDIRECT_URI, Application

from mock_idp.domain.clients import Client

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from mock_idp.provider import Provider

BACK = "http://127.0.0.1:9200/start"
SCOPE = "openid profile vo"


def register(provider: Provider, browser: FlaskClient, client_id: str) -> Application:
    client = {
        "client_id": client_id,
        "client_secret": "anything",
        "redirect_uris": (REDIRECT_URI,),
        "post_logout_redirect_uris": (BACK,),
        "claims_profile": "acm-2024",
        "identity_level": "organisation",
    }
    provider.main.clients.put(Client.model_validate(client))
    return Application(browser=browser, client_id=client_id)


@pytest.fixture
def signed_in(provider: Provider, browser: FlaskClient) -> Application:
    """An application to which a teacher came as a citizen."""
    application = register(provider, browser, "switching")
    page = application.answered("teacher", scope=SCOPE).location
    assert "code=" in browser.post(page, data={"identity": "BUR"}).location
    return application


def switch(application: Application, query: str = "switch", **changes: str | None) -> TestResponse:
    members = {"client_id": application.client_id, "post_logout_redirect_uri": BACK, **changes}
    sent = "&".join(f"{name}={value}" for name, value in members.items() if value is not None)
    return application.browser.get(f"/op/v1/logout?{query}&{sent}")


def is_chooser(answer: TestResponse) -> bool:
    return bool(answer.location) and answer.location.endswith("/identity")


def organisation(application: Application, answer: TestResponse) -> Any:
    code = application.parameters_of(answer)["code"]
    return application.opened(application.redeem(code).get_json()["id_token"]).get("vo_orgcode")


@pytest.mark.parametrize("query", ["switch", "switch=", "switch=true", "switch=false"])
def test_the_next_sign_in_shows_the_chooser_whatever_the_value(signed_in: Application, query: str) -> None:
    assert "code" in signed_in.parameters_of(signed_in.ask(scope=SCOPE))
    assert switch(signed_in, query).location == BACK
    page = signed_in.ask(scope=SCOPE)
    assert is_chooser(page)
    answer = signed_in.browser.post(page.location, data={"identity": "OV 700101"})
    assert organisation(signed_in, answer) == "700101"


def test_state_comes_back(signed_in: Application) -> None:
    assert switch(signed_in, state="s").location == f"{BACK}?state=s"


def test_after_choosing_the_chooser_is_gone_again(signed_in: Application) -> None:
    switch(signed_in)
    signed_in.browser.post(signed_in.ask(scope=SCOPE).location, data={"identity": "OV 700101"})
    assert organisation(signed_in, signed_in.ask(scope=SCOPE)) == "700101"


def test_until_somebody_chose_the_chooser_comes_again(signed_in: Application) -> None:
    switch(signed_in)
    assert is_chooser(signed_in.ask(scope=SCOPE))
    assert is_chooser(signed_in.ask(scope=SCOPE))


def test_other_applications_notice_nothing(signed_in: Application, provider: Provider, browser: FlaskClient) -> None:
    switch(signed_in)
    other = register(provider, browser, "other")
    assert "code" in other.parameters_of(other.ask(scope=SCOPE))


def test_tokens_go_on(signed_in: Application) -> None:
    code = signed_in.parameters_of(signed_in.ask(scope=SCOPE))["code"]
    access_token = signed_in.redeem(code).get_json()["access_token"]
    switch(signed_in)
    assert signed_in.userinfo(access_token).status_code == 200


def test_without_a_page_the_choice_is_an_error(signed_in: Application) -> None:
    switch(signed_in)
    answer = signed_in.parameters_of(signed_in.ask(scope=SCOPE, prompt="none"))
    assert answer["error"] == "interaction_required"


def test_with_one_identity_nothing_is_asked(provider: Provider, browser: FlaskClient) -> None:
    application = register(provider, browser, "switching")
    application.answered("citizen", scope=SCOPE)
    assert switch(application).location == BACK
    assert "code" in application.parameters_of(application.ask(scope=SCOPE))


def test_without_a_session_the_next_sign_in_is_ordinary(provider: Provider, browser: FlaskClient) -> None:
    application = register(provider, browser, "switching")
    assert switch(application).location == BACK
    assert "Nobody is signed in" in provider.journal.exchanges()[-1].notes[-1]
    assert application.ask(scope=SCOPE).location.startswith("/op/sign-in/")


@pytest.mark.parametrize(
    "changes",
    [
        {"client_id": None},
        {"post_logout_redirect_uri": None},
        {"client_id": None, "post_logout_redirect_uri": None},
        {"post_logout_redirect_uri": "https://evil.example/"},
        {"client_id": "nobody", "post_logout_redirect_uri": "https://evil.example/"},
    ],
)
def test_both_parameters_are_required_and_else_nothing_changes(
    signed_in: Application, provider: Provider, changes: dict[str, str | None]
) -> None:
    answer = switch(signed_in, **changes)
    assert (answer.status_code, answer.location) == (400, None)
    exchange = provider.journal.exchanges()[-1]
    assert exchange.response == {"refused": "switch-incomplete"}
    assert "switch needs client_id and a registered post_logout_redirect_uri" in exchange.notes[-1]
    assert "code" in signed_in.parameters_of(signed_in.ask(scope=SCOPE))


def test_a_hint_does_not_stand_for_client_id(signed_in: Application) -> None:
    code = signed_in.parameters_of(signed_in.ask(scope=SCOPE))["code"]
    hint = signed_in.redeem(code).get_json()["id_token"]
    assert switch(signed_in, client_id=None, id_token_hint=hint).status_code == 400


def test_an_ordinary_sign_out_forgets_who_was_switching(signed_in: Application) -> None:
    switch(signed_in)
    signed_in.browser.get("/op/v1/logout")
    assert signed_in.ask(scope=SCOPE).location.startswith("/op/sign-in/")


def test_many_applications_switching_do_not_fill_a_session(
    signed_in: Application, provider: Provider, browser: FlaskClient
) -> None:
    for number in range(40):
        switch(signed_in, client_id=f"open-{number}")
    session_id = browser.get_cookie("leerid_session", path="/op").value
    session = provider.main.sign_ins.sessions.find(session_id, "default")
    assert session
    assert len(session.switching) == 16
    assert session.switching[-1] == "open-39"
