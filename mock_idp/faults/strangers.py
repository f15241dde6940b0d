"""Keys that are not the provider's: each is made once, when it is first needed, and none is ever one of its own."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Final, cast

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from joserfc.jwk import ECKey, RSAKey

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

BITS: Final = 2048
SHORT_BITS: Final = 1024
EXPONENT: Final = 65537
PUBLISHED_SECRET: Final = b"a secret that the testbed publishes on purpose"
ELLIPTIC, SECOND, SHORT, SYMMETRIC = (f"testbed-{name}" for name in ("elliptic", "second", "short", "symmetric"))
"""Under these names the keys of strangers are published."""
NAME: Final = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "stranger.invalid")])
LASTS: Final = (datetime(2020, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))


@cache
def foreign() -> RSAKey:
    """Return the key of a stranger."""
    return RSAKey.generate_key(BITS)


def public(key: RSAKey | ECKey) -> dict[str, Any]:
    """Return the public members of a key."""
    return dict(key.as_dict(private=False))


@cache
def elliptic() -> ECKey:
    """Return a key on the curve P-256."""
    return ECKey.generate_key("P-256")


@cache
def short() -> RSAPrivateKey:
    """Return an RSA key that is too short to be accepted (RFC 7518 section 3.3)."""
    return generate_private_key(EXPONENT, SHORT_BITS)


def short_public() -> dict[str, Any]:
    """Return its public members; joserfc rightly warns of such a key."""
    numbers = short().public_key().public_numbers()
    return {"kty": "RSA", "n": base64url_uint(numbers.n), "e": base64url_uint(numbers.e)}


@cache
def certificate() -> x509.Certificate:
    """Return the certificate that the stranger wrote for that key, signed by nobody else."""
    key = cast("RSAPrivateKey", foreign().private_key)
    since, until = LASTS
    builder = x509.CertificateBuilder(NAME, NAME, key.public_key(), x509.random_serial_number(), since, until)
    return builder.sign(key, SHA256())


def certificate_pem() -> str:
    """Return that certificate as a text."""
    return certificate().public_bytes(Encoding.PEM).decode()


def private_key_pem() -> str:
    """Return the key that belongs to it as a text: it vouches for nothing."""
    key = cast("RSAPrivateKey", foreign().private_key)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def base64url_uint(number: int) -> str:
    """Return a whole number as RFC 7518 section 2 writes it."""
    return base64.urlsafe_b64encode(number.to_bytes((number.bit_length() + 7) // 8)).rstrip(b"=").decode()
