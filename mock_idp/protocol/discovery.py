"""The discovery document. Scopes and claims are granted per client, so it does not list them."""

from __future__ import annotations

from typing import Any

from mock_idp.protocol.jose import ALGORITHM


def discovery_document(issuer: str) -> dict[str, Any]:
    """Return the metadata of the issuer, after the example that ACM publishes.

    `userinfo_endpoint` and `private_key_jwt` are documented elsewhere, and missing in that example.
    """
    return {
        "authorization_endpoint": f"{issuer}/v1/auth",
        "code_challenge_methods_supported": ["plain", "S256"],
        "end_session_endpoint": f"{issuer}/v1/logout",
        "grant_types_supported": ["authorization_code"],
        "id_token_signing_alg_values_supported": [ALGORITHM],
        "issuer": issuer,
        "jwks_uri": f"{issuer}/v1/keys",
        "response_modes_supported": ["query", "fragment", "form_post"],
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "token_endpoint": f"{issuer}/v1/token",
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post", "private_key_jwt"],
        "token_endpoint_auth_signing_alg_values_supported": [ALGORITHM],
        "userinfo_endpoint": f"{issuer}/v1/userinfo",
    }
