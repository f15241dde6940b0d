"""Keys: what each row says, over the wire."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from shown import shows

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from small_application import Application
    from switchboard import Switchboard

    from mock_idp.domain.clock import SettableClock


def published(browser: FlaskClient) -> list[str]:
    return [each["kid"] for each in browser.get("/op/v1/keys").get_json()["keys"]]


def signing(application: Application) -> str:
    return str(application.opened(application.tokens(prompt="login")["id_token"], part=0)["kid"])


@shows("keys-members")
def _(browser: FlaskClient) -> None:
    (key,) = browser.get("/op/v1/keys").get_json()["keys"]
    assert set(key) == {"alg", "e", "kid", "kty", "n", "use"}
    assert [key[name] for name in ("alg", "e", "kty", "use")] == ["RS256", "AQAB", "RSA", "sig"]
    assert len(base64.urlsafe_b64decode(f"{key['n']}==")) == 2048 // 8


@shows("keys-several")
def _(browser: FlaskClient, switch: Switchboard) -> None:
    switch.call("POST", "/keys", {"action": "publish"})
    assert len(set(published(browser))) == 2


@shows("keys-id")
def _(browser: FlaskClient) -> None:
    assert [len(kid) for kid in published(browser)] == [43]


@shows("keys-cached")
def _(browser: FlaskClient, switch: Switchboard) -> None:
    assert browser.get("/op/v1/keys").headers["Cache-Control"] == "public, max-age=21500, must-revalidate"
    switch.policy(jwks_max_age_s=60)
    assert browser.get("/op/v1/keys").headers["Cache-Control"] == "public, max-age=60, must-revalidate"


@shows("keys-rotate")
def _(application: Application, browser: FlaskClient, switch: Switchboard) -> None:
    old = signing(application)
    switch.call("POST", "/keys", {"action": "rotate"})
    assert signing(application) != old
    assert old in published(browser)


@shows("keys-by-clock")
def _(application: Application, browser: FlaskClient, switch: Switchboard, clock: SettableClock) -> None:
    old = signing(application)
    clock.advance(seconds=3600)
    assert published(browser) == [old]
    switch.policy(key_rotation_s=7200, key_overlap_s=600)
    clock.advance(seconds=3000)
    new = published(browser)[-1]
    assert (signing(application), len(published(browser))) == (old, 2)
    clock.advance(seconds=600)
    assert (signing(application), published(browser)) == (new, [old, new])
    clock.advance(seconds=600)
    assert published(browser) == [new]


@shows("keys-at-start")
def _(browser: FlaskClient, switch: Switchboard) -> None:
    assert len(published(browser)) == 1
    switch.policy(keys_at_start=3)
    sibling = {"policy": {"keys_at_start": 3}}
    browser.put("/control/v1/issuers/several", json=sibling)
    assert len(browser.get("/i/several/op/v1/keys").get_json()["keys"]) == 3


@shows("keys-two-steps")
def _(application: Application, browser: FlaskClient, switch: Switchboard) -> None:
    old = signing(application)
    switch.call("POST", "/keys", {"action": "publish"})
    assert signing(application) == old
    (new,) = set(published(browser)) - {old}
    switch.call("POST", "/keys", {"action": "activate"})
    assert signing(application) == new
    switch.call("POST", "/keys", {"action": "retire"})
    assert published(browser) == [new]


@shows("keys-of-other-kinds")
def _(browser: FlaskClient, switch: Switchboard) -> None:
    switch.circumstance("jwks.unknown-key-types")
    assert {each["kty"] for each in browser.get("/op/v1/keys").get_json()["keys"]} > {"RSA"}


@shows("keys-rs256-only")
def _(application: Application, browser: FlaskClient) -> None:
    document = browser.get("/op/.well-known/openid-configuration").get_json()
    assert document["id_token_signing_alg_values_supported"] == ["RS256"]
    assert application.opened(application.tokens()["id_token"], part=0)["alg"] == "RS256"
