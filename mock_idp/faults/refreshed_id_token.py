"""Faults in the ID token of a refresh, which says of the same sign-in what the first one said."""

from __future__ import annotations

from typing import Any, Final

from mock_idp.faults.bending import put, put_if_present
from mock_idp.faults.material import ANOTHER_CLIENT, ANOTHER_ISSUER, ANOTHER_NONCE, ANOTHER_PERSON
from mock_idp.faults.registry import fault
from mock_idp.faults.seam import Seam

Claims = dict[str, Any]

A_MINUTE_S: Final = 60


@fault(Seam.REFRESHED_ID_TOKEN, requirements=["RFR-01"])
def issuer_other(claims: Claims) -> Claims:
    """The ID token of a refresh names another issuer than the first one."""
    return put(claims, iss=ANOTHER_ISSUER)


@fault(Seam.REFRESHED_ID_TOKEN, requirements=["RFR-02"])
def subject_other(claims: Claims) -> Claims:
    """The ID token of a refresh is about somebody else than the first one."""
    return put_if_present(claims, sub=ANOTHER_PERSON)


@fault(Seam.REFRESHED_ID_TOKEN, requirements=["RFR-03"])
def audience_other(claims: Claims) -> Claims:
    """The ID token of a refresh is meant for another client than the first one."""
    return put_if_present(claims, aud=ANOTHER_CLIENT)


@fault(Seam.REFRESHED_ID_TOKEN, requirements=["RFR-03"])
def authorized_party_other(claims: Claims) -> Claims:
    """The ID token of a refresh was issued to another client than the first one."""
    return put(claims, azp=ANOTHER_CLIENT)


@fault(Seam.REFRESHED_ID_TOKEN, requirements=["RFR-03"])
def authentication_later(claims: Claims) -> Claims:
    """The ID token of a refresh says that the pupil authenticated a minute later than the first one said."""
    return put_if_present(claims, auth_time=claims.get("auth_time", 0) + A_MINUTE_S)


@fault(Seam.REFRESHED_ID_TOKEN, requirements=["RFR-03"])
def nonce_other(claims: Claims) -> Claims:
    """The ID token of a refresh carries a nonce that is not that of the first one."""
    return put(claims, nonce=ANOTHER_NONCE)
