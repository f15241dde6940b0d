"""Faults in which a key that is not the provider's made the signature, or nothing made it that fits."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives.serialization import Encoding

from mock_idp.faults import strangers, trap
from mock_idp.faults.bending import altered as with_other_first_character
from mock_idp.faults.bending import put
from mock_idp.faults.registry import fault
from mock_idp.faults.seam import Seam
from mock_idp.faults.signature import forging
from mock_idp.protocol.jose import seal

if TYPE_CHECKING:
    from mock_idp.protocol.jose import Unsigned


@fault(Seam.SIGNATURE, requirements=["SIG-01", "LR-60"])
def altered(unsigned: Unsigned) -> str:
    """The signature of the ID token was altered."""
    header, payload, signature = seal(unsigned).split(".")
    return f"{header}.{payload}.{with_other_first_character(signature)}"


@fault(Seam.SIGNATURE, requirements=["SIG-02", "LR-60"])
def payload_altered(unsigned: Unsigned) -> str:
    """The ID token was changed after it was signed."""
    header, _, signature = seal(unsigned).split(".")
    return f"{header}.{forging.segment(put(unsigned.claims, testbed_altered=True))}.{signature}"


@fault(Seam.SIGNATURE, requirements=["SIG-17", "LR-60"])
def foreign_key(unsigned: Unsigned) -> str:
    """The ID token is signed with a key that is not the provider's, under the provider's key id."""
    return _by_stranger(unsigned)


@fault(Seam.SIGNATURE, requirements=["SIG-17", "KEY-07", "LR-60"])
def unknown_kid(unsigned: Unsigned) -> str:
    """The ID token is signed with a foreign key, under a key id that the provider never published."""
    return _by_stranger(unsigned, kid="testbed-unknown-kid")


# The token brings along what it is to be verified with


@fault(Seam.SIGNATURE, requirements=["SIG-11", "LR-60"])
def foreign_key_in_jwk_header(unsigned: Unsigned) -> str:
    """The ID token is signed with a foreign key and brings that key along in its header."""
    return _by_stranger(unsigned, jwk=strangers.public(strangers.foreign()))


@fault(Seam.SIGNATURE, requirements=["SIG-14", "LR-60"])
def foreign_certificate_in_header(unsigned: Unsigned) -> str:
    """The ID token is signed with a foreign key and brings a certificate of that key along in its header."""
    return _by_stranger(unsigned, x5c=_chain())


# The token says where to find what it is to be verified with: a trap


@fault(Seam.SIGNATURE, requirements=["SIG-12", "LR-60"])
def key_address_in_header(unsigned: Unsigned, address: str) -> str:
    """The header of the ID token tells an address (jku) at which there is the foreign key that signed it."""
    return _by_stranger(unsigned, jku=f"{address}/{trap.KEYS}")


@fault(Seam.SIGNATURE, requirements=["SIG-13", "LR-60"])
def certificate_address_in_header(unsigned: Unsigned, address: str) -> str:
    """The header of the ID token tells an address (x5u) at which there is a certificate of the key that signed it."""
    return _by_stranger(unsigned, x5u=f"{address}/{trap.CHAIN}")


@fault(Seam.SIGNATURE, requirements=["SIG-15", "LR-60"])
def addresses_in_jwk_header(unsigned: Unsigned, address: str) -> str:
    """The ID token brings a foreign key along in its header, which tells addresses of keys and certificates itself."""
    addresses = {"jku": f"{address}/{trap.KEYS}", "x5u": f"{address}/{trap.CHAIN}", "x5c": _chain()}
    return _by_stranger(unsigned, jwk=strangers.public(strangers.foreign()) | addresses)


def _by_stranger(unsigned: Unsigned, **header: Any) -> str:
    return forging.signed(put(unsigned.header, **header), unsigned.claims, strangers.foreign())


def _chain() -> list[str]:
    return [base64.b64encode(strangers.certificate().public_bytes(Encoding.DER)).decode()]
