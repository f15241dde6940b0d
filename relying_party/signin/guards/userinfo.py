"""Guards over the answer of the userinfo endpoint (OpenID Connect Core 1.0 section 5.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from relying_party.signin.evidence import Evidence


def userinfo_subject(evidence: Evidence) -> bool:
    """The userinfo is about the person of the ID token (Core 5.3.2); that there is one, another guard asks."""
    return "sub" not in evidence.claims or evidence.userinfo.get("sub") == evidence.claims["sub"]
