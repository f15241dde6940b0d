"""Keys that are not the provider's: each is made once, when it is first needed, and none is ever one of its own."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Final, cast

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from joserfc.jwk import RSAKey

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

BITS: Final = 2048
NAME: Final = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "stranger.invalid")])
LASTS: Final = (datetime(2020, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))


@cache
def foreign() -> RSAKey:
    """Return the key of a stranger."""
    return RSAKey.generate_key(BITS)


def public(key: RSAKey) -> dict[str, Any]:
    """Return the public members of a key."""
    return dict(key.as_dict(private=False))


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
