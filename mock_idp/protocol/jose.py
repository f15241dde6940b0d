"""Signing, the honest way. Forging that JOSE libraries rightly refuse stays in `faults/signature/`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from joserfc.jws import JWSRegistry
from joserfc.util import urlsafe_b64decode, urlsafe_b64encode

if TYPE_CHECKING:
    from joserfc.jwk import Key, RSAKey

    from mock_idp.protocol.signing_key import SigningKey

ALGORITHM: Final = "RS256"
SIGNER: Final = JWSRegistry.algorithms[ALGORITHM]
WRITTEN: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, kw_only=True)
class Unsigned:
    """A token before it is signed: everything a signature, right or wrong, can be made of."""

    header: dict[str, Any]
    claims: dict[str, Any]
    key: RSAKey
    client_secret: str | None = None
    withdrawn: SigningKey | None = None
    """The key that left the JWKS last, if one did."""


def seal(unsigned: Unsigned) -> str:
    """Return the compact JWS (RFC 7515 section 7.1), signed with RS256."""
    signed = _segment(tuple(unsigned.header.items())) + b"." + urlsafe_b64encode(_json(unsigned.claims))
    return (signed + b"." + urlsafe_b64encode(SIGNER.sign(signed, unsigned.key))).decode()


def verifies(compact: str, algorithm: str, key: Key) -> bool:
    """Return whether a key verifies a compact JWS of this algorithm (RFC 7515 section 5.2); any other error is raised.

    Of its header nothing is read: whoever asks has read it, and knows what it demands.
    """
    signed, _, signature = compact.encode().rpartition(b".")
    verifier = JWSRegistry.algorithms[algorithm]
    key.check_use("sig")
    verifier.check_key(key)
    return verifier.verify(signed, urlsafe_b64decode(signature), key)


@lru_cache(64)
def _segment(header: tuple[tuple[str, str], ...]) -> bytes:
    """Return the header of a key, which is the same in every token."""
    return urlsafe_b64encode(_json(dict(header)))


def _json(value: dict[str, Any]) -> bytes:
    return WRITTEN.encode(value).encode()
