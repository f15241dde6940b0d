"""Faults in the claims of the ID token, before it is signed."""

from __future__ import annotations

from typing import Any

from mock_idp.faults.bending import about_person, altered, drop, put, put_if_present
from mock_idp.faults.material import ANOTHER_CLIENT, ANOTHER_ISSUER, ANOTHER_NONCE, NATIONAL_NUMBER, UNASKED
from mock_idp.faults.registry import circumstance, fault
from mock_idp.faults.seam import Seam

Claims = dict[str, Any]

HOUR_S = 3600
TEN_MINUTES_S = 600


def _audiences(claims: Claims) -> list[Any]:
    audience = claims.get("aud", "")
    return list(audience) if isinstance(audience, list) else [audience]


@fault(Seam.ID_TOKEN, requirements=["CLM-01", "LR-60"])
def issuer_other(claims: Claims) -> Claims:
    """The ID token names another issuer."""
    return put(claims, iss=ANOTHER_ISSUER)


@fault(Seam.ID_TOKEN, requirements=["CLM-02", "LR-60"])
def issuer_missing(claims: Claims) -> Claims:
    """The ID token names no issuer."""
    return drop(claims, "iss")


@fault(Seam.ID_TOKEN, requirements=["CLM-04", "LR-60"])
def issuer_trailing_slash(claims: Claims) -> Claims:
    """The issuer in the ID token has a trailing slash that the issuer itself has not."""
    return put_if_present(claims, iss=f"{claims.get('iss')}/")


@fault(Seam.ID_TOKEN, requirements=["CLM-10", "LR-60"])
def audience_other(claims: Claims) -> Claims:
    """The ID token was issued to another client."""
    return put_if_present(claims, aud=ANOTHER_CLIENT, azp=ANOTHER_CLIENT)


@fault(Seam.ID_TOKEN, requirements=["CLM-11", "LR-60"])
def audience_missing(claims: Claims) -> Claims:
    """The ID token names no audience."""
    return drop(claims, "aud")


@circumstance(Seam.ID_TOKEN, requirements=["CLM-12"])
def audience_list(claims: Claims) -> Claims:
    """The audience of the ID token is a list with the client as its only member."""
    return put_if_present(claims, aud=_audiences(claims))


@fault(Seam.ID_TOKEN, requirements=["CLM-16", "LR-60"])
def audience_other_authorized_party_right(claims: Claims) -> Claims:
    """The audience of the ID token is another client, though the authorized party is right."""
    return put(claims, aud=ANOTHER_CLIENT, azp=_audiences(claims)[0])


@fault(Seam.ID_TOKEN, requirements=["CLM-13", "LR-60"])
def audience_extra(claims: Claims) -> Claims:
    """The ID token is also meant for a client that nobody trusts."""
    return put_if_present(claims, aud=[*_audiences(claims), ANOTHER_CLIENT])


@fault(Seam.ID_TOKEN, requirements=["CLM-15"])
def authorized_party_other(claims: Claims) -> Claims:
    """The authorized party of the ID token is another client."""
    return put(claims, azp=ANOTHER_CLIENT)


@fault(Seam.ID_TOKEN, requirements=["CLM-17", "LR-60"])
def expired(claims: Claims) -> Claims:
    """The ID token expired an hour ago."""
    return put_if_present(claims, exp=claims.get("iat", 0) - HOUR_S)


@fault(Seam.ID_TOKEN, requirements=["CLM-18", "LR-60"])
def expiry_missing(claims: Claims) -> Claims:
    """The ID token never expires: it has no exp."""
    return drop(claims, "exp")


@fault(Seam.ID_TOKEN, requirements=["CLM-20"])
def issued_at_missing(claims: Claims) -> Claims:
    """The ID token does not say when it was issued."""
    return drop(claims, "iat")


@fault(Seam.ID_TOKEN, requirements=["CLM-22"])
def not_yet_valid(claims: Claims) -> Claims:
    """The ID token becomes valid in ten minutes only."""
    return put(claims, nbf=claims["iat"] + TEN_MINUTES_S) if "iat" in claims else claims


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


@circumstance(Seam.ID_TOKEN, requirements=["CLM-33", "LR-45"])
def extra_claims(claims: Claims) -> Claims:
    """The ID token carries claims that nobody asked for."""
    return put(claims, **UNASKED)


@fault(Seam.ID_TOKEN, requirements=["LR-46"])
def national_number_leaked(claims: Claims) -> Claims:
    """The ID token leaks a national number, a fictitious one."""
    return put(claims, rrn=NATIONAL_NUMBER)


@circumstance(Seam.ID_TOKEN, requirements=["LR-59"])
def person_in_userinfo_only(claims: Claims) -> Claims:
    """The ID token says who signed in and nothing else about the person; userinfo does."""
    return drop(claims, *about_person(claims))
