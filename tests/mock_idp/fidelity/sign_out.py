"""Sign-out: what each row says, over the wire."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import jwt
from little_server import serve
from shown import shows

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from small_application import Application
    from switchboard import Switchboard
    from werkzeug.test import TestResponse

BACK = "http://127.0.0.1:9200/signed-out"
REGISTERED = {"client_id": "registered", "post_logout_redirect_uri": BACK}


def sign_out(application: Application, **query: str) -> TestResponse:
    return application.browser.get("/op/v1/logout", query_string=query)


def is_a_message(response: TestResponse) -> bool:
    return (response.status_code, response.location) == (200, None) and 'data-testid="signed-out"' in response.text


@shows("sign-out-message")
def _(application: Application) -> None:
    assert is_a_message(sign_out(application))


@shows("sign-out-redirect")
def _(registered: Application) -> None:
    assert sign_out(registered, **REGISTERED).location == BACK


@shows("sign-out-client-required")
def _(registered: Application) -> None:
    assert is_a_message(sign_out(registered, post_logout_redirect_uri=BACK))


@shows("sign-out-client-alone")
def _(registered: Application) -> None:
    assert is_a_message(sign_out(registered, client_id="registered"))


@shows("sign-out-state")
def _(registered: Application) -> None:
    assert sign_out(registered, **REGISTERED, state="a b").location == f"{BACK}?state=a+b"


@shows("sign-out-registered")
def _(registered: Application, switch: Switchboard) -> None:
    assert sign_out(registered, **REGISTERED).location == BACK
    switch.client(post_logout_redirect_uris=["http://127.0.0.1:9200/elsewhere"])
    assert is_a_message(sign_out(registered, **REGISTERED))


@shows("sign-out-not-registered")
def _(registered: Application, switch: Switchboard) -> None:
    for other in (f"{BACK}/", f"{BACK}?foo=bar", "https://elsewhere.example/"):
        assert is_a_message(sign_out(registered, client_id="registered", post_logout_redirect_uri=other))
    switch.policy(sign_out_unregistered="refused")
    response = sign_out(registered, client_id="registered", post_logout_redirect_uri=f"{BACK}/")
    assert (response.status_code, response.location) == (400, None)


@shows("sign-out-hint")
def _(registered: Application) -> None:
    hint = registered.tokens()["id_token"]
    assert sign_out(registered, id_token_hint=hint, post_logout_redirect_uri=BACK).location == BACK
    wrong = sign_out(registered, id_token_hint="no.id.token", **REGISTERED)
    assert (wrong.status_code, wrong.location) == (400, None)


@shows("sign-out-by-form")
def _(registered: Application, browser: FlaskClient) -> None:
    assert browser.post("/op/v1/logout", data=REGISTERED).location == BACK
    del registered


@shows("sign-out-ends-single-sign-on")
def _(application: Application, registered: Application) -> None:
    application.code()
    sign_out(application)
    assert "/sign-in/" in registered.ask().location


@shows("sign-out-leaves-others")
def _(application: Application, registered: Application) -> None:
    token = application.tokens()["access_token"]
    sign_out(registered, **REGISTERED)
    assert application.userinfo(token).status_code == 200


@shows("logout-token-on-request")
def _(registered: Application, browser: FlaskClient) -> None:
    with serve({"POST /gone": (200, {}, {})}) as server:
        tells_at(browser, f"{server.url}/gone")
        sign_out(registered, **REGISTERED)
        assert server.asked == []
        assert ask_for_a_logout_token(browser).status_code == 200
        assert len(server.asked) == 1
    tells_at(browser, "https://elsewhere.example/gone")
    assert ask_for_a_logout_token(browser).status_code == 409


@shows("logout-token-form")
def _(browser: FlaskClient) -> None:
    with serve({"POST /gone": (200, {}, {})}) as server:
        tells_at(browser, f"{server.url}/gone")
        ask_for_a_logout_token(browser)
        (token,) = parse_qs(server.asked[0][2])["logout_token"]
    claims = jwt.decode(token, options={"verify_signature": False})
    assert jwt.get_unverified_header(token)["typ"] == "logout+jwt"
    assert claims.keys() == {"iss", "aud", "iat", "exp", "jti", "events", "sub", "sid"}
    assert claims["exp"] - claims["iat"] == 120


def tells_at(browser: FlaskClient, address: str) -> None:
    client = {"client_secret": "synthetic", "redirect_uris": [BACK], "backchannel_logout_uri": address}
    assert browser.put("/control/v1/clients/told", json=client).status_code in {200, 201}


def ask_for_a_logout_token(browser: FlaskClient) -> TestResponse:
    about = {"client_id": "told", "sub": "synthetic-person", "sid": "synthetic-session"}
    return browser.post("/control/v1/stages/default/backchannel-logout", json=about)
