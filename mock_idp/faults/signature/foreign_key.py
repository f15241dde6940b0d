"""Faults in which a key that is not the provider's made the signature, or nothing made it that fits."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from mock_idp.faults import strangers
from mock_idp.faults.bending import altered as with_other_first_character
from mock_idp.faults.bending import put
from mock_idp.faults.registry import fault
from mock_idp.faults.seam import Seam
from mock_idp.faults.signature import forging
from mock_idp.faults.trap import CHAIN, KEYS
from mock_idp.protocol.jose import seal

if TYPE_CHECKING:
    from mock_idp.protocol.jose import Unsigned

LONG: Final = 100_000


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


@fault(Seam.SIGNATURE, requirements=["KEY-07", "LR-60"])
def unknown_kid_each_time(unsigned: Unsigned) -> str:
    """The ID token is signed with a foreign key, each time under another key id that nobody ever published."""
    return _by_stranger(unsigned, kid=sha256(seal(unsigned).encode()).hexdigest())


@fault(Seam.SIGNATURE, requirements=["KEY-06", "LR-60"])
def withdrawn_key(unsigned: Unsigned) -> str:
    """The ID token is signed with a key that the provider has withdrawn."""
    if unsigned.withdrawn is None:
        return seal(unsigned)
    return seal(replace(unsigned, key=unsigned.withdrawn.key, header=put(unsigned.header, kid=unsigned.withdrawn.kid)))


@fault(Seam.SIGNATURE, requirements=["KEY-14", "LR-60"])
def short_key(unsigned: Unsigned) -> str:
    """The ID token is signed with an RSA key of 1024 bits, under the name of such a key."""
    header = put(unsigned.header, kid=strangers.SHORT)
    return forging.signed_by(header, unsigned.claims, lambda text: strangers.short().sign(text, PKCS1v15(), SHA256()))


# The name of the key is more than a name: a text that somebody may take for an address, a path, a query or a key


@fault(Seam.SIGNATURE, requirements=["SIG-16", "LR-60"])
def kid_address(unsigned: Unsigned, trap: str) -> str:
    """The ID token is signed with a foreign key, and its key id is the address of that key."""
    return _by_stranger(unsigned, kid=f"{trap}/{KEYS}")


@fault(Seam.SIGNATURE, requirements=["SIG-16", "LR-60"])
def kid_path(unsigned: Unsigned) -> str:
    """The ID token is signed with a foreign key, and its key id is the path of a file."""
    return _by_stranger(unsigned, kid="../../../../../../../../etc/passwd")


@fault(Seam.SIGNATURE, requirements=["SIG-16", "LR-60"])
def kid_query(unsigned: Unsigned) -> str:
    """The ID token is signed with a foreign key, and its key id is a part of a query of a database."""
    return _by_stranger(unsigned, kid="testbed' UNION SELECT 'testbed'; --")


@fault(Seam.SIGNATURE, requirements=["SIG-16", "LR-60"])
def kid_key(unsigned: Unsigned) -> str:
    """The ID token is signed with a foreign key, and its key id is that key, written as JSON."""
    return _by_stranger(unsigned, kid=json.dumps(strangers.public(strangers.foreign())))


@fault(Seam.SIGNATURE, requirements=["SIG-16", "LR-60"])
def kid_long(unsigned: Unsigned) -> str:
    """The ID token is signed with a foreign key, and its key id has a hundred thousand characters."""
    return _by_stranger(unsigned, kid="k" * LONG)


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
def key_address_in_header(unsigned: Unsigned, trap: str) -> str:
    """The header of the ID token tells an address (jku) at which there is the foreign key that signed it."""
    return _by_stranger(unsigned, jku=f"{trap}/{KEYS}")


@fault(Seam.SIGNATURE, requirements=["SIG-13", "LR-60"])
def certificate_address_in_header(unsigned: Unsigned, trap: str) -> str:
    """The header of the ID token tells an address (x5u) at which there is a certificate of the key that signed it."""
    return _by_stranger(unsigned, x5u=f"{trap}/{CHAIN}")


@fault(Seam.SIGNATURE, requirements=["SIG-15", "LR-60"])
def addresses_in_jwk_header(unsigned: Unsigned, trap: str) -> str:
    """The ID token brings a foreign key along in its header, which tells addresses of keys and certificates itself."""
    addresses = {"jku": f"{trap}/{KEYS}", "x5u": f"{trap}/{CHAIN}", "x5c": _chain()}
    return _by_stranger(unsigned, jwk=strangers.public(strangers.foreign()) | addresses)


def _by_stranger(unsigned: Unsigned, **header: Any) -> str:
    return forging.signed(put(unsigned.header, **header), unsigned.claims, strangers.foreign())


def _chain() -> list[str]:
    return [base64.b64encode(strangers.certificate().public_bytes(Encoding.DER)).decode()]
