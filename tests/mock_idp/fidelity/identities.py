"""Identities: what each row says, over the wire."""

from __future__ import annotations

import json
from base64 import b64encode, urlsafe_b64encode
from typing import TYPE_CHECKING, Any

from shown import shows

if TYPE_CHECKING:
    from small_application import Application
    from switchboard import Switchboard
    from werkzeug.test import TestResponse

    from mock_idp.provider import Provider

SCOPE = "openid profile vo"
BACK = "http://127.0.0.1:9200/signed-out"


def hint(**members: Any) -> str:
    return b64encode(json.dumps(members).encode()).decode()


def level(switch: Switchboard, at: str, **members: Any) -> None:
    switch.client(identity_level=at, claims_profile="acm-2024", **members)


def is_chooser(answer: TestResponse) -> bool:
    return bool(answer.location) and answer.location.endswith("/identity")


def options(application: Application, persona: str) -> list[str]:
    """Sign somebody in; return what there is to choose from."""
    answer = application.answered(persona, scope=SCOPE, prompt="login")
    page = application.browser.get(answer.location).text if is_chooser(answer) else ""
    return [each.partition('"')[0] for each in page.split('name="identity" value="')[1:]]


def come(application: Application, persona: str, key: str) -> dict[str, Any]:
    """Sign somebody in as an identity; return what is told."""
    page = application.answered(persona, scope=SCOPE, prompt="login").location
    return told(application, application.browser.post(page, data={"identity": key}))


def told(application: Application, answer: TestResponse) -> dict[str, Any]:
    code = application.parameters_of(answer)["code"]
    return application.opened(application.redeem(code).get_json()["id_token"])


@shows("chooser")
def _(registered: Application, switch: Switchboard) -> None:
    level(switch, "none")
    assert options(registered, "teacher") == []
    level(switch, "capacity")
    assert options(registered, "teacher") == ["OV", "BUR"]
    level(switch, "organisation")
    assert options(registered, "teacher") == ["OV 700202", "OV 700101", "BUR"]


@shows("chooser-one-option")
def _(registered: Application, switch: Switchboard) -> None:
    level(switch, "organisation")
    assert told(registered, registered.answered("citizen", scope=SCOPE))["vo_doelgroepcode"] == "BUR"


@shows("chooser-decides")
def _(registered: Application, switch: Switchboard) -> None:
    level(switch, "organisation")
    claims = come(registered, "teacher", "OV 700101")
    assert (claims["vo_doelgroepcode"], claims["vo_orgcode"]) == ("OV", "700101")
    claims = come(registered, "teacher", "BUR")
    assert (claims["vo_doelgroepcode"], "vo_orgcode" in claims) == ("BUR", False)


@shows("chooser-roles")
def _(registered: Application, switch: Switchboard) -> None:
    level(switch, "capacity")
    answer = registered.answered("teacher", scope=SCOPE)
    page = registered.browser.get(answer.location).text
    one = page[page.index('value="OV"') : page.index('value="BUR"')]
    assert all(role in one for role in ("Leerkracht:700202", "Leerkracht:700101"))
    level(switch, "organisation")
    page = registered.browser.get(answer.location).text
    one = page[page.index('value="OV 700101"') : page.index('value="BUR"')]
    assert ("Leerkracht:700202" in one, "Leerkracht:700101" in one) == (False, True)


@shows("chooser-no-organisation")
def _(registered: Application, switch: Switchboard) -> None:
    level(switch, "capacity")
    assert "vo_orgcode" not in come(registered, "teacher", "OV")
    assert come(registered, "official", "GID")["vo_orgcode"] == "OVO999999"
    level(switch, "organisation")
    assert come(registered, "teacher", "OV 700202")["vo_orgcode"] == "700202"


@shows("chooser-capacities")
def _(registered: Application, switch: Switchboard) -> None:
    level(switch, "organisation", capacities=["EA", "BUR"])
    assert options(registered, "official") == ["EA 0999999999", "BUR"]
    level(switch, "organisation", capacities=["LB"])
    answer = registered.answered("official", scope=SCOPE, prompt="login")
    assert registered.parameters_of(answer)["error"] == "access_denied"


@shows("chooser-pupils")
def _(registered: Application, switch: Switchboard) -> None:
    level(switch, "organisation")
    assert len(options(registered, "two-partner-schools")) == 2
    claims = told(registered, registered.answered("secondary-pupil", scope=SCOPE, prompt="login"))
    assert (claims["vo_doelgroepcode"], claims["vo_orgcode"]) == ("OV", "700202")


