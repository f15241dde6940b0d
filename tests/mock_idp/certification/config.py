"""Config OP: what its module does, and what it demands. Behind HTTPS, as the suite demands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shown import does_as
from suite import wish

if TYPE_CHECKING:
    from suite import Suite

REQUIRED = {
    *("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri", "response_types_supported"),
    *("subject_types_supported", "id_token_signing_alg_values_supported"),
}
LISTS = {"grant_types_supported", "code_challenge_methods_supported", "token_endpoint_auth_methods_supported"}


@does_as("oidcc-discovery-endpoint-verification")
def _(secure: Suite) -> None:
    browser, document = secure.application.browser, secure.document
    assert browser.get("/op/.well-known/openid-configuration").content_type == "application/json"
    assert document.keys() >= REQUIRED
    assert document["issuer"] == secure.issuer
    assert document["subject_types_supported"] == ["public"]
    assert "RS256" in document["id_token_signing_alg_values_supported"]
    assert "code" in document["response_types_supported"]
    assert all(document[each] and isinstance(document[each], list) for each in LISTS)
    addresses = [value for name, value in document.items() if name.endswith(("_endpoint", "_uri"))]
    assert all(each.startswith("https://") for each in addresses)
    keys = browser.get("/op/v1/keys").get_json()["keys"]
    assert len({each["kid"] for each in keys}) == len(keys) > 0
    assert not [each for each in keys if {"d", "p", "q"} & each.keys()]
    wish(fulfilled="userinfo_endpoint" in document, otherwise="userinfo_endpoint")
    wish(fulfilled="claims_supported" in document, otherwise="claims_supported")
    wish(fulfilled="openid" in document.get("scopes_supported", []), otherwise="scopes_supported")
