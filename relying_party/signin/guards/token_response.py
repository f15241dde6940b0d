"""Guards over the answer of the token endpoint (RFC 6749 section 5.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from relying_party.signin.evidence import Evidence


def access_token(evidence: Evidence) -> bool:
    """The token response holds an access token."""
    token = evidence.token_response.get("access_token")
    return isinstance(token, str) and bool(token)


def token_type(evidence: Evidence) -> bool:
    """The access token is a bearer token, in capitals or not (RFC 6749 section 7.1)."""
    kind = evidence.token_response.get("token_type")
    return isinstance(kind, str) and kind.lower() == "bearer"
