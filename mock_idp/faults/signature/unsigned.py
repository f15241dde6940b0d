"""Faults in which the ID token has no signature, or says that it needs none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mock_idp.faults.bending import put
from mock_idp.faults.registry import fault
from mock_idp.faults.seam import Seam
from mock_idp.faults.signature import forging

if TYPE_CHECKING:
    from mock_idp.protocol.jose import Unsigned


@fault(Seam.SIGNATURE, requirements=["SIG-03", "LR-60"])
def removed(unsigned: Unsigned) -> str:
    """The signature of the ID token was removed."""
    return forging.unsigned(unsigned.header, unsigned.claims)


@fault(Seam.SIGNATURE, requirements=["SIG-04", "LR-60"])
def alg_none(unsigned: Unsigned) -> str:
    """The ID token is unsigned and says so: its algorithm is none."""
    return forging.unsigned(put(unsigned.header, alg="none"), unsigned.claims)


@fault(Seam.SIGNATURE, requirements=["SIG-06", "LR-60"])
def alg_none_mixed_case(unsigned: Unsigned) -> str:
    """The ID token is unsigned and its algorithm is written nOnE."""
    return forging.unsigned(put(unsigned.header, alg="nOnE"), unsigned.claims)


@fault(Seam.SIGNATURE, requirements=["SIG-05", "LR-60"])
def alg_none_signed(unsigned: Unsigned) -> str:
    """The ID token says that it is unsigned, though the provider's key signed it as ever."""
    return forging.signed(put(unsigned.header, alg="none"), unsigned.claims, unsigned.key)
