"""A stage on its way from the cookie to userinfo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from small_application import Application

    from mock_idp.domain.clock import SettableClock
    from mock_idp.provider import Provider
    from mock_idp.state.stages import Stage


@pytest.fixture
def staged(browser: FlaskClient, provider: Provider) -> Any:
    """An application whose browser carries the cookie of a stage that arms what the test wants."""

    def arm(*faults: str, **members: Any) -> Any:
        stage = provider.stages.open(faults=faults, **members)
        browser.set_cookie("leerid_stage", stage.id, domain="localhost")
        return stage

    return arm


def steps(provider: Provider, stage: Stage) -> Any:
    return [(each.endpoint.value, each.fired) for each in provider.journal.exchanges(stage=stage.id)]


def test_the_stage_travels_from_cookie_to_userinfo(
    staged: Callable[..., Stage], application: Application, provider: Provider
) -> None:
    stage = staged()
    application.userinfo(application.tokens()["access_token"])
    assert [endpoint for endpoint, _ in steps(provider, stage)] == [
        *("authorization", "sign-in", "authorization-response", "token", "userinfo"),
    ]
    assert provider.journal.exchanges(stage="default") == []


def test_a_fault_in_the_id_token_fires_at_the_token_endpoint(
    staged: Callable[..., Stage], application: Application, provider: Provider
) -> None:
    stage = staged("id-token.nonce-mismatch")
    assert application.claims()["nonce"] != "the-nonce"
    assert steps(provider, stage)[-1] == ("token", ["id-token.nonce-mismatch"])


def test_a_fault_that_changed_nothing_has_not_fired(
    staged: Callable[..., Stage], application: Application, provider: Provider
) -> None:
    stage = staged("id-token.nonce-mismatch")
    application.claims(nonce=None)
    assert steps(provider, stage)[-1] == ("token", [])


def test_a_fault_in_the_answer_fires_on_its_way(
    staged: Callable[..., Stage], application: Application, provider: Provider
) -> None:
    stage = staged("authorization-response.state-altered")
    assert application.parameters_of(application.answered())["state"] != "the-state"
    assert steps(provider, stage)[-1] == ("authorization-response", ["authorization-response.state-altered"])


def test_a_fault_in_userinfo_fires_there(
    staged: Callable[..., Stage], application: Application, provider: Provider
) -> None:
    stage = staged("userinfo.subject-other")
    tokens = application.tokens()
    subject = application.opened(tokens["id_token"])["sub"]
    assert application.userinfo(tokens["access_token"]).get_json()["sub"] != subject
    assert steps(provider, stage)[-1] == ("userinfo", ["userinfo.subject-other"])


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_token_outside_the_header_is_refused_on_its_own_stage(
    staged: Callable[..., Stage], application: Application, browser: FlaskClient, provider: Provider, method: str
) -> None:
    stage = staged()
    token = application.tokens()["access_token"]
    place = "query_string" if method == "GET" else "data"
    assert browser.open("/op/v1/userinfo", method=method, **{place: {"access_token": token}}).status_code == 401
    assert steps(provider, stage)[-1] == ("userinfo", [])


def test_a_forged_signature_reaches_the_application(staged: Callable[..., Stage], application: Application) -> None:
    staged("signature.alg-none")
    token = application.tokens()["id_token"]
    assert application.opened(token, 0)["alg"] == "none"
    assert token.endswith(".")


def test_the_journal_shows_the_token_that_was_really_sent(
    staged: Callable[..., Stage], application: Application, provider: Provider
) -> None:
    staged("signature.alg-none")
    application.tokens()
    assert provider.journal.exchanges()[-1].id_token.header["alg"] == "none"


def test_a_circumstance_in_the_claims_reaches_token_and_userinfo(
    application: Application, browser: FlaskClient, provider: Provider
) -> None:
    stage = provider.stages.open(circumstances=("claims.leer-id-missing",))
    browser.set_cookie("leerid_stage", stage.id, domain="localhost")
    tokens = application.tokens()
    assert "ov_leerid_uuid" not in application.opened(tokens["id_token"])
    assert "ov_leerid_uuid" not in application.userinfo(tokens["access_token"]).get_json()


def test_discovery_is_bent_while_a_stage_arms_it(browser: FlaskClient, provider: Provider) -> None:
    stage = provider.stages.open(faults=("discovery.issuer-other",))
    assert browser.get("/op/.well-known/openid-configuration").get_json()["issuer"] != provider.settings.issuer
    assert steps(provider, stage) == [("discovery", ["discovery.issuer-other"])]
    provider.stages.close(stage.id)
    assert browser.get("/op/.well-known/openid-configuration").get_json()["issuer"] == provider.settings.issuer


def test_a_stage_moves_the_registers_and_not_the_tokens(
    staged: Callable[..., Stage], application: Application, clock: SettableClock
) -> None:
    staged(calendar_offset_days=-30)
    claims = application.claims("enrolment-ended")
    assert claims["ov_inschrijvingen"]
    assert claims["iat"] == int(clock.now().timestamp())


def test_a_cookie_that_names_no_stage_is_noted(
    application: Application, browser: FlaskClient, provider: Provider
) -> None:
    browser.set_cookie("leerid_stage", "gone", domain="localhost")
    application.ask()
    exchange = provider.journal.exchanges()[0]
    assert exchange.stage == "default"
    assert any("gone" in note for note in exchange.notes)


def test_what_an_application_forgot_is_noted(application: Application, provider: Provider) -> None:
    application.ask(state=None, nonce=None)
    notes = " ".join(provider.journal.exchanges()[0].notes)
    assert "No state" in notes
    assert "No nonce" in notes


@pytest.mark.usefixtures("registered")
def test_a_reset_goes_back_to_the_start(application: Application, provider: Provider) -> None:
    token = application.tokens()["access_token"]
    provider.main.keys.rotate()
    provider.reset()
    assert provider.journal.exchanges() == []
    assert provider.main.clients.list() == []
    assert len(provider.main.keys.list()) == 1
    assert application.userinfo(token).status_code == 401
    assert application.ask().location.startswith("/op/sign-in/")


def test_a_stage_whose_clock_is_ahead_dates_its_tokens_so_and_no_others(
    staged: Callable[..., Stage], application: Application, clock: SettableClock
) -> None:
    now, years = int(clock.now().timestamp()), 3 * 366 * 86_400
    staged(clock_ahead_s=years)
    tokens = application.tokens()
    dated = application.opened(tokens["id_token"])
    assert (dated["iat"], dated["exp"] > now + years) == (now + years, True)
    assert application.userinfo(tokens["access_token"]).status_code == 200
    staged()
    assert application.claims()["iat"] == now


def test_the_clock_of_a_stage_says_when_a_code_is_over(
    staged: Callable[..., Stage], application: Application, provider: Provider
) -> None:
    stage, code = staged(), application.code()
    provider.stages.change(stage.id, clock_ahead_s=86_400)
    assert application.redeem(code).get_json() == {"error": "invalid_grant"}
    assert application.redeem(application.code(prompt="login")).status_code == 200
