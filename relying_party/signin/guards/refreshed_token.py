"""Guards over the ID token of a refresh, beside what holds for every ID token (OpenID Connect Core 1.0 section 12.2).

It says of the same sign-in what the first one said, whose claims stand in `first`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from relying_party.signin.evidence import Evidence


def refreshed_issuer(evidence: Evidence) -> bool:
    """The ID token of a refresh comes from the issuer of the first one (Core 12.2)."""
    return _same(evidence, "iss")


def refreshed_subject(evidence: Evidence) -> bool:
    """The ID token of a refresh is about the subject of the first one (Core 12.2)."""
    return _same(evidence, "sub")


def refreshed_audience(evidence: Evidence) -> bool:
    """The ID token of a refresh is meant for the audience of the first one, alone or in a list (Core 12.2)."""
    return bool(_each(evidence.claims.get("aud")) == _each(evidence.first.get("aud")))


def refreshed_party(evidence: Evidence) -> bool:
    """The ID token of a refresh was issued to whom the first one was, and says so as that did (Core 12.2)."""
    return _same(evidence, "azp")


def refreshed_authentication(evidence: Evidence) -> bool:
    """The ID token of a refresh tells of the authentication of the first one, as far as both tell (Core 12.2)."""
    first = evidence.first.get("auth_time")
    return first is None or bool(evidence.claims.get("auth_time", first) == first)


def refreshed_nonce(evidence: Evidence) -> bool:
    """The ID token of a refresh has no nonce, or that of the first one (Core 12.2)."""
    return "nonce" not in evidence.claims or _same(evidence, "nonce")


def _same(evidence: Evidence, name: str) -> bool:
    return bool(evidence.claims.get(name) == evidence.first.get(name))


def _each(audience: Any) -> Any:
    return audience if isinstance(audience, list) else [audience]
