"""Faults in what is released about a person, before both the ID token and the userinfo response."""

from __future__ import annotations

from typing import Any

from mock_idp.faults.bending import drop, put, put_if_present
from mock_idp.faults.registry import circumstance, fault
from mock_idp.faults.seam import Seam

Claims = dict[str, Any]


def _of_pupil(claims: Claims, **members: Any) -> Claims:
    return put(claims, **members) if "ov_account_uuid" in claims else claims


@circumstance(Seam.CLAIMS, requirements=["LR-41"])
def email_null(claims: Claims) -> Claims:
    """The e-mail address of a pupil is null."""
    return _of_pupil(claims, email=None)


@circumstance(Seam.CLAIMS, requirements=["LR-41", "LR-42"])
def email_empty(claims: Claims) -> Claims:
    """The e-mail address of a pupil is an empty text."""
    return _of_pupil(claims, email="")


@circumstance(Seam.CLAIMS, requirements=["LR-29"])
def leer_id_missing(claims: Claims) -> Claims:
    """The claim ov_leerid_uuid is absent, where an empty list is usual."""
    return drop(claims, "ov_leerid_uuid")


@circumstance(Seam.CLAIMS, requirements=["LR-29", "LR-59"])
def leer_id_null(claims: Claims) -> Claims:
    """The claim ov_leerid_uuid is null, where an empty list is usual."""
    return put_if_present(claims, ov_leerid_uuid=None)


@circumstance(Seam.CLAIMS, requirements=["LR-59"])
def account_uuid_list(claims: Claims) -> Claims:
    """The claim ov_account_uuid is a list of one."""
    return put_if_present(claims, ov_account_uuid=[claims.get("ov_account_uuid")])


@circumstance(Seam.CLAIMS, requirements=["LR-35"])
def history_absent(claims: Claims) -> Claims:
    """The claim ov_historiek_account_uuid is absent."""
    return drop(claims, "ov_historiek_account_uuid")


@fault(Seam.CLAIMS, requirements=["LR-10"])
def enrolments_missing(claims: Claims) -> Claims:
    """Nothing is released about enrolments: neither ov_inschrijvingen nor ov_orgcode."""
    return drop(claims, "ov_inschrijvingen", "ov_orgcode")
