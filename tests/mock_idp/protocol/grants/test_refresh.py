"""Refreshing: with offline_access, each token once, for a time that is counted from the sign-in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from small_application import REDIRECT_URI, Application

from mock_idp.domain.clients import Client
from mock_idp.settings.policy import RefreshError, Reuse

if TYPE_CHECKING:
    from collections.abc import Callable

    from werkzeug.test import TestResponse

    from mock_idp.domain.clock import SettableClock
    from mock_idp.provider import Provider

SCOPE = "openid profile ov_leerling offline_access"
EIGHT_HOURS_S = 28_800


def refused(response: TestResponse, error: str = "invalid_request") -> bool:
    return (response.status_code, response.get_json()) == (400, {"error": error})


def last_notes(provider: Provider) -> str:
    return " ".join(provider.journal.exchanges()[-1].notes)


def all_notes(provider: Provider) -> str:
    return " ".join(note for each in provider.journal.exchanges() for note in each.notes)


def test_a_refresh_token_comes_with_offline_access_only(application: Application) -> None:
    assert len(application.tokens(scope=SCOPE)["refresh_token"]) == 43
    assert "refresh_token" not in application.tokens(prompt="login")


def test_offline_access_is_for_those_whose_registration_has_it(registered: Application, provider: Provider) -> None:
    refusal = registered.parameters_of(registered.ask(scope=SCOPE))
    assert refusal["error"] == "invalid_scope"
    assert "'offline_access' is not among those that this client was registered for" in all_notes(provider)
    client = provider.main.clients.get("registered")
    assert client is not None
    provider.main.clients.put(client.model_copy(update={"scopes": tuple(SCOPE.split())}))
    assert "refresh_token" in registered.tokens(scope=SCOPE)


def last_notes_of_check(provider: Provider) -> str:
    return " ".join(note for each in provider.journal.exchanges() for note in each.notes)


def test_the_answer_looks_as_documented(application: Application) -> None:
    response = application.refresh(application.tokens(scope=SCOPE)["refresh_token"], scope="openid profile ov_leerling")
    body = response.get_json()
    assert response.status_code == 200
    assert (response.headers["Cache-Control"], response.headers["Pragma"]) == ("no-store", "no-cache")
    assert set(body) == {"access_token", "token_type", "refresh_token", "expires_in"}
    assert (body["token_type"], body["expires_in"], len(body["refresh_token"])) == ("Bearer", 3600, 43)


def test_a_refresh_token_works_once_and_the_new_one_continues(application: Application, provider: Provider) -> None:
    first = application.tokens(scope=SCOPE)["refresh_token"]
    second = application.refresh(first).get_json()["refresh_token"]
    assert refused(application.refresh(first))
    assert "was used before" in last_notes(provider)
    assert application.refresh(second).status_code == 200


def test_a_used_token_that_comes_back_revokes_the_others_where_the_policy_says_so(
    application: Application, obey: Callable[..., None]
) -> None:
    obey(refresh_reuse=Reuse.REVOKED)
    first = application.tokens(scope=SCOPE)
    second = application.refresh(first["refresh_token"]).get_json()
    assert refused(application.refresh(first["refresh_token"]))
    assert refused(application.refresh(second["refresh_token"]))
    assert application.userinfo(first["access_token"]).status_code == 401
    assert application.userinfo(second["access_token"]).status_code == 401


def test_the_window_is_counted_from_the_sign_in_and_a_refresh_does_not_widen_it(
    application: Application, clock: SettableClock, provider: Provider
) -> None:
    token = application.tokens(scope=SCOPE)["refresh_token"]
    clock.advance(seconds=EIGHT_HOURS_S - 1)
    token = application.refresh(token).get_json()["refresh_token"]
    clock.advance(seconds=1)
    assert refused(application.refresh(token))
    assert "time is over" in last_notes(provider)


def test_the_window_is_counted_from_the_session_that_let_somebody_in(
    application: Application, clock: SettableClock, obey: Callable[..., None]
) -> None:
    obey(refresh_ttl_s=3600)
    application.tokens()
    clock.advance(seconds=3000)
    code = application.parameters_of(application.ask(scope=SCOPE))["code"]
    token = application.redeem(code).get_json()["refresh_token"]
    clock.advance(seconds=600)
    assert refused(application.refresh(token))


@pytest.mark.parametrize("error", RefreshError)
def test_an_unknown_token_is_refused_as_the_policy_says_and_a_late_one_as_documented(
    application: Application, clock: SettableClock, obey: Callable[..., None], error: RefreshError
) -> None:
    obey(refresh_refused=error)
    token = application.tokens(scope=SCOPE)["refresh_token"]
    assert refused(application.refresh("unknown"), error)
    clock.advance(seconds=EIGHT_HOURS_S)
    assert refused(application.refresh(token))


def test_a_token_of_another_client_is_refused_and_stays_good(application: Application, registered: Application) -> None:
    token = application.tokens(scope=SCOPE)["refresh_token"]
    assert refused(registered.refresh(token))
    assert application.refresh(token).status_code == 200


def test_a_request_without_token_is_refused(application: Application) -> None:
    assert refused(application.ask_token(grant_type="refresh_token"))


def test_the_scope_can_be_narrowed_for_a_while(application: Application) -> None:
    narrowed = application.refresh(application.tokens(scope=SCOPE)["refresh_token"], scope="openid profile").get_json()
    assert set(application.userinfo(narrowed["access_token"]).get_json()) == {"sub", "given_name", "family_name"}
    whole = application.refresh(narrowed["refresh_token"]).get_json()
    assert "ov_account_uuid" in application.userinfo(whole["access_token"]).get_json()


def test_the_scope_cannot_be_widened_and_the_token_stays_good(application: Application, provider: Provider) -> None:
    token = application.tokens(scope="openid profile offline_access")["refresh_token"]
    assert refused(application.refresh(token, scope="openid profile ov_leerling"), "invalid_scope")
    assert "not widen" in last_notes(provider)
    assert application.refresh(token).status_code == 200


def test_what_is_released_after_a_refresh_is_true_then(application: Application, provider: Provider) -> None:
    provider.stages.change("default", calendar_offset_days=-20)
    first = application.tokens("email-changed", scope=SCOPE)
    provider.stages.change("default", calendar_offset_days=0)
    second = application.refresh(first["refresh_token"]).get_json()
    assert application.userinfo(first["access_token"]).get_json()["email"] == "imane@thuis.example"
    assert "email" not in application.userinfo(second["access_token"]).get_json()


def test_somebody_who_was_blocked_since_is_not_refreshed(application: Application, provider: Provider) -> None:
    provider.stages.change("default", calendar_offset_days=-60)
    token = application.tokens("account-blocked", scope=SCOPE)["refresh_token"]
    provider.stages.change("default", calendar_offset_days=0)
    assert refused(application.refresh(token))
    assert "This account cannot be used: blocked." in last_notes(provider)


def test_no_token_is_given_while_the_datastore_is_away_and_the_old_one_stays_good(
    application: Application, provider: Provider
) -> None:
    token = application.tokens(scope=SCOPE)["refresh_token"]
    provider.stages.change("default", circumstances=("datastore.away",))
    away = application.refresh(token)
    assert (away.status_code, away.get_json()) == (503, {"error": "temporarily_unavailable"})
    provider.stages.change("default", circumstances=())
    assert application.refresh(token).status_code == 200


def test_an_id_token_comes_where_the_policy_says_so_without_nonce(
    application: Application, clock: SettableClock, obey: Callable[..., None]
) -> None:
    obey(refresh_id_token=True)
    first = application.tokens(scope=SCOPE, max_age="3600")
    clock.advance(seconds=60)
    second = application.refresh(first["refresh_token"]).get_json()
    before, after = (application.opened(each["id_token"]) for each in (first, second))
    assert before.keys() - after.keys() == {"nonce"}
    assert {name for name in after if after[name] != before[name]} == {"iat", "exp", "at_hash"}


def test_a_code_that_comes_back_revokes_the_refresh_token_too(application: Application, provider: Provider) -> None:
    code = application.code(scope=SCOPE)
    token = application.redeem(code).get_json()["refresh_token"]
    assert application.redeem(code).status_code == 400
    assert refused(application.refresh(token))
    assert "was revoked" in last_notes(provider)


def test_a_refresh_belongs_to_the_sign_in_in_the_journal_and_no_token_is_readable(
    application: Application, provider: Provider
) -> None:
    first = application.tokens(scope=SCOPE)
    second = application.refresh(first["refresh_token"]).get_json()
    exchanges = provider.journal.exchanges()
    assert len({each.flow for each in exchanges}) == 1
    told = "".join(each.model_dump_json() for each in exchanges)
    assert not any(token in told for token in (first["refresh_token"], second["refresh_token"], second["access_token"]))


def test_what_a_stage_does_to_the_token_response_it_does_to_a_refresh(
    application: Application, provider: Provider
) -> None:
    token = application.tokens(scope=SCOPE)["refresh_token"]
    provider.stages.change("default", circumstances=("token-response.expires-in-3599",))
    assert application.refresh(token).get_json()["expires_in"] == 3599
    assert provider.journal.exchanges()[-1].fired == ["token-response.expires-in-3599"]


@pytest.mark.parametrize(
    ("circumstance", "error"), [("refresh.refused", "invalid_grant"), ("refresh.time-over", "invalid_request")]
)
def test_a_stage_refuses_a_refresh_and_uses_nothing_up(
    application: Application, provider: Provider, circumstance: str, error: str
) -> None:
    token = application.tokens(scope=SCOPE)["refresh_token"]
    provider.stages.change("default", circumstances=(circumstance,))
    assert refused(application.refresh(token), error)
    assert provider.journal.exchanges()[-1].fired == [circumstance]
    provider.stages.change("default", circumstances=())
    assert application.refresh(token).status_code == 200


def test_a_stage_keeps_the_refresh_token_that_was_sent(application: Application, provider: Provider) -> None:
    token = application.tokens(scope=SCOPE)["refresh_token"]
    provider.stages.change("default", circumstances=("refresh.without-new-token",))
    assert "refresh_token" not in application.refresh(token).get_json()
    provider.stages.change("default", circumstances=())
    assert "refresh_token" in application.refresh(token).get_json()
    assert refused(application.refresh(token))


def test_a_fault_of_refreshed_id_tokens_leaves_the_first_alone(application: Application, provider: Provider) -> None:
    armed = {"faults": ("refreshed-id-token.nonce-other",), "circumstances": ("refresh.with-id-token",)}
    provider.stages.change("default", **armed)
    token = application.tokens(scope=SCOPE)["refresh_token"]
    assert provider.journal.exchanges()[-1].fired == []
    assert "id_token" in application.refresh(token).get_json()
    last = provider.journal.exchanges()[-1]
    assert set(last.fired) == {"refreshed-id-token.nonce-other", "refresh.with-id-token"}
    assert last.id_token is not None
    assert last.id_token.claims["nonce"] == "nonce-of-another-sign-in"


def test_a_public_client_refreshes_with_its_client_id(provider: Provider, application: Application) -> None:
    scopes = ("openid", "offline_access")
    provider.main.clients.put(
        Client(client_id="app", token_endpoint_auth_method="none", redirect_uris=(REDIRECT_URI,), scopes=scopes)
    )
    app = Application(browser=application.browser, client_id="app")
    proof = {"code_challenge": "v" * 43, "code_challenge_method": "plain"}
    code = app.code(scope="openid offline_access", **proof)
    token = app.redeem(code, basic=False, client_secret=None, code_verifier="v" * 43).get_json()["refresh_token"]
    form = {"grant_type": "refresh_token", "refresh_token": token, "client_id": "app"}
    assert app.browser.post("/op/v1/token", data=form | {"client_id": "anybody"}).status_code == 400
    assert app.browser.post("/op/v1/token", data=form).status_code == 200
