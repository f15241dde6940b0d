"""Refreshing: what each row says, over the wire."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shown import shows

if TYPE_CHECKING:
    from small_application import Application
    from switchboard import Switchboard
    from werkzeug.test import TestResponse

    from mock_idp.domain.clock import SettableClock
    from mock_idp.provider import Provider

SCOPE = "openid profile ov_leerling offline_access"


def refused(response: TestResponse, error: str = "invalid_request") -> bool:
    return (response.status_code, response.get_json()) == (400, {"error": error})


def fresh(application: Application, persona: str = "secondary-pupil") -> str:
    token: str = application.tokens(persona, scope=SCOPE, prompt="login")["refresh_token"]
    return token


@shows("refresh-asked-for")
def _(application: Application) -> None:
    assert len(fresh(application)) == 43
    assert "refresh_token" not in application.tokens(prompt="login")


@shows("refresh-registered")
def _(registered: Application, application: Application, switch: Switchboard) -> None:
    assert registered.parameters_of(registered.ask(scope=SCOPE))["error"] == "invalid_scope"
    switch.client(scopes=SCOPE.split())
    assert fresh(registered)
    assert fresh(application)


@shows("refresh-answer")
def _(application: Application, switch: Switchboard) -> None:
    body = application.refresh(fresh(application)).get_json()
    assert set(body) == {"access_token", "token_type", "refresh_token", "expires_in"}
    switch.policy(refresh_id_token=True)
    assert "id_token" in application.refresh(body["refresh_token"]).get_json()
    switch.policy(refresh_id_token=False)
    switch.circumstance("refresh.with-id-token")
    assert "id_token" in application.refresh(fresh(application)).get_json()


@shows("refresh-once")
def _(application: Application, switch: Switchboard) -> None:
    first = fresh(application)
    second = application.refresh(first).get_json()["refresh_token"]
    assert refused(application.refresh(first))
    switch.circumstance("refresh.without-new-token")
    assert "refresh_token" not in application.refresh(second).get_json()
    assert application.refresh(second).status_code == 200


@shows("refresh-window-over")
def _(application: Application, clock: SettableClock) -> None:
    token = fresh(application)
    clock.advance(seconds=28_800)
    assert refused(application.refresh(token))


@shows("refresh-window")
def _(application: Application, clock: SettableClock, switch: Switchboard) -> None:
    token = fresh(application)
    clock.advance(seconds=28_799)
    token = application.refresh(token).get_json()["refresh_token"]
    clock.advance(seconds=1)
    assert refused(application.refresh(token))
    switch.policy(refresh_ttl_s=60)
    token = fresh(application)
    clock.advance(seconds=60)
    assert refused(application.refresh(token))


@shows("refresh-refused")
def _(application: Application, registered: Application, switch: Switchboard) -> None:
    used, good = fresh(application), fresh(application)
    application.refresh(used)
    for error in ("invalid_request", "invalid_grant"):
        assert refused(application.refresh("never-issued"), error)
        assert refused(application.refresh(used), error)
        assert refused(registered.refresh(good), error)
        switch.policy(refresh_refused="invalid_grant")
    assert application.refresh(good).status_code == 200


@shows("refresh-reuse")
def _(application: Application, switch: Switchboard) -> None:
    first = fresh(application)
    second = application.refresh(first).get_json()["refresh_token"]
    assert refused(application.refresh(first))
    third = application.refresh(second).get_json()["refresh_token"]
    switch.policy(refresh_reuse="revoked")
    assert refused(application.refresh(second))
    assert refused(application.refresh(third))


@shows("refresh-narrowed")
def _(application: Application) -> None:
    token = application.tokens(scope="openid profile offline_access")["refresh_token"]
    assert refused(application.refresh(token, scope="openid ov_leerling"), "invalid_scope")
    narrow = application.refresh(token, scope="openid").get_json()
    assert set(application.userinfo(narrow["access_token"]).get_json()) == {"sub"}
    whole = application.refresh(narrow["refresh_token"]).get_json()["access_token"]
    assert "given_name" in application.userinfo(whole).get_json()


@shows("refresh-asks-again")
def _(application: Application, provider: Provider) -> None:
    provider.stages.change("default", calendar_offset_days=-20)
    changed, blocked = fresh(application, "email-changed"), fresh(application, "account-blocked")
    provider.stages.change("default", calendar_offset_days=0)
    now = application.refresh(changed).get_json()["access_token"]
    assert "email" not in application.userinfo(now).get_json()
    assert refused(application.refresh(blocked))


@shows("refresh-away")
def _(application: Application, provider: Provider, switch: Switchboard) -> None:
    token = fresh(application)
    before = provider.main.conduct.armed
    switch.circumstance("datastore.away")
    away = application.refresh(token)
    assert (away.status_code, away.get_json()) == (503, {"error": "temporarily_unavailable"})
    provider.main.conduct.armed = before
    assert application.refresh(token).status_code == 200
