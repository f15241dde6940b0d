"""Faults in the form of the ID token: something else than a signed token of three parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mock_idp.faults.registry import fault
from mock_idp.faults.seam import Seam

if TYPE_CHECKING:
    from mock_idp.protocol.jose import Unsigned


@fault(Seam.SIGNATURE, requirements=["SIG-26", "LR-60"])
def not_a_jwt(unsigned: Unsigned) -> str:
    """The token response brings a text for an ID token that is no JWT at all."""
    del unsigned
    return "this is not a token"
