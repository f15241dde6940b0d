"""The discovery document. Scopes and claims are granted per client, so it does not list them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from mock_idp.protocol.jose import ALGORITHM
from mock_idp.settings.policy import Discovery

if TYPE_CHECKING:
    from mock_idp.protocol.conduct import Conduct

ADDRESSES: Final = {
    "authorization_endpoint": "v1/auth",
    "end_session_endpoint": "v1/logout",
    "introspection_endpoint": "v1/introspect",
    "jwks_uri": "v1/keys",
    "token_endpoint": "v1/token",
}
PUBLISHED: Final[dict[str, Any]] = {
    "code_challenge_methods_supported": ["plain", "S256"],
    "grant_types_supported": ["authorization_code", "client_credentials"],
    "id_token_signing_alg_values_supported": [ALGORITHM],
    "response_modes_supported": ["query", "fragment", "form_post"],
    "response_types_supported": ["code"],
    "subject_types_supported": ["public"],
    "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
}
"""Member by member as in the one example that is published."""
METHODS: Final = ["client_secret_basic", "client_secret_post", "private_key_jwt"]
DOCUMENTED_ELSEWHERE: Final[dict[str, Any]] = {
    "grant_types_supported": [
        *("authorization_code", "client_credentials", "refresh_token"),
        "urn:ietf:params:oauth:grant-type:token-exchange",
    ],
    "introspection_endpoint_auth_methods_supported": METHODS,
    "introspection_endpoint_auth_signing_alg_values_supported": [ALGORITHM],
    "token_endpoint_auth_methods_supported": METHODS,
    "token_endpoint_auth_signing_alg_values_supported": [ALGORITHM],
    # What OpenID Connect Core would else take as supported:
    "claims_parameter_supported": False,
    "request_parameter_supported": False,
    "request_uri_parameter_supported": False,
}
"""What other pages document and the example leaves out."""


def discovery_document(conduct: Conduct) -> dict[str, Any]:
    """Return the metadata of an issuer, members in alphabetical order."""
    issuer = conduct.identifier
    members = {"issuer": issuer, **PUBLISHED, **{name: f"{issuer}/{path}" for name, path in ADDRESSES.items()}}
    if conduct.policy.discovery == Discovery.FULL:
        members |= {**DOCUMENTED_ELSEWHERE, "userinfo_endpoint": f"{issuer}/v1/userinfo"}
    if conduct.policy.iss_parameter:
        members["authorization_response_iss_parameter_supported"] = True
    return dict(sorted(members.items()))
