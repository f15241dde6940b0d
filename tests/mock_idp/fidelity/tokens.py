"""Codes and tokens: what each row says, over the wire."""

from __future__ import annotations

import base64
import hashlib
import re
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from shown import shows

if TYPE_CHECKING:
    import pytest
    from flask.testing import FlaskClient
    from small_application import Application
    from switchboard import Switchboard

    from mock_idp.domain.clock import SettableClock

OPAQUE = re.compile(r"[A-Za-z0-9_-]{43}")
ABOUT_THE_TOKEN = {"iss", "aud", "azp", "exp", "iat", "nonce", "at_hash", "kid"}


def fresh_code(application: Application, **changes: str | None) -> str:
    return application.code(prompt="login", **changes)


def fresh_claims(application: Application, **changes: str | None) -> dict[str, object]:
    return application.claims(prompt="login", **changes)


@shows("code-thirty-seconds")
def _(application: Application, clock: SettableClock, switch: Switchboard) -> None:
    early, late = fresh_code(application), fresh_code(application)
    clock.advance(seconds=29)
    assert application.redeem(early).status_code == 200
    clock.advance(seconds=1)
    assert application.redeem(late).status_code == 400
    switch.policy(code_ttl_s=60)
    longer = fresh_code(application)
    clock.advance(seconds=59)
    assert application.redeem(longer).status_code == 200


@shows("code-once")
def _(application: Application) -> None:
    code = application.code()

    def redeem(_: int) -> int:
        with application.browser.application.test_client() as other:
            form = {"grant_type": "authorization_code", "code": code, "redirect_uri": application.sent["redirect_uri"]}
            return other.post("/op/v1/token", data=form, headers=application.basic()).status_code

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(redeem, range(8))) == [200] + [400] * 7


@shows("code-replay-revokes")
def _(application: Application) -> None:
    code = application.code()
    token = application.redeem(code).get_json()["access_token"]
    assert application.userinfo(token).status_code == 200
    assert application.redeem(code).get_json() == {"error": "invalid_grant"}
    assert application.userinfo(token).status_code == 401


@shows("code-of-its-client")
def _(application: Application, registered: Application) -> None:
    code = application.code()
    assert registered.redeem(code).get_json() == {"error": "invalid_grant"}
    assert application.redeem(code).status_code == 200


@shows("code-looks")
def _(application: Application) -> None:
    assert OPAQUE.fullmatch(application.code())


@shows("same-redirect-uri")
def _(application: Application) -> None:
    for other in ("http://127.0.0.1:9200/other", None):
        assert application.redeem(fresh_code(application), redirect_uri=other).status_code == 400
    assert application.redeem(fresh_code(application)).status_code == 200


@shows("token-request-in-the-body")
def _(application: Application, browser: FlaskClient) -> None:
    code = application.code()
    query = {"grant_type": "authorization_code", "code": code, "redirect_uri": application.sent["redirect_uri"]}
    assert browser.post("/op/v1/token", query_string=query, headers=application.basic()).status_code == 400
    assert application.redeem(code).status_code == 200


@shows("token-response-members")
def _(application: Application) -> None:
    assert set(application.tokens()) == {"access_token", "expires_in", "id_token", "token_type", "scope"}


@shows("token-type-bearer")
def _(application: Application, switch: Switchboard) -> None:
    assert application.tokens()["token_type"] == "Bearer"
    switch.circumstance("token-response.token-type-lower-case")
    assert application.tokens(prompt="login")["token_type"] == "bearer"


@shows("token-opaque")
def _(application: Application) -> None:
    first, second = (application.tokens(prompt="login")["access_token"] for _ in range(2))
    assert OPAQUE.fullmatch(first)
    assert first != second


@shows("expires-in-an-hour")
def _(registered: Application, clock: SettableClock, switch: Switchboard) -> None:
    hour = registered.tokens()
    assert hour["expires_in"] == 3600
    switch.policy(access_token_ttl_s=60)
    minute = registered.tokens(prompt="login")
    assert minute["expires_in"] == 60
    switch.client(access_token_ttl_s=28_800)
    assert registered.tokens(prompt="login")["expires_in"] == 28_800
    clock.advance(seconds=60)
    assert [registered.userinfo(each["access_token"]).status_code for each in (hour, minute)] == [200, 401]
    clock.advance(seconds=3540)
    assert registered.userinfo(hour["access_token"]).status_code == 401


