"""Faults in what ties the ID token to this sign-in and to the access token beside it."""

from __future__ import annotations

from typing import Any, Final

from mock_idp.faults.bending import altered, drop, put, put_if_present
from mock_idp.faults.material import ANOTHER_NONCE
from mock_idp.faults.registry import fault
from mock_idp.faults.seam import Seam

Claims = dict[str, Any]

TEN_MINUTES_S: Final = 600


@fault(Seam.ID_TOKEN, requirements=["CLM-24", "LR-60"])
def nonce_mismatch(claims: Claims) -> Claims:
    """The ID token carries the nonce of another sign-in."""
    return put_if_present(claims, nonce=ANOTHER_NONCE)


@fault(Seam.ID_TOKEN, requirements=["CLM-25", "LR-60"])
def nonce_missing(claims: Claims) -> Claims:
    """The ID token lacks the nonce that the application sent."""
    return drop(claims, "nonce")


@fault(Seam.ID_TOKEN, requirements=["CLM-27", "LR-60"])
def nonce_supported_false(claims: Claims) -> Claims:
    """The ID token lacks the nonce and claims that the provider supports none."""
    return put(drop(claims, "nonce"), nonce_supported=False) if "nonce" in claims else claims


@fault(Seam.ID_TOKEN, requirements=["CLM-05"])
def subject_missing(claims: Claims) -> Claims:
    """The ID token has no subject."""
    return drop(claims, "sub")


@fault(Seam.ID_TOKEN, requirements=["CLM-32"])
def at_hash_mismatch(claims: Claims) -> Claims:
    """The hash in the ID token belongs to another access token."""
    return put_if_present(claims, at_hash=altered(claims.get("at_hash", "")))


@fault(Seam.ID_TOKEN, requirements=["TOK-13", "CLM-26"])
def of_earlier_sign_in(claims: Claims) -> Claims:
    """The ID token is that of an earlier sign-in, of ten minutes ago: another nonce, and no access token in it."""
    if "nonce" not in claims:
        return claims
    earlier = {name: claims[name] - TEN_MINUTES_S for name in ("iat", "exp", "auth_time") if name in claims}
    return put(drop(claims, "at_hash"), nonce=ANOTHER_NONCE, **earlier)
