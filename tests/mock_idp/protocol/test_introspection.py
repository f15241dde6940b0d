"""Introspection: what stands behind a token, for those whom it concerns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from asserting import JWKS, asserted
from joserfc import jwt
from joserfc.jwk import KeySet
from small_application import REDIRECT_URI, Application

from mock_idp.domain.clients import AuthMethod
from mock_idp.settings import Policy
from mock_idp.settings.policy import Strictness

if TYPE_CHECKING:
    from mock_idp.domain.clock import SettableClock
    from mock_idp.provider import Provider

INACTIVE = {"active": False}


@pytest.fixture
def tokens(registered: Application) -> dict[str, Any]:
    return registered.tokens()


@pytest.fixture
def told(registered: Application, tokens: dict[str, Any]) -> dict[str, Any]:
    response = registered.introspect(tokens["access_token"])
    assert (response.status_code, response.headers["Cache-Control"]) == (200, "no-store")
    return dict(response.get_json())


def test_the_answer_looks_as_documented_and_seen(told: dict[str, Any], clock: SettableClock) -> None:
    now = int(clock.now().timestamp())
    of_the_token = {name: told[name] for name in ("active", "client_id", "exp", "iat", "iss", "token_type", "aud")}
    assert of_the_token == {
        "active": True,
        "client_id": "registered",
        "exp": now + 3600,
        "iat": now,
        "iss": "http://localhost:9100/op",
        "token_type": "bearer",
        "aud": "registered",
    }
    assert set(told["scope"].split()) == {"openid", "profile", "ov_leerling"}
    assert (told["given_name"], len(told["sub"])) == ("Noah", 36)


def test_it_tells_the_same_of_the_pupil_as_userinfo(
    registered: Application, tokens: dict[str, Any], told: dict[str, Any]
) -> None:
    assert registered.userinfo(tokens["access_token"]).get_json().items() <= told.items()


def test_jwt_is_a_signed_copy_of_the_answer_unless_switched_off(
    registered: Application, tokens: dict[str, Any], told: dict[str, Any], provider: Provider
) -> None:
    keys = KeySet.import_key_set(registered.browser.get("/op/v1/keys").get_json())
    copy = jwt.decode(told.pop("jwt"), keys, algorithms=["RS256"])
    assert copy.claims == told
    assert copy.header["alg"] == "RS256"
    provider.main.conduct.policy = Policy(introspection_jwt=False)
    assert registered.introspect(tokens["access_token"]).get_json() == told


@pytest.mark.parametrize("hint", ["access_token", "refresh_token", "whatever", None])
def test_a_hint_changes_nothing(registered: Application, tokens: dict[str, Any], hint: str | None) -> None:
    assert registered.introspect(tokens["access_token"], token_type_hint=hint).get_json()["active"] is True


def test_a_refresh_token_is_no_bearer_token(application: Application) -> None:
    token = application.tokens(scope="openid offline_access")["refresh_token"]
    answer = application.introspect(token).get_json()
    assert answer["active"] is True
    assert "token_type" not in answer
    application.refresh(token)
    assert application.introspect(token).get_json() == INACTIVE


def test_what_is_unknown_expired_or_revoked_is_inactive_and_nothing_more(
    registered: Application, clock: SettableClock, provider: Provider
) -> None:
    assert registered.introspect("never-issued").get_json() == INACTIVE
    assert "unknown, has expired or was revoked" in provider.journal.exchanges()[-1].notes[0]
    code = registered.code()
    token = registered.redeem(code).get_json()["access_token"]
    registered.redeem(code)
    assert registered.introspect(token).get_json() == INACTIVE
    late = registered.tokens(prompt="login")["access_token"]
    clock.advance(seconds=3600)
    assert registered.introspect(late).get_json() == INACTIVE


def test_a_token_that_concerns_others_is_inactive_unless_the_policy_tells_everybody(
    registered: Application, application: Application, provider: Provider, tokens: dict[str, Any]
) -> None:
    assert application.introspect(tokens["access_token"]).get_json() == INACTIVE
    assert "neither issued to anybody nor meant for it" in provider.journal.exchanges()[-1].notes[-1]
    provider.main.conduct.policy = Policy(token_parties=Strictness.LENIENT)
    assert application.introspect(tokens["access_token"]).get_json()["active"] is True
    assert registered.introspect(tokens["access_token"]).get_json()["active"] is True


def test_the_credential_manager_is_told_when_asked_for(registered: Application, tokens: dict[str, Any]) -> None:
    asked = registered.introspect(tokens["access_token"], token_endpoint_auth="credential_manager").get_json()
    assert asked["credential_manager"] == {"code": "registered", "name": "registered"}
    other = registered.introspect(tokens["access_token"], token_endpoint_auth="other").get_json()
    assert "credential_manager" not in other


def test_who_does_not_prove_who_they_are_learns_nothing(registered: Application, tokens: dict[str, Any]) -> None:
    form = {"token": tokens["access_token"], "client_id": "registered"}
    for headers in ({}, Application(browser=registered.browser, client_id="registered").basic()):
        refused = registered.browser.post("/op/v1/introspect", data=form, headers=headers)
        assert (refused.status_code, refused.get_json()) == (401, {"error": "invalid_client"})
        assert "error_description" not in refused.headers["WWW-Authenticate"]


def test_without_token_the_request_is_wrong(registered: Application) -> None:
    assert registered.introspect("").get_json() == {"error": "invalid_request"}


def test_a_token_in_the_query_is_not_read(registered: Application, tokens: dict[str, Any]) -> None:
    query = {"token": tokens["access_token"]}
    response = registered.browser.post("/op/v1/introspect", query_string=query, headers=registered.basic())
    assert response.get_json() == {"error": "invalid_request"}


def test_the_journal_tells_of_which_sign_in_and_stage_the_token_is(
    provider: Provider, tokens: dict[str, Any], told: dict[str, Any]
) -> None:
    exchange = provider.journal.exchanges()[-1]
    assert (exchange.endpoint, exchange.stage, exchange.client_id) == ("introspection", "default", "registered")
    assert exchange.flow == provider.journal.exchanges()[0].flow
    assert exchange.account == told["sub"]
    assert tokens["access_token"] not in exchange.model_dump_json()
    assert told["jwt"] not in exchange.model_dump_json()


def test_a_signed_assertion_proves_who_asks(registered: Application, provider: Provider, clock: SettableClock) -> None:
    client = provider.main.clients.get("registered")
    assert client is not None
    keys = {"token_endpoint_auth_method": AuthMethod.PRIVATE_KEY_JWT, "jwks": JWKS, "client_secret": None}
    provider.main.clients.put(client.model_copy(update=keys))
    form = {"grant_type": "authorization_code", "code": registered.code(), "redirect_uri": REDIRECT_URI}
    token = registered.browser.post("/op/v1/token", data=form | asserted(clock)).get_json()["access_token"]
    proof = asserted(clock)
    answers = [registered.browser.post("/op/v1/introspect", data={"token": token, **proof}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 401]
    assert answers[0].get_json()["active"] is True


def test_what_a_stage_does_to_the_claims_is_told_here_too(registered: Application, provider: Provider) -> None:
    provider.stages.change("default", circumstances=("claims.account-uuid-list",))
    token = registered.tokens()["access_token"]
    told = registered.introspect(token).get_json()
    assert told["ov_account_uuid"] == registered.userinfo(token).get_json()["ov_account_uuid"] == [told["sub"]]
    assert provider.journal.exchanges()[-1].endpoint == "userinfo"
    assert provider.journal.exchanges()[-2].fired == ["claims.account-uuid-list"]
