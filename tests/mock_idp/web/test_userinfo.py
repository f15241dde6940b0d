"""Userinfo, and who is refused there."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from joserfc import jws
from joserfc.jwk import RSAKey

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from small_application import Application

    from mock_idp.domain.clock import SettableClock
    from mock_idp.provider import Provider


def arm(provider: Provider, browser: FlaskClient, **armed: Any) -> None:
    """Let this browser's sign-ins meet what is armed."""
    browser.set_cookie("leerid_stage", provider.stages.open(**armed).id)


def test_userinfo_answers_the_bearer_of_a_token(application: Application) -> None:
    assert application.userinfo(application.tokens()["access_token"]).get_json()["given_name"] == "Noah"


def test_userinfo_may_be_asked_by_post(application: Application, browser: FlaskClient) -> None:
    header = {"Authorization": f"Bearer {application.tokens()['access_token']}"}
    assert browser.post("/op/v1/userinfo", headers=header).status_code == 200


@pytest.mark.parametrize("header", [None, "Basic eDp5", "Bearer", "nonsense"])
def test_without_bearer_the_challenge_carries_no_error_code(browser: FlaskClient, header: str | None) -> None:
    response = browser.get("/op/v1/userinfo", headers={"Authorization": header} if header else {})
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == 'Bearer realm="userinfo"'


def test_an_unknown_token_is_refused_as_rfc_6750_says(application: Application) -> None:
    response = application.userinfo("unknown")
    assert response.status_code == 401
    assert 'error="invalid_token"' in response.headers["WWW-Authenticate"]


def test_an_access_token_lives_an_hour(application: Application, clock: SettableClock) -> None:
    token = application.tokens()["access_token"]
    clock.advance(seconds=3599)
    assert application.userinfo(token).status_code == 200
    clock.advance(seconds=1)
    assert application.userinfo(token).status_code == 401


def test_a_token_in_the_query_is_refused_with_a_note(
    application: Application, browser: FlaskClient, provider: Provider
) -> None:
    token = application.tokens()["access_token"]
    assert browser.get("/op/v1/userinfo", query_string={"access_token": token}).status_code == 401
    exchange = provider.journal.exchanges()[-1]
    assert exchange.request["bearer"] == "query"
    assert "Authorization header" in exchange.notes[0]


def test_userinfo_that_is_to_be_a_token_is_signed_with_the_key_of_the_issuer(
    application: Application, browser: FlaskClient, provider: Provider
) -> None:
    keys = RSAKey.import_key(browser.get("/op/v1/keys").get_json()["keys"][0])
    arm(provider, browser, circumstances=("userinfo.signed",))

    answer = application.userinfo(application.tokens()["access_token"])
    claims = json.loads(jws.deserialize_compact(answer.get_data(), keys, algorithms=["RS256"]).payload)

    assert answer.content_type == "application/jwt"
    assert (claims["iss"], claims["aud"]) == ("http://localhost:9100/op", application.client_id)
    assert claims["given_name"] == "Noah"


def test_the_journal_tells_the_claims_of_userinfo_that_is_a_token(
    application: Application, browser: FlaskClient, provider: Provider
) -> None:
    arm(provider, browser, faults=("userinfo.signed-by-nobody",))

    application.userinfo(application.tokens()["access_token"])

    assert provider.journal.exchanges()[-1].response["given_name"] == "Noah"