@shows("chooser-silent")
def _(registered: Application, application: Application, switch: Switchboard) -> None:
    level(switch, "organisation")
    application.code("teacher")
    answer = registered.ask(scope=SCOPE, prompt="none")
    assert registered.parameters_of(answer)["error"] == "interaction_required"


@shows("chooser-once")
def _(registered: Application, switch: Switchboard) -> None:
    level(switch, "organisation")
    come(registered, "teacher", "OV 700101")
    assert told(registered, registered.ask(scope=SCOPE))["vo_orgcode"] == "700101"
    switch.policy(chooser_again=True)
    assert is_chooser(registered.ask(scope=SCOPE))


@shows("hint-given")
def _(registered: Application, switch: Switchboard) -> None:
    level(switch, "organisation")
    wish = hint(cap_hint="EA", code_hint="0999999999")
    claims = told(registered, registered.answered("official", scope=SCOPE, login_hint=wish))
    assert (claims["vo_doelgroepcode"], claims["vo_orgcode"]) == ("EA", "0999999999")
    level(switch, "capacity")
    assert told(registered, registered.ask(scope=SCOPE, login_hint=hint(cap_hint="GID")))["vo_doelgroepcode"] == "GID"


@shows("hint-not-granted")
def _(registered: Application, switch: Switchboard) -> None:
    level(switch, "organisation")
    wishes = [{"cap_hint": "OV"}, {"cap_hint": "OV", "code_hint": "700303"}, {"cap_hint": "GID", "code_hint": "1"}]
    for wish in wishes:
        assert is_chooser(registered.answered("teacher", scope=SCOPE, login_hint=hint(**wish), prompt="login"))
    switch.policy(login_hint_fallback="refused")
    for wish in wishes:
        answer = registered.answered("teacher", scope=SCOPE, login_hint=hint(**wish), prompt="login")
        assert registered.parameters_of(answer)["error"] == "access_denied"


@shows("hint-encoding")
def _(registered: Application, switch: Switchboard) -> None:
    level(switch, "organisation")
    registered.answered("teacher", scope=SCOPE, login_hint=hint(cap_hint="BUR"))
    text = json.dumps({"cap_hint": "OV", "code_hint": "700101"}).encode()
    for encoded in (b64encode(text), b64encode(text).rstrip(b"="), urlsafe_b64encode(text)):
        claims = told(registered, registered.ask(scope=SCOPE, login_hint=encoded.decode()))
        assert claims["vo_orgcode"] == "700101"


@shows("hint-other")
def _(application: Application, provider: Provider) -> None:
    assert application.claims(login_hint="lotte@leerling.example")["given_name"] == "Noah"
    exchange = next(each for each in provider.journal.exchanges() if each.endpoint == "authorization")
    assert "login_hint was ignored" in " ".join(exchange.notes)


@shows("switch-new")
def _(registered: Application, switch: Switchboard) -> None:
    level(switch, "organisation")
    come(registered, "teacher", "BUR")
    assert is_chooser(registered.ask(scope=SCOPE, login_hint="eyJzd2l0Y2hfaWQiOiB0cnVlfQ=="))
    registered.answered("citizen", scope=SCOPE, prompt="login")
    assert "code=" in registered.ask(scope=SCOPE, login_hint="eyJzd2l0Y2hfaWQiOiB0cnVlfQ==").location


@shows("switch-new-without-session")
def _(registered: Application, switch: Switchboard) -> None:
    level(switch, "organisation")
    page = registered.ask(scope=SCOPE, login_hint="eyJzd2l0Y2hfaWQiOiB0cnVlfQ==")
    assert 'data-testid="leerid-sign-in"' in registered.browser.get(page.location).text


@shows("switch-old")
def _(registered: Application, switch: Switchboard) -> None:
    level(switch, "organisation")
    come(registered, "teacher", "BUR")
    for each in ("switch", "switch=false"):
        address = f"/op/v1/logout?{each}&client_id=registered&post_logout_redirect_uri={BACK}&state=s"
        assert registered.browser.get(address).location == f"{BACK}?state=s"
        page = registered.ask(scope=SCOPE)
        assert is_chooser(page)
        assert told(registered, registered.browser.post(page.location, data={"identity": "BUR"}))
        assert "code=" in registered.ask(scope=SCOPE).location


@shows("switch-old-incomplete")
def _(registered: Application) -> None:
    registered.code()
    for query in ("switch", "switch&client_id=registered", f"switch&post_logout_redirect_uri={BACK}"):
        response = registered.browser.get(f"/op/v1/logout?{query}")
        assert (response.status_code, response.location) == (400, None)
    assert "code=" in registered.ask().location
