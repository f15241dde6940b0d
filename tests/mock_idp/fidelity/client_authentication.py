"""Client authentication: what each row says, over the wire."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from asserting import ISSUER, JWKS, OTHER_KEY, asserted
from shown import shows

if TYPE_CHECKING:
    from collections.abc import Callable

    from small_application import Application
    from switchboard import Switchboard
    from werkzeug.test import TestResponse

    from mock_idp.domain.clock import SettableClock

    Redeem = Callable[..., int]


def by_body(registered: Application, **changes: str | None) -> TestResponse:
    return registered.redeem(registered.code(prompt="login"), basic=False, **changes)


def by_assertion(registered: Application, switch: Switchboard, clock: SettableClock) -> Redeem:
    """Return a function that redeems a fresh code with an assertion, and returns the status."""
    switch.client(token_endpoint_auth_method="private_key_jwt", client_secret=None, jwks=JWKS)

    def redeem(sent: dict[str, Any] | None = None, **changes: Any) -> int:
        parameters = sent or asserted(clock, **changes)
        return by_body(registered, client_secret=None, **parameters).status_code

    return redeem


@shows("secret-in-the-header")
def _(registered: Application) -> None:
    assert registered.redeem(registered.code()).status_code == 200
    assert by_body(registered).status_code == 401


@shows("secret-in-the-body")
def _(registered: Application, switch: Switchboard) -> None:
    switch.client(token_endpoint_auth_method="client_secret_post")
    assert by_body(registered).status_code == 200
    assert by_body(registered, client_secret="wrong").status_code == 401


@shows("signed-assertion")
def _(registered: Application, switch: Switchboard, clock: SettableClock) -> None:
    redeem = by_assertion(registered, switch, clock)
    assert redeem() == 200
    assert redeem(key=OTHER_KEY) == 401


@shows("one-method")
def _(registered: Application, switch: Switchboard) -> None:
    assert by_body(registered).status_code == 401
    switch.policy(registered_method="lenient")
    assert by_body(registered).status_code == 200


@shows("two-methods-at-once")
def _(registered: Application) -> None:
    response = registered.redeem(registered.code(), client_secret=registered.client_secret)
    assert (response.status_code, response.get_json()["error"]) == (400, "invalid_request")


@shows("header-form-encoded")
def _(registered: Application) -> None:
    assert "%2B" in registered.client_secret or "+" in registered.client_secret
    assert registered.redeem(registered.code()).status_code == 200


@shows("no-method")
def _(registered: Application, switch: Switchboard) -> None:
    challenge = {"code_challenge": "x" * 43, "code_challenge_method": "plain"}
    code = registered.code(**challenge)
    assert registered.redeem(code, basic=False, client_secret=None, code_verifier="x" * 43).status_code == 401
    switch.client(token_endpoint_auth_method="none", client_secret=None)
    code = registered.code(prompt="login", **challenge)
    assert registered.redeem(code, basic=False, client_secret=None, code_verifier="x" * 43).status_code == 200


@shows("failure-is-invalid-client")
def _(registered: Application) -> None:
    registered.client_secret = "wrong"
    response = registered.redeem("any")
    assert (response.status_code, response.get_json()["error"]) == (401, "invalid_client")
    assert response.headers["WWW-Authenticate"].startswith("Basic")


@shows("assertion-type")
def _(registered: Application, switch: Switchboard, clock: SettableClock) -> None:
    redeem = by_assertion(registered, switch, clock)
    assert redeem(asserted(clock)) == 200
    assert redeem(asserted(clock) | {"client_assertion_type": "jwt"}) == 401
    assert redeem(asserted(clock) | {"client_assertion": "no.jwt"}) == 401


@shows("assertion-issuer-and-subject")
def _(registered: Application, switch: Switchboard, clock: SettableClock) -> None:
    redeem = by_assertion(registered, switch, clock)
    assert redeem(iss="another") == 401
    assert redeem(sub=None) == 401


@shows("assertion-audience")
def _(registered: Application, switch: Switchboard, clock: SettableClock) -> None:
    redeem = by_assertion(registered, switch, clock)
    assert redeem(aud=ISSUER) == 200
    assert redeem(aud=f"{ISSUER}/v1/token") == 401
    switch.policy(assertion_audience="issuer-or-token-endpoint")
    assert redeem(aud=f"{ISSUER}/v1/token") == 200
    assert redeem(aud="https://elsewhere.example") == 401
    switch.policy(assertion_audience="any")
    assert redeem(aud="https://elsewhere.example") == 200


@shows("assertion-audience-list")
def _(registered: Application, switch: Switchboard, clock: SettableClock) -> None:
    redeem = by_assertion(registered, switch, clock)
    assert redeem(aud=[f"{ISSUER}/v1/token", ISSUER]) == 200
    assert redeem(aud=[f"{ISSUER}/v1/token"]) == 401


@shows("assertion-ten-minutes")
def _(registered: Application, switch: Switchboard, clock: SettableClock) -> None:
    redeem = by_assertion(registered, switch, clock)
    now = int(clock.now().timestamp())
    assert [redeem(exp=now + 600), redeem(exp=now + 700), redeem(exp=now - 60)] == [200, 401, 401]
    switch.policy(assertion_lifetime="lenient")
    assert [redeem(exp=now + 700), redeem(exp=now - 60)] == [200, 200]


@shows("assertion-skew")
def _(registered: Application, switch: Switchboard, clock: SettableClock) -> None:
    redeem = by_assertion(registered, switch, clock)
    now = int(clock.now().timestamp())
    assert [redeem(iat=now + 10), redeem(iat=now + 11), redeem(exp=now - 10), redeem(exp=now - 11)] == [200, 401] * 2


@shows("assertion-iat-optional")
def _(registered: Application, switch: Switchboard, clock: SettableClock) -> None:
    redeem = by_assertion(registered, switch, clock)
    assert redeem(iat=None) == 200
    switch.policy(assertion_iat="strict")
    assert [redeem(iat=None), redeem()] == [401, 200]


@shows("assertion-jti-once")
def _(registered: Application, switch: Switchboard, clock: SettableClock) -> None:
    redeem = by_assertion(registered, switch, clock)
    assert [redeem(jti="one"), redeem(jti="one"), redeem(jti=None)] == [200, 401, 401]
    switch.policy(assertion_jti="lenient")
    assert [redeem(jti="one"), redeem(jti=None)] == [200, 200]


@shows("assertion-jti-remembered")
def _(registered: Application, switch: Switchboard, clock: SettableClock) -> None:
    redeem = by_assertion(registered, switch, clock)
    assert redeem(jti="one") == 200
    clock.advance(seconds=619)
    assert redeem(jti="one") == 401
    clock.advance(seconds=621)
    assert redeem(jti="one") == 200


@shows("assertion-rs256")
def _(registered: Application, switch: Switchboard, clock: SettableClock) -> None:
    redeem = by_assertion(registered, switch, clock)
    assert redeem(header={"alg": "PS256"}) == 401
    switch.policy(assertion_algorithm="lenient")
    assert redeem(header={"alg": "PS256"}) == 200


@shows("assertion-kid-optional")
def _(registered: Application, switch: Switchboard, clock: SettableClock) -> None:
    redeem = by_assertion(registered, switch, clock)
    assert [redeem(), redeem(header={"kid": "the-key"})] == [200, 200]
    switch.policy(assertion_kid="strict")
    assert [redeem(), redeem(header={"kid": "the-key"})] == [401, 200]


@shows("assertion-client-id")
def _(registered: Application, switch: Switchboard, clock: SettableClock) -> None:
    redeem = by_assertion(registered, switch, clock)
    assert redeem(asserted(clock) | {"client_id": None}) == 200
    assert redeem(asserted(clock) | {"client_id": "registered"}) == 200


@shows("one-client-in-a-request")
def _(registered: Application, switch: Switchboard, clock: SettableClock) -> None:
    assert registered.redeem(registered.code(), client_id="another").status_code == 401
    redeem = by_assertion(registered, switch, clock)
    assert redeem(iss="another", sub="another") == 401
    assert redeem() == 200


@shows("assertion-kid-unknown")
def _(registered: Application, switch: Switchboard, clock: SettableClock) -> None:
    redeem = by_assertion(registered, switch, clock)
    assert redeem(header={"kid": "unknown"}) == 401
    assert redeem(header={"kid": "the-key"}) == 200


@shows("assertion-grant-type")
def _(registered: Application, switch: Switchboard, clock: SettableClock) -> None:
    redeem = by_assertion(registered, switch, clock)
    assert redeem(asserted(clock) | {"grant_type": "authorization_code"}) == 200
    assert redeem(asserted(clock) | {"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer"}) == 400
