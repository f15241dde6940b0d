"""Where ACM contradicts OpenID Connect: what each row says, over the wire."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asserting import ISSUER, JWKS, asserted
from shown import shows

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from small_application import Application
    from switchboard import Switchboard

    from mock_idp.domain.clock import SettableClock


@shows("no-name-claim")
def _(application: Application) -> None:
    tokens = application.tokens(scope="openid profile")
    assert "name" not in application.opened(tokens["id_token"])
    assert "name" not in application.userinfo(tokens["access_token"]).get_json()


@shows("scopes-refused")
def _(registered: Application) -> None:
    for scope in ("email", "phone", "address"):
        assert registered.parameters_of(registered.ask(scope=f"openid {scope}"))["error"] == "invalid_scope"


@shows("scope-claims-in-the-id-token")
def _(application: Application) -> None:
    assert application.claims(scope="openid profile").keys() >= {"given_name", "family_name"}


@shows("openid-left-out")
def _(application: Application, switch: Switchboard) -> None:
    assert "openid" not in application.tokens()["scope"].split()
    switch.policy(answer_scope="as-granted")
    assert "openid" in application.tokens(prompt="login")["scope"].split()


@shows("audience-not-the-token-endpoint")
def _(registered: Application, switch: Switchboard, clock: SettableClock) -> None:
    switch.client(token_endpoint_auth_method="private_key_jwt", client_secret=None, jwks=JWKS)

    def status() -> int:
        sent = asserted(clock, aud=f"{ISSUER}/v1/token")
        return registered.redeem(registered.code(prompt="login"), basic=False, client_secret=None, **sent).status_code

    assert status() == 401
    switch.policy(assertion_audience="issuer-or-token-endpoint")
    assert status() == 200


@shows("pupil-without-sub")
def _(registered: Application, switch: Switchboard) -> None:
    assert "sub" in registered.claims()
    switch.profile("acm-2024")
    assert "sub" not in registered.claims(prompt="login")


@shows("sign-out-without-hint")
def _(registered: Application, browser: FlaskClient) -> None:
    back = "http://127.0.0.1:9200/signed-out"
    query = {"client_id": registered.client_id, "post_logout_redirect_uri": back}
    assert browser.get("/op/v1/logout", query_string=query).location == back


@shows("unknown-acr-passed-over")
def _(application: Application, switch: Switchboard) -> None:
    assert application.claims(acr_values="1 2").get("acr") not in {"1", "2"}
    switch.policy(acr_unmet="refused")
    assert "error" in application.parameters_of(application.ask(acr_values="1 2"))


@shows("discovery-lean")
def _(browser: FlaskClient, switch: Switchboard) -> None:
    address = "/op/.well-known/openid-configuration"
    assert not {"scopes_supported", "claims_supported"} & browser.get(address).get_json().keys()
    switch.policy(discovery="documented")
    assert "userinfo_endpoint" not in browser.get(address).get_json()


@shows("refresh-error-of-its-own")
def _(application: Application, clock: SettableClock) -> None:
    token = application.tokens(scope="openid offline_access")["refresh_token"]
    clock.advance(seconds=28_800)
    assert application.refresh(token).get_json() == {"error": "invalid_request"}
