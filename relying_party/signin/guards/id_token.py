"""Guards over the ID token (OpenID Connect Core 1.0 sections 2 and 3.1.3.7), form before meaning."""

from __future__ import annotations

import math
from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import TYPE_CHECKING, Any, TypeGuard

from relying_party.signin.tokens import keys_named

if TYPE_CHECKING:
    from relying_party.signin.evidence import Evidence

LEEWAY_S = 60
"""Seconds by which the provider's clock may differ from ours."""
LONGEST_SUBJECT = 255


def id_token_present(evidence: Evidence) -> bool:
    """The token response holds an ID token (Core 3.1.3.3)."""
    token = evidence.token_response.get("id_token")
    return isinstance(token, str) and bool(token)


def compact_form(evidence: Evidence) -> bool:
    """The ID token is a signed token in compact form (RFC 7515 section 7.1)."""
    return evidence.id_token.well_formed


def critical_header(evidence: Evidence) -> bool:
    """The header demands no extension that this application does not know (RFC 7515 section 4.1.11)."""
    return "crit" not in evidence.id_token.header


def token_kind(evidence: Evidence) -> bool:
    """The token does not say that it is a token of another kind (RFC 8725 section 3.11)."""
    kind = evidence.id_token.header.get("typ", "JWT")
    return isinstance(kind, str) and kind.upper() == "JWT"


def algorithm(evidence: Evidence) -> bool:
    """The ID token is signed with the algorithm this application was registered for (Core 3.1.3.7 item 7)."""
    return evidence.id_token.header.get("alg") == evidence.verifier.algorithm


def signature(evidence: Evidence) -> bool:
    """The signature was made with a key that the provider publishes (Core 3.1.3.7 item 6)."""
    keys = keys_named(evidence.keys, evidence.id_token.header.get("kid"))
    return evidence.verifier.verify(evidence.id_token, keys)


def issuer(evidence: Evidence) -> bool:
    """The ID token comes from exactly the issuer that was asked (Core 3.1.3.7 item 2)."""
    return evidence.claims.get("iss") == evidence.issuer


def audience(evidence: Evidence) -> bool:
    """The ID token is meant for this application and for nobody else (Core 3.1.3.7 item 3)."""
    return evidence.claims.get("aud") in (evidence.client_id, [evidence.client_id])


def authorized_party(evidence: Evidence) -> bool:
    """The ID token was issued to this application, when it says to whom (Core 3.1.3.7 item 5)."""
    party: object = evidence.claims.get("azp", evidence.client_id)
    return party == evidence.client_id


def expiry(evidence: Evidence) -> bool:
    """The ID token says until when it holds, and that moment is still to come (Core 3.1.3.7 item 9)."""
    until = evidence.claims.get("exp")
    return is_moment(until) and evidence.now < until + LEEWAY_S


def not_before(evidence: Evidence) -> bool:
    """The ID token holds already (RFC 7519 section 4.1.5)."""
    since = evidence.claims.get("nbf", evidence.now)
    return is_moment(since) and since - LEEWAY_S <= evidence.now


def issued_at(evidence: Evidence) -> bool:
    """The ID token says when it was made, and that is not in the future (Core 2)."""
    made = evidence.claims.get("iat")
    return is_moment(made) and made - LEEWAY_S <= evidence.now


def nonce(evidence: Evidence) -> bool:
    """The ID token was made for this very sign-in (Core 3.1.3.7 item 11); no claim switches this off."""
    return evidence.begun is not None and evidence.claims.get("nonce") == evidence.begun.nonce


def subject(evidence: Evidence) -> bool:
    """The ID token says whom it is about (Core 2).

    Clients of the real LeerID are said to get tokens without `sub`. A claims profile that allows it replaces this
    guard; it is never weakened for everybody.
    """
    about = evidence.claims.get("sub")
    return isinstance(about, str) and 0 < len(about) <= LONGEST_SUBJECT


def authentication_moment(evidence: Evidence) -> bool:
    """The ID token says when the pupil authenticated, when we asked for a largest age (Core 3.1.3.7 item 13)."""
    return evidence.max_age_s is None or is_moment(evidence.claims.get("auth_time"))


def authentication_age(evidence: Evidence) -> bool:
    """The pupil authenticated no longer ago than we asked (Core 3.1.3.7 item 13)."""
    since = evidence.claims.get("auth_time")
    if evidence.max_age_s is None or not is_moment(since):
        return True
    return evidence.now <= since + evidence.max_age_s + LEEWAY_S


def authentication_means(evidence: Evidence) -> bool:
    """The pupil authenticated by a means that we asked for, when we asked for one (Core 3.1.3.7 item 12)."""
    return not evidence.means or evidence.claims.get("acr") in evidence.means


def access_token_hash(evidence: Evidence) -> bool:
    """The access token is the one that came with the ID token, when the ID token can tell (Core 3.1.3.8)."""
    half = sha256(str(evidence.token_response.get("access_token")).encode()).digest()[:16]
    expected = urlsafe_b64encode(half).rstrip(b"=").decode()
    told: object = evidence.claims.get("at_hash", expected)
    return told == expected


def is_moment(value: Any) -> TypeGuard[int | float]:
    """Tell whether a claim is a number of seconds (RFC 7519 NumericDate); `true` is none."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