@shows("expires-in-3599")
def _(application: Application, switch: Switchboard) -> None:
    switch.circumstance("token-response.expires-in-3599")
    assert application.tokens()["expires_in"] == 3599


@shows("expires-in-absent")
def _(application: Application, switch: Switchboard) -> None:
    assert "expires_in" in application.tokens()
    switch.circumstance("token-response.expires-in-missing")
    assert "expires_in" not in application.tokens(prompt="login")


@shows("answer-scope")
def _(registered: Application, switch: Switchboard) -> None:
    assert registered.tokens(scope="openid profile")["scope"] == "profile"
    switch.policy(answer_scope="as-granted")
    assert registered.tokens(scope="openid profile", prompt="login")["scope"] == "openid profile"
    switch.client(openid_in_answer=False)
    assert registered.tokens(scope="openid profile", prompt="login")["scope"] == "profile"
    switch.client(openid_in_answer=None)
    switch.circumstance("token-response.scope-without-openid")
    assert registered.tokens(scope="openid profile", prompt="login")["scope"] == "profile"
    switch.policy(answer_scope="omitted")
    assert "scope" not in registered.tokens(prompt="login")


@shows("answer-not-kept")
def _(application: Application) -> None:
    for response in (application.redeem(application.code()), application.redeem("unknown")):
        assert (response.headers["Cache-Control"], response.headers["Pragma"]) == ("no-store", "no-cache")


@shows("errors-as-json")
def _(application: Application) -> None:
    response = application.redeem("unknown")
    assert (response.status_code, response.content_type) == (400, "application/json")
    assert response.get_json() == {"error": "invalid_grant"}


@shows("error-codes")
def _(application: Application, registered: Application) -> None:
    assert application.redeem("unknown", grant_type="password").get_json()["error"] == "unsupported_grant_type"
    bare = {"grant_type": "authorization_code"}
    assert application.browser.post("/op/v1/token", data=bare, headers=application.basic()).get_json() == {
        "error": "invalid_request"
    }
    assert application.redeem("unknown").get_json()["error"] == "invalid_grant"
    registered.client_secret = "wrong"
    assert registered.redeem("unknown").get_json()["error"] == "invalid_client"


