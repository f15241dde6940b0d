"""Faults in the form of the ID token: something else than a signed token of three parts."""

from __future__ import annotations

import json
import zlib
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from mock_idp.faults.registry import fault
from mock_idp.faults.seam import Seam
from mock_idp.faults.signature import forging
from mock_idp.protocol.jose import seal

if TYPE_CHECKING:
    from mock_idp.protocol.jose import Unsigned

ROUNDS: Final = 2_000_000_000
"""So many rounds of hashing keep a processor busy for a quarter of an hour."""
BLOWN_UP: Final = 32 * 1024 * 1024
NONCE: Final = bytes(12)
"""Nothing here is secret, so that the same one may serve each time."""


@fault(Seam.SIGNATURE, requirements=["SIG-26", "LR-60"])
def not_a_jwt(unsigned: Unsigned) -> str:
    """The token response brings a text for an ID token that is no JWT at all."""
    del unsigned
    return "this is not a token"


@fault(Seam.SIGNATURE, requirements=["SIG-23", "LR-60"])
def json_form(unsigned: Unsigned) -> str:
    """The ID token is written as a JSON object and not in the compact form; its signature is right."""
    header, payload, signature = seal(unsigned).split(".")
    return json.dumps({"protected": header, "payload": payload, "signature": signature})


# Encrypted, though nobody agreed on that


@fault(Seam.SIGNATURE, requirements=["SIG-21", "LR-60"])
def encrypted(unsigned: Unsigned) -> str:
    """The ID token is encrypted with the client secret, as nobody agreed."""
    return _encrypted(unsigned, seal(unsigned).encode())


@fault(Seam.SIGNATURE, requirements=["SIG-21", "LR-60"])
def encrypted_and_blown_up(unsigned: Unsigned) -> str:
    """The ID token is encrypted with the client secret, and is compressed from 32 megabytes of blanks."""
    return _encrypted(unsigned, _compressed_blanks(), zip="DEF")


@fault(Seam.SIGNATURE, requirements=["SIG-21", "LR-60"])
def encrypted_at_great_cost(unsigned: Unsigned) -> str:
    """The ID token is encrypted with a password, to be hashed two thousand million times first."""
    del unsigned
    salt = forging.base64url(bytes(16))
    header = {"alg": "PBES2-HS256+A128KW", "enc": "A128CBC-HS256", "cty": "JWT", "p2s": salt, "p2c": ROUNDS}
    return _five_parts(header, key=bytes(40), vector=bytes(16), text=bytes(64), tag=bytes(16))


def _encrypted(unsigned: Unsigned, text: bytes, **more: Any) -> str:
    """Return an encrypted token (RFC 7516 section 7.1), its key made from the client secret (Core 10.2)."""
    header = {"alg": "dir", "enc": "A256GCM", "cty": "JWT", **more}
    key = sha256((unsigned.client_secret or "").encode()).digest()
    sealed = AESGCM(key).encrypt(NONCE, text, forging.segment(header).encode())
    return _five_parts(header, key=b"", vector=NONCE, text=sealed[:-16], tag=sealed[-16:])


def _five_parts(header: dict[str, Any], *, key: bytes, vector: bytes, text: bytes, tag: bytes) -> str:
    return ".".join((forging.segment(header), *map(forging.base64url, (key, vector, text, tag))))


@cache
def _compressed_blanks() -> bytes:
    packer = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)  # without a header, as RFC 1951 writes it
    return packer.compress(b" " * BLOWN_UP) + packer.flush()
