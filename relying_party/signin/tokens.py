"""Opening an ID token without believing it. Whether to believe it is for the guards."""

from __future__ import annotations

import binascii
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from joserfc.errors import JoseError
from joserfc.jwk import RSAKey
from joserfc.jws import JWSRegistry
from joserfc.util import urlsafe_b64decode

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

SEGMENTS = 3
SMALLEST_KEY_BITS = 2048
"""Shorter RSA keys are not accepted (RFC 7518 section 3.3)."""
PUBLIC_MEMBERS = ("kty", "n", "e", "kid", "use", "alg")


@dataclass(frozen=True, kw_only=True)
class IdToken:
    """The three parts of a token in compact form (RFC 7515 section 7.1), decoded and not yet trusted."""

    well_formed: bool = False
    header: Mapping[str, Any] = field(default_factory=dict)
    claims: Mapping[str, Any] = field(default_factory=dict)
    signed: bytes = b""
    signature: bytes = b""


def open_token(compact: object) -> IdToken:
    """Decode a compact token; anything else gives a token that is not `well_formed`.

    It is read once, for all who ask. Of two members with one name the last counts (RFC 7519 section 4).
    """
    segments = compact.split(".") if isinstance(compact, str) else []
    if len(segments) != SEGMENTS:
        return IdToken()
    try:
        header, claims, signature = (urlsafe_b64decode(segment.encode("ascii")) for segment in segments)
        opened = json.loads(header), json.loads(claims)
    except (ValueError, RecursionError, binascii.Error):
        return IdToken()
    if not all(isinstance(part, dict) for part in opened):
        return IdToken()
    signed = ".".join(segments[:2]).encode("ascii")
    return IdToken(well_formed=True, header=opened[0], claims=opened[1], signed=signed, signature=signature)


@dataclass(frozen=True, kw_only=True)
class Verifier:
    """One way to verify a signature: the algorithm's name and the mathematics."""

    algorithm: str
    verify: Callable[[IdToken, Sequence[RSAKey]], bool]


def verify_rs256(token: IdToken, keys: Sequence[RSAKey]) -> bool:
    """Tell whether one of the keys made the signature (RFC 7518 section 3.3)."""
    rs256 = JWSRegistry.algorithms["RS256"]
    return any(rs256.verify(token.signed, token.signature, key) for key in keys)


RS256 = Verifier(algorithm="RS256", verify=verify_rs256)


def signing_keys(jwks: object) -> tuple[RSAKey, ...]:
    """Return the RSA keys of a JWKS document that may sign; other entries are skipped (RFC 7517 section 5)."""
    entries = jwks.get("keys") if isinstance(jwks, dict) else None
    usable = [entry for entry in entries if _may_sign(entry)] if isinstance(entries, list) else []
    keys = [key for entry in usable if (key := _imported(entry)) is not None]
    return tuple(keys)


def keys_named(keys: Sequence[RSAKey], kid: object) -> tuple[RSAKey, ...]:
    """Return the keys a token's header points at; all of them when it names none."""
    return tuple(key for key in keys if kid is None or key.kid == kid)


def _may_sign(entry: object) -> bool:
    return (
        isinstance(entry, dict)
        and entry.get("kty") == "RSA"
        and entry.get("use", "sig") == "sig"
        and entry.get("alg", "RS256") == "RS256"
        and _bits(entry.get("n")) >= SMALLEST_KEY_BITS
    )


def _bits(modulus: object) -> int:
    """Return the size of an RSA key from its base64url modulus (RFC 7518 section 6.3.1.1)."""
    try:
        return int.from_bytes(urlsafe_b64decode(str(modulus).encode("ascii")), "big").bit_length()
    except ValueError:
        return 0


def _imported(entry: dict[str, Any]) -> RSAKey | None:
    public: dict[str, str | list[str]] = {name: entry[name] for name in PUBLIC_MEMBERS if name in entry}
    try:
        return RSAKey.import_key(public)
    except (ValueError, TypeError, KeyError, AttributeError, JoseError):
        return None
