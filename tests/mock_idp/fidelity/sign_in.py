"""Sign-in: what each row says, over the wire."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shown import shows

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from small_application import Application
    from switchboard import Switchboard

    from mock_idp.domain.clock import SettableClock
    from mock_idp.provider import Provider

LEERID = "urn:be:vlaanderen:authmech:leerid"
ITSME = "urn:be:vlaanderen:authmech:itsme"


@shows("no-consent")
def _(application: Application) -> None:
    assert "code" in application.parameters_of(application.answered(prompt="consent"))


@shows("one-name-one-password")
def _(application: Application, browser: FlaskClient, provider: Provider) -> None:
    pupil = provider.personas.get("primary-pupil")
    assert pupil is not None
    typed = {"username": pupil.user_name, "password": pupil.password}
    assert "code" in application.parameters_of(browser.post(application.ask().location, data=typed))


@shows("sign-in-wrong-password")
def _(application: Application, browser: FlaskClient) -> None:
    response = browser.post(application.ask().location, data={"username": "lotte.peeters87", "password": "wrong"})
    assert (response.status_code, response.location) == (200, None)
    assert 'role="alert"' in response.text


@shows("sign-in-cancelled")
def _(application: Application, browser: FlaskClient, switch: Switchboard) -> None:
    response = browser.post(application.ask().location, data={"action": "cancel"})
    assert application.parameters_of(response)["error"] == "access_denied"
    switch.policy(cancelled="page")
    response = browser.post(application.ask().location, data={"action": "cancel"})
    assert (response.status_code, response.location) == (200, None)


@shows("sign-in-account-refused")
def _(application: Application, browser: FlaskClient, switch: Switchboard) -> None:
    for slug in ("account-blocked", "password-expired"):
        assert browser.post(application.ask().location, data={"persona": slug}).status_code == 200
    switch.policy(account_refused="redirect")
    for slug in ("account-blocked", "password-expired"):
        response = browser.post(application.ask().location, data={"persona": slug})
        assert application.parameters_of(response)["error"] == "access_denied"


@shows("sign-in-page-waits")
def _(application: Application, browser: FlaskClient, clock: SettableClock, switch: Switchboard) -> None:
    page = application.ask().location
    clock.advance(seconds=1799)
    assert browser.get(page).status_code == 200
    clock.advance(seconds=1)
    assert browser.get(page).status_code == 400
    switch.policy(interaction_ttl_s=60)
    page = application.ask().location
    clock.advance(seconds=60)
    assert browser.get(page).status_code == 400


@shows("sign-in-page-once")
def _(application: Application, browser: FlaskClient) -> None:
    page = application.ask().location
    answers = [browser.post(page, data={"persona": "secondary-pupil"}).status_code for _ in range(2)]
    assert answers == [303, 400]


@shows("leerid-acr")
def _(application: Application, switch: Switchboard) -> None:
    assert application.claims(acr_values=LEERID)["acr"] == LEERID
    switch.policy(leerid_acr="urn:leerid")
    assert application.claims(acr_values="urn:leerid", prompt="login")["acr"] == "urn:leerid"


@shows("other-acr")
def _(application: Application, switch: Switchboard) -> None:
    assert application.claims("teacher", acr_values=ITSME)["acr"] == ITSME
    switch.policy(other_acr="urn:eid")
    assert application.claims("teacher", acr_values="urn:eid", prompt="login")["acr"] == "urn:eid"
