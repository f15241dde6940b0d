"""A logout token goes to the client's own address on this machine, on request, and is as specified."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import jwt
import pytest
from little_server import serve

if TYPE_CHECKING:
    from flask.testing import FlaskClient

CALL = "/control/v1/stages/default/backchannel-logout"
ABOUT = {"client_id": "told", "sub": "synthetic-person", "sid": "synthetic-session"}
CLIENT: dict[str, Any] = {"client_secret": "synthetic", "redirect_uris": ["http://127.0.0.1:9200/callback"]}


def registered(browser: FlaskClient, uri: str | None) -> None:
    browser.put("/control/v1/clients/told", json=CLIENT | ({"backchannel_logout_uri": uri} if uri else {}))


def test_a_logout_token_tells_whom_it_is_about(browser: FlaskClient) -> None:
    answers = {"POST /gone": (200, {}, {"Cache-Control": "no-store"})}
    with serve(answers) as server:
        registered(browser, f"{server.url}/gone")
        answer = browser.post(CALL, json=ABOUT).get_json()
        (token,) = parse_qs(server.asked[0][2])["logout_token"]
    keys = browser.get("/op/v1/keys").get_json()["keys"]
    claims = jwt.decode(token, jwt.PyJWK(keys[0]), algorithms=["RS256"], options={"verify_exp": False}, audience="told")

    assert answer == {"status": 200, "cache_control": "no-store"}
    assert (claims["sub"], claims["sid"], claims["exp"] - claims["iat"]) == (
        "synthetic-person",
        "synthetic-session",
        120,
    )
    assert claims["events"] == {"http://schemas.openid.net/event/backchannel-logout": {}}
    assert "nonce" not in claims


@pytest.mark.parametrize("uri", [None, "https://elsewhere.example/gone"])
def test_nothing_goes_beyond_this_machine(browser: FlaskClient, uri: str | None) -> None:
    registered(browser, uri)
    assert browser.post(CALL, json=ABOUT).status_code == 409
    assert "backchannel-logout" not in json.dumps(browser.get("/control/v1/journal").get_json()["exchanges"])
