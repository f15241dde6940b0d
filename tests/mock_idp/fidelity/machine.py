"""Machines: what each row says, over the wire."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from joserfc import jwt
from joserfc.jwk import KeySet
from shown import shows
from small_application import Application

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from switchboard import Switchboard

    from mock_idp.domain.clock import SettableClock
    from mock_idp.provider import Provider

CREDENTIALS = "client_credentials"
EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"
TYPE = "urn:ietf:params:oauth:token-type:"
INACTIVE = {"active": False}
OWN = {"grant_types": ["authorization_code", CREDENTIALS, EXCHANGE], "scopes": ["openid", "profile", "read", "vo_info"]}


def api(switch: Switchboard, browser: FlaskClient) -> Application:
    """An API that others call."""
    members = {
        "client_secret": "secret of archive",
        "grant_types": [CREDENTIALS],
        "resources": ["https://api.example/"],
    }
    switch.call("PUT", "/clients/{client_id}", members, client_id="archive")
    return Application(browser=browser, client_id="archive", client_secret="secret of archive")


def own_token(client: Application, **parameters: str) -> str:
    token: str = client.ask_token(grant_type=CREDENTIALS, **parameters).get_json()["access_token"]
    return token


def exchanged(client: Application, **changes: str) -> Any:
    token = client.tokens(prompt="login", scope="openid profile")["access_token"]
    subject = {"subject_token": token, "subject_token_type": f"{TYPE}access_token"}
    return client.ask_token(grant_type=EXCHANGE, **{**subject, **changes})


def told(client: Application, token: str, **parameters: str) -> dict[str, Any]:
    return dict(client.introspect(token, **parameters).get_json())


@shows("introspection-announced")
def _(browser: FlaskClient) -> None:
    document = browser.get("/op/.well-known/openid-configuration").get_json()
    assert document["introspection_endpoint"] == "http://localhost:9100/op/v1/introspect"
    assert browser.post("/op/v1/introspect").status_code == 401


@shows("introspection-members")
def _(registered: Application) -> None:
    answer = told(registered, registered.tokens()["access_token"])
    assert {"active", "client_id", "exp", "iat", "iss", "scope", "sub"} <= answer.keys()
    assert answer["token_type"] == "bearer"


@shows("introspection-authenticated")
def _(registered: Application, switch: Switchboard) -> None:
    token = registered.tokens()["access_token"]
    in_the_body = {"token": token, "client_id": "registered", "client_secret": registered.client_secret}
    assert told(registered, token)["active"] is True
    assert registered.browser.post("/op/v1/introspect", data=in_the_body).status_code == 401
    assert registered.browser.post("/op/v1/introspect", data={"token": token}).status_code == 401
    switch.client(token_endpoint_auth_method="client_secret_post")
    assert registered.browser.post("/op/v1/introspect", data=in_the_body).get_json()["active"] is True


@shows("introspection-hint")
def _(registered: Application) -> None:
    token = registered.tokens()["access_token"]
    hints = ({}, {"token_type_hint": "access_token"}, {"token_type_hint": "refresh_token"}, {"token_type_hint": "odd"})
    assert all(told(registered, token, **hint)["active"] for hint in hints)


@shows("introspection-claims")
def _(registered: Application) -> None:
    token = registered.tokens()["access_token"]
    answer = told(registered, token)
    assert registered.userinfo(token).get_json().items() <= answer.items()
    assert answer["aud"] == "registered"


@shows("introspection-jwt")
def _(registered: Application, switch: Switchboard) -> None:
    token = registered.tokens()["access_token"]
    answer = told(registered, token)
    keys = KeySet.import_key_set(registered.browser.get("/op/v1/keys").get_json())
    assert jwt.decode(answer.pop("jwt"), keys, algorithms=["RS256"]).claims == answer
    switch.policy(introspection_jwt=False)
    assert told(registered, token) == answer


@shows("introspection-inactive")
def _(registered: Application, clock: SettableClock) -> None:
    code = registered.code()
    revoked = registered.redeem(code).get_json()["access_token"]
    registered.redeem(code)
    late = registered.tokens(prompt="login")["access_token"]
    assert told(registered, "never-issued") == told(registered, revoked) == INACTIVE
    clock.advance(seconds=3600)
    assert told(registered, late) == INACTIVE


@shows("introspection-parties")
def _(registered: Application, application: Application, switch: Switchboard) -> None:
    token = registered.tokens()["access_token"]
    assert told(application, token) == INACTIVE
    switch.policy(token_parties="lenient")
    assert told(application, token)["active"] is True


@shows("introspection-refresh-token")
def _(application: Application) -> None:
    answer = told(application, application.tokens(scope="openid offline_access")["refresh_token"])
    assert answer["active"] is True
    assert "token_type" not in answer


@shows("introspection-credential-manager")
def _(registered: Application, switch: Switchboard) -> None:
    token = registered.tokens()["access_token"]
    asked = {"token_endpoint_auth": "credential_manager"}
    assert "credential_manager" not in told(registered, token)
    assert told(registered, token, **asked)["credential_manager"] == {"code": "registered", "name": "registered"}
    switch.client(organisation_code="OVO002949", organisation_name="Vlaanderen")
    assert told(registered, token, **asked)["credential_manager"] == {"code": "OVO002949", "name": "Vlaanderen"}


@shows("credentials-scope")
def _(registered: Application, switch: Switchboard) -> None:
    switch.client(grant_types=OWN["grant_types"])
    assert registered.ask_token(grant_type=CREDENTIALS).get_json() == {"error": "invalid_scope"}
    switch.client(scopes=OWN["scopes"])
    assert registered.ask_token(grant_type=CREDENTIALS).get_json()["scope"] == "profile read vo_info"
    assert registered.ask_token(grant_type=CREDENTIALS, scope="read").get_json()["scope"] == "read"
    assert registered.ask_token(grant_type=CREDENTIALS, scope="write").get_json() == {"error": "invalid_scope"}


@shows("credentials-audience")
def _(registered: Application, browser: FlaskClient, switch: Switchboard) -> None:
    archive = api(switch, browser)
    switch.client(**OWN)
    assert told(registered, own_token(registered))["aud"] == "registered"
    refused = registered.ask_token(grant_type=CREDENTIALS, audience="archive")
    assert refused.get_json() == {"error": "invalid_target"}
    switch.client(audiences=["archive"])
    for target in ({"audience": "archive"}, {"resource": "https://api.example/"}):
        assert told(archive, own_token(registered, **target))["aud"] == "archive"


@shows("credentials-vo-info")
def _(registered: Application, switch: Switchboard) -> None:
    switch.client(**OWN, client_name="Results", organisation_code="OVO002949", organisation_name="Vlaanderen")
    answer = told(registered, own_token(registered, scope="vo_info"))
    wanted = {"vo_applicatienaam": "Results", "vo_orgcode": "OVO002949", "vo_orgnaam": "Vlaanderen"}
    assert wanted.items() <= answer.items()
    assert not wanted.keys() & told(registered, own_token(registered, scope="read")).keys()


@shows("credentials-registered")
def _(registered: Application, switch: Switchboard) -> None:
    assert registered.ask_token(grant_type=CREDENTIALS).get_json() == {"error": "unauthorized_client"}
    switch.client(**OWN)
    body = registered.ask_token(grant_type=CREDENTIALS).get_json()
    assert set(body) == {"access_token", "token_type", "expires_in", "scope"}
    assert registered.userinfo(body["access_token"]).status_code == 403
    assert registered.ask_token(grant_type=CREDENTIALS, scope="openid").get_json() == {"error": "invalid_scope"}


@shows("audience-scope")
def _(registered: Application, browser: FlaskClient, switch: Switchboard) -> None:
    archive = api(switch, browser)
    scope = "openid audience:server:client_id:archive"
    assert registered.parameters_of(registered.ask(scope=scope))["error"] == "invalid_scope"
    switch.client(audiences=["archive"])
    token = registered.tokens(scope=scope)["access_token"]
    assert told(archive, token)["aud"] == told(registered, token)["aud"] == ["registered", "archive"]
    assert told(archive, registered.tokens(prompt="login")["access_token"]) == INACTIVE


@shows("exchange-request")
def _(registered: Application, browser: FlaskClient, switch: Switchboard) -> None:
    archive = api(switch, browser)
    switch.client(**OWN, audiences=["archive"])
    for target in ({"audience": "archive"}, {"resource": "https://api.example/"}):
        answer = told(archive, exchanged(registered, **target).get_json()["access_token"])
        assert (answer["aud"], answer["given_name"]) == ("archive", "Noah")
    assert exchanged(registered).get_json() == {"error": "invalid_request"}


@shows("exchange-trust")
def _(registered: Application, provider: Provider, switch: Switchboard) -> None:
    switch.client(**OWN)
    assert exchanged(registered, audience="archive").get_json() == {"error": "invalid_target"}
    switch.client(audiences=["archive"])
    provider.stages.change("default", calendar_offset_days=-20)
    token = registered.tokens("account-blocked", prompt="login", scope="openid")["access_token"]
    assert exchanged(registered, audience="archive", subject_token=token).status_code == 200
    provider.stages.change("default", calendar_offset_days=0)
    refused = exchanged(registered, audience="archive", subject_token=token)
    assert refused.get_json() == {"error": "invalid_request"}


@shows("exchange-jwt")
def _(registered: Application, switch: Switchboard) -> None:
    switch.client(**OWN, audiences=["archive"])
    body = exchanged(registered, audience="archive", requested_token_type=f"{TYPE}jwt").get_json()
    keys = KeySet.import_key_set(registered.browser.get("/op/v1/keys").get_json())
    claims = jwt.decode(body["access_token"], keys, algorithms=["RS256"]).claims
    answer = told(registered, body["access_token"])
    assert {name: value for name, value in answer.items() if name != "jwt"}.items() <= claims.items()


@shows("exchange-actor")
def _(registered: Application, switch: Switchboard) -> None:
    switch.client(**OWN, audiences=["archive"])
    actor = {"actor_token": own_token(registered), "actor_token_type": f"{TYPE}access_token"}
    token = exchanged(registered, audience="archive", **actor).get_json()["access_token"]
    assert told(registered, token)["act"] == {"sub": "registered"}
    without = exchanged(registered, audience="archive").get_json()["access_token"]
    assert "act" not in told(registered, without)


@shows("exchange-answer")
def _(registered: Application, switch: Switchboard) -> None:
    switch.client(**OWN, audiences=["archive"])
    body = exchanged(registered, audience="archive").get_json()
    assert set(body) == {"access_token", "issued_token_type", "token_type", "expires_in", "scope"}
    assert (body["issued_token_type"], body["token_type"]) == (f"{TYPE}access_token", "Bearer")
    assert exchanged(registered, audience="other").get_json() == {"error": "invalid_target"}
    unknown = exchanged(registered, audience="archive", subject_token="never-issued")
    assert unknown.get_json() == {"error": "invalid_request"}


@shows("exchange-parties")
def _(registered: Application, application: Application, switch: Switchboard) -> None:
    switch.client(**OWN, audiences=["archive"])
    foreign = application.tokens(prompt="login")["access_token"]
    refused = exchanged(registered, audience="archive", subject_token=foreign)
    assert refused.get_json() == {"error": "invalid_request"}
    switch.policy(token_parties="lenient")
    assert exchanged(registered, audience="archive", subject_token=foreign).status_code == 200
