"""Publication: what each row says, over the wire."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shown import shows

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from switchboard import Switchboard

ISSUER = "http://localhost:9100/op"
EXAMPLE = {
    "authorization_endpoint": f"{ISSUER}/v1/auth",
    "end_session_endpoint": f"{ISSUER}/v1/logout",
    "grant_types_supported": ["authorization_code", "client_credentials"],
    "id_token_signing_alg_values_supported": ["RS256"],
    "issuer": ISSUER,
    "jwks_uri": f"{ISSUER}/v1/keys",
    "response_modes_supported": ["query", "fragment", "form_post"],
    "response_types_supported": ["code"],
    "subject_types_supported": ["public"],
    "token_endpoint": f"{ISSUER}/v1/token",
    "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
    "introspection_endpoint": f"{ISSUER}/v1/introspect",
    "code_challenge_methods_supported": ["plain", "S256"],
}
"""The one example that is published, at this address."""


def document(browser: FlaskClient, issuer: str = "/op") -> dict[str, Any]:
    return dict(browser.get(f"{issuer}/.well-known/openid-configuration").get_json())


@shows("issuer-without-slash")
def _(browser: FlaskClient) -> None:
    assert document(browser)["issuer"] == ISSUER


@shows("discovery-address")
def _(browser: FlaskClient) -> None:
    response = browser.get("/op/.well-known/openid-configuration")
    assert (response.status_code, response.content_type) == (200, "application/json")
    assert browser.get("/.well-known/openid-configuration").status_code == 404


@shows("discovery-slash")
def _(browser: FlaskClient) -> None:
    for wrong in ("/op//.well-known/openid-configuration", "/op/.well-known/openid-configuration/"):
        page = browser.get(f"http://localhost{wrong}?lang=en")
        assert (page.status_code, page.location) == (404, None)
        assert "without a slash" in page.text


@shows("endpoint-addresses")
def _(browser: FlaskClient) -> None:
    addresses = {name for name in EXAMPLE if name.endswith(("_endpoint", "_uri"))}
    assert {name: document(browser)[name] for name in addresses} == {name: EXAMPLE[name] for name in addresses}


@shows("userinfo-address")
def _(browser: FlaskClient) -> None:
    assert document(browser)["userinfo_endpoint"] == f"{ISSUER}/v1/userinfo"
    assert browser.get("/op/v1/userinfo").status_code == 401


@shows("discovery-example")
def _(browser: FlaskClient, switch: Switchboard) -> None:
    assert document(browser) != EXAMPLE
    switch.policy(discovery="documented")
    assert document(browser) == EXAMPLE


@shows("discovery-full")
def _(browser: FlaskClient, switch: Switchboard) -> None:
    full = document(browser)
    assert "private_key_jwt" in full["token_endpoint_auth_methods_supported"]
    assert {"refresh_token", "urn:ietf:params:oauth:grant-type:token-exchange"} < set(full["grant_types_supported"])
    switch.policy(discovery="documented")
    assert "private_key_jwt" not in document(browser)["token_endpoint_auth_methods_supported"]
    assert "userinfo_endpoint" not in document(browser)


@shows("discovery-tells-unsupported")
def _(browser: FlaskClient, switch: Switchboard) -> None:
    names = ("claims_parameter_supported", "request_parameter_supported", "request_uri_parameter_supported")
    assert [document(browser)[name] for name in names] == [False] * 3
    switch.policy(discovery="documented")
    assert not set(names) & document(browser).keys()


@shows("discovery-without-scopes")
def _(browser: FlaskClient) -> None:
    assert not {"scopes_supported", "claims_supported"} & document(browser).keys()


@shows("discovery-more-members")
def _(browser: FlaskClient, switch: Switchboard) -> None:
    before = document(browser).keys()
    switch.circumstance("discovery.unknown-members")
    assert before < document(browser).keys()


@shows("two-environments")
def _(browser: FlaskClient, switch: Switchboard) -> None:
    switch.call("PUT", "/issuers/{name}", {}, name="test")
    assert document(browser, "/i/test/op")["issuer"] == "http://localhost:9100/i/test/op"
    keys = [browser.get(f"{base}/v1/keys").get_json()["keys"][0]["kid"] for base in ("/op", "/i/test/op")]
    assert keys[0] != keys[1]


@shows("no-cross-origin")
def _(browser: FlaskClient, switch: Switchboard) -> None:
    origin = {"Origin": "https://application.example"}
    answers = [browser.get(f"/op/{path}", headers=origin) for path in ("v1/keys", "v1/userinfo", "v1/auth")]
    answers += [browser.post("/op/v1/token", headers=origin), browser.options("/op/v1/token", headers=origin)]
    assert not [each for each in answers if "Access-Control-Allow-Origin" in each.headers]
    switch.policy(cross_origin="all")
    assert browser.options("/op/v1/token", headers=origin).headers["Access-Control-Allow-Origin"] == "*"
