"""Faults and circumstances in who signed in, told alike by ID token and userinfo: of pupils, and of nobody else."""

from __future__ import annotations

from hashlib import sha256
from typing import Any, Final

from mock_idp.faults.bending import drop, put_if_present
from mock_idp.faults.material import ANOTHER_PERSON
from mock_idp.faults.registry import circumstance, fault
from mock_idp.faults.seam import Seam

Claims = dict[str, Any]

ACCOUNT: Final = "ov_account_uuid"
SUBJECT_DIGITS: Final = 40
"""ACM's own subjects are so many hexadecimal digits."""
TOO_LONG: Final = "x" * 256
"""OpenID Connect Core section 2 allows 255."""


def _of_pupil(claims: Claims, sub: Any) -> Claims:
    """Put another sub, unless it is bent already."""
    is_honest = ACCOUNT in claims and isinstance(claims.get("sub"), str)
    return put_if_present(claims, sub=sub) if is_honest else claims


@circumstance(Seam.CLAIMS, requirements=["LR-26"])
def sub_random(claims: Claims) -> Claims:
    """The sub of a pupil is a text that has nothing to do with the account, the same at every client."""
    drawn = sha256(f"sub of {claims.get(ACCOUNT)}".encode()).hexdigest()
    return _of_pupil(claims, drawn[:SUBJECT_DIGITS])  # which client asks is not known at this seam


@circumstance(Seam.CLAIMS, requirements=["LR-59"])
def sub_omitted(claims: Claims) -> Claims:
    """A pupil has no sub, neither in the ID token nor at userinfo, as clients of the real LeerID report."""
    return drop(claims, "sub") if ACCOUNT in claims else claims


@fault(Seam.CLAIMS, requirements=["CLM-06"])
def sub_empty(claims: Claims) -> Claims:
    """The sub of a pupil is an empty text."""
    return _of_pupil(claims, "")


@fault(Seam.CLAIMS, requirements=["CLM-06"])
def sub_number(claims: Claims) -> Claims:
    """The sub of a pupil is a number."""
    return _of_pupil(claims, 7)


@fault(Seam.CLAIMS, requirements=["CLM-06"])
def sub_list(claims: Claims) -> Claims:
    """The sub of a pupil is a list of one."""
    return _of_pupil(claims, [claims.get("sub")])


@fault(Seam.CLAIMS, requirements=["CLM-06"])
def sub_object(claims: Claims) -> Claims:
    """The sub of a pupil is an object."""
    return _of_pupil(claims, {"id": claims.get("sub")})


@fault(Seam.CLAIMS, requirements=["CLM-06"])
def sub_too_long(claims: Claims) -> Claims:
    """The sub of a pupil is longer than the 255 characters that a subject may have."""
    return _of_pupil(claims, TOO_LONG)


@circumstance(Seam.CLAIMS, requirements=["TOK-13"])
def another_pupil(claims: Claims) -> Claims:
    """The account that is told is another one than that of the pupil who signed in."""
    if ACCOUNT not in claims:
        return claims
    return put_if_present(claims, sub=ANOTHER_PERSON, ov_account_uuid=ANOTHER_PERSON, ov_leerid_uuid=[])
