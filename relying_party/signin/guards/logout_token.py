"""Guards over a logout token (OpenID Connect Back-Channel Logout 1.0 section 2.6), which stands in `id_token`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relying_party.signin.guards.id_token import LEEWAY_S, is_moment
from relying_party.signin.tokens import keys_named

if TYPE_CHECKING:
    from relying_party.signin.evidence import Evidence

EVENT = "http://schemas.openid.net/event/backchannel-logout"
KINDS = ("LOGOUT+JWT", "JWT")


def logout_form(evidence: Evidence) -> bool:
    """The logout token is a signed token in compact form that demands nothing unknown (RFC 7515)."""
    return evidence.id_token.well_formed and "crit" not in evidence.id_token.header


def logout_kind(evidence: Evidence) -> bool:
    """The logout token does not say that it is a token of another kind (Back-Channel Logout 2.4)."""
    return str(evidence.id_token.header.get("typ", "JWT")).upper() in KINDS


def logout_algorithm(evidence: Evidence) -> bool:
    """The logout token is signed as ID tokens are, and says so (Back-Channel Logout 2.6)."""
    return evidence.id_token.header.get("alg") == evidence.verifier.algorithm


def logout_signature(evidence: Evidence) -> bool:
    """The logout token was signed with a key that the provider publishes (Back-Channel Logout 2.6)."""
    keys = keys_named(evidence.keys, evidence.id_token.header.get("kid"))
    return evidence.verifier.verify(evidence.id_token, keys)


def logout_issuer(evidence: Evidence) -> bool:
    """The logout token comes from the issuer at which people sign in (Back-Channel Logout 2.6)."""
    return evidence.claims.get("iss") == evidence.issuer


def logout_audience(evidence: Evidence) -> bool:
    """The logout token is meant for this application (Back-Channel Logout 2.6)."""
    return evidence.claims.get("aud") in (evidence.client_id, [evidence.client_id])


def logout_expiry(evidence: Evidence) -> bool:
    """The logout token says until when it holds, and that moment is still to come (Back-Channel Logout 2.4)."""
    until = evidence.claims.get("exp")
    return is_moment(until) and evidence.now < until + LEEWAY_S


def logout_issued_at(evidence: Evidence) -> bool:
    """The logout token says when it was made, and that is not in the future (Back-Channel Logout 2.4)."""
    made = evidence.claims.get("iat")
    return is_moment(made) and made - LEEWAY_S <= evidence.now


def logout_about(evidence: Evidence) -> bool:
    """The logout token names a person, a session, or both (Back-Channel Logout 2.4)."""
    return any(isinstance(evidence.claims.get(name), str) for name in ("sub", "sid"))


def logout_event(evidence: Evidence) -> bool:
    """The logout token tells of a logout (Back-Channel Logout 2.4)."""
    events = evidence.claims.get("events")
    return isinstance(events, dict) and isinstance(events.get(EVENT), dict)


def logout_without_nonce(evidence: Evidence) -> bool:
    """The logout token carries no nonce, which would make it pass for an ID token (Back-Channel Logout 2.4)."""
    return "nonce" not in evidence.claims
