"""Sessions: what each row says, over the wire."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shown import shows

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from small_application import Application
    from switchboard import Switchboard

    from mock_idp.domain.clock import SettableClock


@shows("session-two-hours")
def _(application: Application, clock: SettableClock, switch: Switchboard) -> None:
    application.code()
    clock.advance(seconds=3600)
    assert "code" in application.parameters_of(application.ask())
    clock.advance(seconds=3599)
    assert "code" in application.parameters_of(application.ask())
    clock.advance(seconds=1)
    assert "/sign-in/" in application.ask().location
    switch.policy(session_ttl_s=10)
    application.code(prompt="login")
    clock.advance(seconds=10)
    assert "/sign-in/" in application.ask().location


@shows("session-for-all-applications")
def _(application: Application, registered: Application) -> None:
    application.code()
    assert registered.redeem(registered.parameters_of(registered.ask())["code"]).status_code == 200


@shows("session-not-of-the-application")
def _(application: Application, browser: FlaskClient) -> None:
    token = application.tokens()["access_token"]
    browser.get("/op/v1/logout")
    assert application.userinfo(token).status_code == 200


@shows("session-same-person")
def _(application: Application) -> None:
    first = application.claims()["ov_account_uuid"]
    code = application.parameters_of(application.ask())["code"]
    again = application.opened(application.redeem(code).get_json()["id_token"])
    assert again["ov_account_uuid"] == first
    assert application.claims("primary-pupil", prompt="login")["ov_account_uuid"] != first


@shows("session-not-of-tokens")
def _(application: Application, clock: SettableClock, switch: Switchboard) -> None:
    switch.policy(session_ttl_s=10)
    token = application.tokens()["access_token"]
    clock.advance(seconds=11)
    assert "/sign-in/" in application.ask().location
    assert application.userinfo(token).status_code == 200


@shows("session-again")
def _(application: Application, clock: SettableClock) -> None:
    application.code()
    clock.advance(seconds=7199)
    assert "code" in application.parameters_of(application.ask())
    application.code(prompt="login")
    clock.advance(seconds=7199)
    assert "code" in application.parameters_of(application.ask())
    clock.advance(seconds=1)
    assert "/sign-in/" in application.ask().location
