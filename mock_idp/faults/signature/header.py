"""Faults and circumstances in the header of the ID token; its signature is right."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from mock_idp.faults.bending import drop, put
from mock_idp.faults.registry import circumstance, fault
from mock_idp.faults.seam import Seam
from mock_idp.faults.signature import forging
from mock_idp.protocol.jose import seal

if TYPE_CHECKING:
    from mock_idp.protocol.jose import Unsigned

EXTENSION: Final = "testbed-extension"


@fault(Seam.SIGNATURE, requirements=["SIG-18", "LR-60"])
def critical_header_unknown(unsigned: Unsigned) -> str:
    """The ID token declares an unknown header as critical; its signature is right."""
    header = put(unsigned.header, **{"crit": [EXTENSION], EXTENSION: True})
    return forging.signed(header, unsigned.claims, unsigned.key)


@circumstance(Seam.SIGNATURE, requirements=["KEY-04"])
def kid_absent(unsigned: Unsigned) -> str:
    """The header of the ID token names no key."""
    return seal(replace(unsigned, header=drop(unsigned.header, "kid")))
