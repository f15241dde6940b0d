"""Faults in the signature and its header: the forging that JOSE libraries rightly refuse lives here, and only here."""

from __future__ import annotations

import base64
import hmac
import json
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from joserfc.jwk import RSAKey

from mock_idp.faults.bending import altered as with_other_first_character
from mock_idp.faults.bending import drop, put
from mock_idp.faults.registry import circumstance, fault
from mock_idp.faults.seam import Seam
from mock_idp.protocol.jose import seal

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

    from mock_idp.protocol.jose import Unsigned

EXTENSION = "testbed-extension"


@fault(Seam.SIGNATURE, requirements=["SIG-01", "LR-60"])
def altered(unsigned: Unsigned) -> str:
    """The signature of the ID token was altered."""
    header, payload, signature = seal(unsigned).split(".")
    return f"{header}.{payload}.{with_other_first_character(signature)}"


@fault(Seam.SIGNATURE, requirements=["SIG-02", "LR-60"])
def payload_altered(unsigned: Unsigned) -> str:
    """The ID token was changed after it was signed."""
    header, _, signature = seal(unsigned).split(".")
    return f"{header}.{_segment(put(unsigned.claims, testbed_altered=True))}.{signature}"


@fault(Seam.SIGNATURE, requirements=["SIG-03", "LR-60"])
def removed(unsigned: Unsigned) -> str:
    """The signature of the ID token was removed."""
    return _unsigned(unsigned.header, unsigned.claims)


@fault(Seam.SIGNATURE, requirements=["SIG-04", "LR-60"])
def alg_none(unsigned: Unsigned) -> str:
    """The ID token is unsigned and says so: its algorithm is none."""
    return _unsigned(put(unsigned.header, alg="none"), unsigned.claims)


@fault(Seam.SIGNATURE, requirements=["SIG-06", "LR-60"])
def alg_none_mixed_case(unsigned: Unsigned) -> str:
    """The ID token is unsigned and its algorithm is written nOnE."""
    return _unsigned(put(unsigned.header, alg="nOnE"), unsigned.claims)


@fault(Seam.SIGNATURE, requirements=["SIG-07", "LR-60"])
def hs256_with_public_key(unsigned: Unsigned) -> str:
    """The ID token is authenticated with HS256, the public key of the provider as the secret."""
    header = put(unsigned.header, alg="HS256")
    return _authenticated(header, unsigned.claims, unsigned.key.as_pem(private=False))


@fault(Seam.SIGNATURE, requirements=["SIG-09", "LR-60"])
def hs256_with_client_secret(unsigned: Unsigned) -> str:
    """The ID token is authenticated with HS256 and the client secret, though RS256 is registered."""
    if unsigned.client_secret is None:
        return seal(unsigned)
    header = put(drop(unsigned.header, "kid"), alg="HS256")  # a secret has no key id
    return _authenticated(header, unsigned.claims, unsigned.client_secret.encode())


@fault(Seam.SIGNATURE, requirements=["SIG-17", "LR-60"])
def foreign_key(unsigned: Unsigned) -> str:
    """The ID token is signed with a key that is not the provider's, under the provider's key id."""
    return seal(replace(unsigned, key=foreign()))


@fault(Seam.SIGNATURE, requirements=["SIG-11", "LR-60"])
def foreign_key_in_jwk_header(unsigned: Unsigned) -> str:
    """The ID token is signed with a foreign key and brings that key along in its header."""
    key = foreign()
    return seal(replace(unsigned, key=key, header=put(unsigned.header, jwk=key.as_dict(private=False))))


@fault(Seam.SIGNATURE, requirements=["SIG-17", "KEY-07", "LR-60"])
def unknown_kid(unsigned: Unsigned) -> str:
    """The ID token is signed with a foreign key, under a key id that the provider never published."""
    return seal(replace(unsigned, key=foreign(), header=put(unsigned.header, kid="testbed-unknown-kid")))


@fault(Seam.SIGNATURE, requirements=["SIG-18", "LR-60"])
def critical_header_unknown(unsigned: Unsigned) -> str:
    """The ID token declares an unknown header as critical; its signature is right."""
    header = put(unsigned.header, **{"crit": [EXTENSION], EXTENSION: True})
    return _signed(header, unsigned.claims, unsigned.key)


@fault(Seam.SIGNATURE, requirements=["SIG-26", "LR-60"])
def not_a_jwt(unsigned: Unsigned) -> str:
    """The token response brings a text for an ID token that is no JWT at all."""
    del unsigned
    return "this is not a token"


@circumstance(Seam.SIGNATURE, requirements=["KEY-04"])
def kid_absent(unsigned: Unsigned) -> str:
    """The header of the ID token names no key."""
    return seal(replace(unsigned, header=drop(unsigned.header, "kid")))


@cache
def foreign() -> RSAKey:
    """Return the key of a stranger: made once, when it is first needed, and published nowhere."""
    return RSAKey.generate_key(2048)


def _unsigned(header: dict[str, Any], claims: dict[str, Any]) -> str:
    return f"{_segment(header)}.{_segment(claims)}."


def _authenticated(header: dict[str, Any], claims: dict[str, Any], secret: bytes) -> str:
    signing_input = f"{_segment(header)}.{_segment(claims)}"
    return f"{signing_input}.{_base64url(hmac.digest(secret, signing_input.encode(), 'sha256'))}"


def _signed(header: dict[str, Any], claims: dict[str, Any], key: RSAKey) -> str:
    signing_input = f"{_segment(header)}.{_segment(claims)}"
    signature = cast("RSAPrivateKey", key.private_key).sign(signing_input.encode(), PKCS1v15(), SHA256())
    return f"{signing_input}.{_base64url(signature)}"


def _segment(part: dict[str, Any]) -> str:
    return _base64url(json.dumps(part, ensure_ascii=False, separators=(",", ":")).encode())


def _base64url(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()
