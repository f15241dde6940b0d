"""Faults in the claims of the ID token, before it is signed."""

from __future__ import annotations

from typing import Any

from mock_idp.faults.bending import put_if_present
from mock_idp.faults.registry import fault
from mock_idp.faults.seam import Seam

Claims = dict[str, Any]


@fault(Seam.ID_TOKEN, requirements=["CLM-24", "LR-60"])
def nonce_mismatch(claims: Claims) -> Claims:
    """The ID token carries the nonce of another sign-in."""
    return put_if_present(claims, nonce="nonce-of-another-sign-in")
