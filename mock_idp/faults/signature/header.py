"""Faults and circumstances in the header of the ID token; its signature is right."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from mock_idp.faults.bending import drop, put
from mock_idp.faults.material import ANOTHER_ISSUER, ANOTHER_PERSON
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


@fault(Seam.SIGNATURE, requirements=["SIG-19", "LR-60"])
def payload_called_unencoded(unsigned: Unsigned) -> str:
    """The header of the ID token says, and calls it critical, that the payload is not encoded."""
    header = put(unsigned.header, crit=["b64"], b64=False)
    return forging.signed(header, unsigned.claims, unsigned.key)


@fault(Seam.SIGNATURE, requirements=["SIG-24", "LR-60"])
def type_access_token(unsigned: Unsigned) -> str:
    """The header of the ID token says that it is an access token."""
    return forging.signed(put(unsigned.header, typ="at+jwt"), unsigned.claims, unsigned.key)


@fault(Seam.SIGNATURE, requirements=["SIG-24", "LR-60"])
def type_logout_token(unsigned: Unsigned) -> str:
    """The header of the ID token says that it is a logout token."""
    return forging.signed(put(unsigned.header, typ="logout+jwt"), unsigned.claims, unsigned.key)


@circumstance(Seam.SIGNATURE, requirements=["SIG-25"])
def claims_in_header(unsigned: Unsigned) -> str:
    """The header of the ID token names another person and another issuer; its payload is right."""
    header = put(unsigned.header, sub=ANOTHER_PERSON, iss=ANOTHER_ISSUER)
    return forging.signed(header, unsigned.claims, unsigned.key)


@circumstance(Seam.SIGNATURE, requirements=["KEY-04", "KEY-05"])
def kid_absent(unsigned: Unsigned) -> str:
    """The header of the ID token names no key."""
    return seal(replace(unsigned, header=drop(unsigned.header, "kid")))
