"""Faults and circumstances in what else the ID token tells."""

from __future__ import annotations

from typing import Any

from mock_idp.faults.bending import about_person, drop, put
from mock_idp.faults.material import NATIONAL_NUMBER, UNASKED
from mock_idp.faults.registry import circumstance, fault
from mock_idp.faults.seam import Seam

Claims = dict[str, Any]


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
