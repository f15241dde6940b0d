"""The discovery document: member by member as published, or with what other pages document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mock_idp.settings import Policy

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from mock_idp.provider import Provider

ADDRESS = "/op/.well-known/openid-configuration"
ISSUER = "http://localhost:9100/op"
PUBLISHED = {
    "authorization_endpoint": f"{ISSUER}/v1/auth",
    "code_challenge_methods_supported": ["plain", "S256"],
    "end_session_endpoint": f"{ISSUER}/v1/logout",
    "grant_types_supported": ["authorization_code", "client_credentials"],
    "id_token_signing_alg_values_supported": ["RS256"],
    "introspection_endpoint": f"{ISSUER}/v1/introspect",
    "issuer": ISSUER,
    "jwks_uri": f"{ISSUER}/v1/keys",
    "response_modes_supported": ["query", "fragment", "form_post"],
    "response_types_supported": ["code"],
    "subject_types_supported": ["public"],
    "token_endpoint": f"{ISSUER}/v1/token",
    "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
}
"""The one example that ACM publishes, its host replaced."""


@pytest.fixture
def document(browser: FlaskClient, provider: Provider) -> Any:
    def under(**policy: Any) -> Any:
        provider.main.conduct.policy = Policy(**policy)
        return browser.get(ADDRESS).get_json()

    return under


def test_the_documented_profile_is_the_published_example(document: Any) -> None:
    assert document(discovery="documented") == PUBLISHED


def test_members_come_in_alphabetical_order(browser: FlaskClient) -> None:
    names = list(browser.get(ADDRESS).get_json())
    assert names == sorted(names)


def test_the_full_profile_adds_what_other_pages_document(document: Any) -> None:
    full = document(discovery="full")
    assert full.keys() - PUBLISHED.keys() == {
        "claims_parameter_supported",
        "introspection_endpoint_auth_methods_supported",
        "introspection_endpoint_auth_signing_alg_values_supported",
        "request_parameter_supported",
        "request_uri_parameter_supported",
        "token_endpoint_auth_signing_alg_values_supported",
        "userinfo_endpoint",
    }
    changed = {name for name in PUBLISHED if full[name] != PUBLISHED[name]}
    assert changed == {"grant_types_supported", "token_endpoint_auth_methods_supported"}


@pytest.mark.parametrize("profile", ["documented", "full"])
def test_scopes_and_claims_are_granted_per_client_and_not_listed(document: Any, profile: str) -> None:
    assert not {"scopes_supported", "claims_supported"} & document(discovery=profile).keys()


@pytest.mark.parametrize("profile", ["documented", "full"])
def test_the_issuer_parameter_is_announced_where_it_is_sent(document: Any, profile: str) -> None:
    name = "authorization_response_iss_parameter_supported"
    assert document(discovery=profile, iss_parameter=True)[name] is True
    assert name not in document(discovery=profile)


@pytest.mark.parametrize(
    "address", [f"{ADDRESS}/", ADDRESS.replace("/op/", "/op//"), f"/{ADDRESS}", ADDRESS.replace("/op/", "/")]
)
def test_a_slash_too_many_finds_nothing_and_the_page_says_why(browser: FlaskClient, address: str) -> None:
    response = browser.get(f"http://localhost{address}?lang=en")
    assert (response.status_code, response.location) == (404, None)
    assert "without a slash" in response.text


def test_a_sibling_names_its_own_addresses(browser: FlaskClient, provider: Provider) -> None:
    provider.issuers.open("evil")
    document = browser.get("/i/evil/op/.well-known/openid-configuration").get_json()
    assert document["issuer"] == "http://localhost:9100/i/evil/op"
    assert document["jwks_uri"] == "http://localhost:9100/i/evil/op/v1/keys"