@shows("slow-token-answer")
def _(application: Application, switch: Switchboard, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr("mock_idp.web.delivery.time.sleep", waited.append)
    application.tokens()
    assert waited == []
    switch.circumstance("transport.token-slow")
    application.tokens(prompt="login")
    assert len(waited) == 1


@shows("proof-key-checked")
def _(application: Application) -> None:
    verifier = "a-verifier-that-is-at-least-forty-three-characters-long"
    digest = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    sent = {"code_challenge": digest, "code_challenge_method": "S256"}
    assert application.redeem(fresh_code(application, **sent)).status_code == 400
    assert application.redeem(fresh_code(application, **sent), code_verifier=digest).status_code == 400
    assert application.redeem(fresh_code(application, **sent), code_verifier=verifier).status_code == 200


@shows("id-token-header")
def _(application: Application, browser: FlaskClient) -> None:
    header = application.opened(application.tokens()["id_token"], part=0)
    kid = browser.get("/op/v1/keys").get_json()["keys"][0]["kid"]
    assert header == {"alg": "RS256", "kid": kid, "typ": "JWT"}


@shows("id-token-kid-absent")
def _(application: Application, switch: Switchboard) -> None:
    switch.circumstance("signature.kid-absent")
    assert "kid" not in application.opened(application.tokens()["id_token"], part=0)


@shows("id-token-alphabetical")
def _(application: Application) -> None:
    claims = list(application.claims())
    assert claims == sorted(claims)


@shows("id-token-kid-inside")
def _(application: Application) -> None:
    token = application.tokens()["id_token"]
    assert application.opened(token)["kid"] == application.opened(token, part=0)["kid"]


@shows("id-token-issuer")
def _(application: Application) -> None:
    assert application.claims()["iss"] == "http://localhost:9100/op"


@shows("id-token-audience")
def _(application: Application, switch: Switchboard) -> None:
    assert application.claims()["aud"] == "anybody"
    switch.circumstance("id-token.audience-list")
    audience = fresh_claims(application)["aud"]
    assert isinstance(audience, list)
    assert "anybody" in audience


@shows("id-token-azp")
def _(application: Application) -> None:
    assert application.claims()["azp"] == "anybody"


@shows("id-token-hour")
def _(registered: Application, clock: SettableClock, switch: Switchboard) -> None:
    switch.client(access_token_ttl_s=28_800)
    claims = registered.claims()
    assert (claims["iat"], claims["exp"] - claims["iat"]) == (int(clock.now().timestamp()), 3600)
    switch.policy(id_token_ttl_s=60)
    shorter = registered.claims(prompt="login")
    assert shorter["exp"] - shorter["iat"] == 60


@shows("id-token-nonce")
def _(application: Application) -> None:
    odd = "a nonce/with=odd & characters+é"
    assert application.claims(nonce=odd)["nonce"] == odd


@shows("id-token-at-hash")
def _(application: Application) -> None:
    tokens = application.tokens()
    half = hashlib.sha256(tokens["access_token"].encode()).digest()[:16]
    assert application.opened(tokens["id_token"])["at_hash"] == base64.urlsafe_b64encode(half).decode().rstrip("=")


@shows("id-token-acr")
def _(application: Application) -> None:
    assert "acr" not in application.claims()
    assert fresh_claims(application, acr_values="urn:be:vlaanderen:authmech:leerid")["acr"]


@shows("id-token-lacks")
def _(application: Application) -> None:
    never = {"sid", "jti", "amr", "name", "email_verified", "auth_time"}
    assert not never & application.claims().keys()


@shows("id-token-auth-time")
def _(application: Application, clock: SettableClock) -> None:
    signed_in = int(clock.now().timestamp())
    application.code()
    clock.advance(seconds=5)
    code = application.parameters_of(application.ask(max_age="100"))["code"]
    assert application.opened(application.redeem(code).get_json()["id_token"])["auth_time"] == signed_in


@shows("id-token-more-claims")
def _(application: Application, switch: Switchboard) -> None:
    before = application.claims().keys()
    switch.circumstance("id-token.extra-claims")
    assert before < fresh_claims(application).keys()


@shows("userinfo-bearer")
def _(application: Application) -> None:
    response = application.userinfo(application.tokens()["access_token"])
    assert (response.status_code, response.content_type) == (200, "application/json")


@shows("userinfo-post")
def _(application: Application, browser: FlaskClient) -> None:
    header = {"Authorization": f"Bearer {application.tokens()['access_token']}"}
    assert browser.post("/op/v1/userinfo", headers=header).status_code == 200


@shows("userinfo-header-only")
def _(application: Application, browser: FlaskClient) -> None:
    sent = {"access_token": application.tokens()["access_token"]}
    assert browser.post("/op/v1/userinfo", data=sent).status_code == 401
    assert browser.get("/op/v1/userinfo", query_string=sent).status_code == 401


@shows("userinfo-refusal")
def _(application: Application) -> None:
    response = application.userinfo("x" * 43)
    assert (response.status_code, response.get_json()) == (401, {"error": "invalid_token"})
    assert response.headers["WWW-Authenticate"] == 'Bearer realm="userinfo", error="invalid_token"'


@shows("userinfo-json")
def _(application: Application) -> None:
    members = list(application.userinfo(application.tokens()["access_token"]).get_json())
    assert members == sorted(members)
    assert "sub" in members
    assert not {"iss", "aud", "exp"} & set(members)


@shows("userinfo-same-claims")
def _(application: Application, switch: Switchboard) -> None:
    def told() -> tuple[set[str], set[str]]:
        tokens = application.tokens(prompt="login")
        in_id_token = application.opened(tokens["id_token"]).keys() - ABOUT_THE_TOKEN
        return in_id_token, set(application.userinfo(tokens["access_token"]).get_json())

    in_id_token, in_userinfo = told()
    assert in_id_token == in_userinfo
    switch.circumstance("id-token.person-in-userinfo-only")
    assert "ov_account_uuid" not in told()[0]
    switch.circumstance("userinfo.person-in-id-token-only")
    assert "ov_account_uuid" not in told()[1]


@shows("userinfo-more-claims")
def _(application: Application, switch: Switchboard) -> None:
    before = set(application.userinfo(application.tokens()["access_token"]).get_json())
    switch.circumstance("userinfo.extra-claims")
    assert before < set(application.userinfo(application.tokens(prompt="login")["access_token"]).get_json())
