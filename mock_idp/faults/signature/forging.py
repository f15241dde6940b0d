"""The primitives of forging: what JOSE libraries rightly refuse to make is made here, and only here."""

from __future__ import annotations

import base64
import hmac
import json
from typing import TYPE_CHECKING, Any, cast

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256

if TYPE_CHECKING:
    from collections.abc import Callable

    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from joserfc.jwk import RSAKey

    Part = dict[str, Any]


def unsigned(header: Part, claims: Part) -> str:
    """Return a compact token whose signature is empty."""
    return f"{signing_input(header, claims)}."


def authenticated(header: Part, claims: Part, secret: bytes) -> str:
    """Return a compact token with an HMAC of SHA-256, whatever the secret is."""
    return signed_by(header, claims, lambda text: hmac.digest(secret, text, "sha256"))


def signed(header: Part, claims: Part, key: RSAKey) -> str:
    """Return a compact token with a signature as RS256 makes it, whatever the header says."""
    return signed_by(header, claims, lambda text: private(key).sign(text, PKCS1v15(), SHA256()))


def private(key: RSAKey) -> RSAPrivateKey:
    """Return the private half of a key, as the mathematics want it."""
    return cast("RSAPrivateKey", key.private_key)


def signed_by(header: Part, claims: Part, sign: Callable[[bytes], bytes]) -> str:
    """Return a compact token with any signature."""
    text = signing_input(header, claims)
    return f"{text}.{base64url(sign(text.encode()))}"


def signing_input(header: Part, claims: Part) -> str:
    """Return what a signature is made over (RFC 7515 section 5.1)."""
    return f"{segment(header)}.{segment(claims)}"


def segment(part: Part) -> str:
    """Return a part of a token as text."""
    return base64url(json.dumps(part, ensure_ascii=False, separators=(",", ":")).encode())


def base64url(octets: bytes) -> str:
    """Return octets as RFC 7515 section 2 writes them, without padding."""
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()
