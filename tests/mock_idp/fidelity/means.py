"""Means of authentication: what each row says, over the wire."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shown import shows

from mock_idp.domain.means import documented_means

if TYPE_CHECKING:
    from small_application import Application
    from switchboard import Switchboard

    from mock_idp.provider import Provider

AUTHMECH = "urn:be:vlaanderen:authmech:"
LEERID, EID, CSAM = (f"{AUTHMECH}{name}" for name in ("leerid", "eid", "csampassword"))


def is_let_in(application: Application, **asked: str) -> bool:
    return "code=" in application.ask(**asked).location


@shows("acr-intersection")
def _(registered: Application, switch: Switchboard) -> None:
    assert registered.claims(acr_values=f"{LEERID} {EID}")["acr"] == LEERID
    switch.client(acr_values=[EID])
    assert registered.answered(acr_values=f"{LEERID} {EID}").status_code == 200
    assert registered.claims("official", acr_values=f"{LEERID} {EID}")["acr"] == EID


@shows("acr-without")
def _(application: Application) -> None:
    assert "acr" not in application.claims()
    assert "acr" not in application.claims("official", prompt="login")


@shows("acr-in-userinfo")
def _(application: Application) -> None:
    asked = application.tokens(acr_values=LEERID)
    assert application.userinfo(asked["access_token"]).get_json()["acr"] == LEERID
    code = application.parameters_of(application.ask())["code"]
    access_token = application.redeem(code).get_json()["access_token"]
    assert "acr" not in application.userinfo(access_token).get_json()


@shows("acr-unknown")
def _(application: Application, provider: Provider) -> None:
    assert application.claims(acr_values=f"urn:older:eid {LEERID}")["acr"] == LEERID
    exchange = next(each for each in provider.journal.exchanges() if each.endpoint == "authorization")
    assert "urn:older:eid" in " ".join(exchange.notes)


@shows("acr-nothing-left")
def _(application: Application, switch: Switchboard) -> None:
    assert application.claims(acr_values="1 2")["acr"] == LEERID
    switch.policy(acr_unmet="refused")
    assert application.parameters_of(application.ask(acr_values="1 2"))["error"] == "access_denied"


@shows("means-of-nobody")
def _(application: Application) -> None:
    page = application.ask(acr_values=EID).location
    told = application.browser.post(page, data={"persona": "secondary-pupil"})
    assert (told.status_code, 'role="alert"' in told.text) == (200, True)
    assert "code=" in application.browser.post(page, data={"persona": "official"}).location


@shows("leerid-level")
def _(application: Application) -> None:
    application.code()
    assert is_let_in(application, acr_values=CSAM)
    assert not is_let_in(application, acr_values=f"{AUTHMECH}password")


@shows("session-level")
def _(application: Application, switch: Switchboard) -> None:
    application.code()
    assert not is_let_in(application, acr_values=EID)
    application.code("official", prompt="login")
    assert is_let_in(application, acr_values=LEERID)
    application.code(prompt="login")
    switch.policy(session_levels="lenient")
    assert is_let_in(application, acr_values=EID)


LEVELS = {
    "eid": 35,
    "eidashigh": 35,
    "itsme": 27,
    "csamtotp": 26,
    "csamsms": 25,
    "eidassubstantial": 25,
    "tlsclient": 19,
    "kerberos": 12,
    "password": 10,
    "csampassword": 5,
    "csamselfreg": 5,
}


@shows("means-table")
def _(registered: Application, switch: Switchboard) -> None:
    known = {each.urn: each.acm_level for each in documented_means() if not each.is_leerid}
    assert known == {f"{AUTHMECH}{name}": level for name, level in LEVELS.items()}
    for urn in known:
        switch.client(acr_values=[urn])
        switch.policy(other_acr=urn)
        assert registered.claims("teacher", acr_values=urn, prompt="login")["acr"] == urn
