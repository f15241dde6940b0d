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
    from typing import TypeAlias

    Fits: TypeAlias = Callable[[Mapping[str, Any]], bool]

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
    return keys_that(jwks, *MAY_SIGN)


def keys_that(jwks: object, *fit: Fits) -> tuple[RSAKey, ...]:
    """Return the RSA keys of a JWKS document whose entries fit in every respect."""
    usable = [entry for entry in entries_of(jwks) if all(fits(entry) for fits in fit)]
    keys = [key for entry in usable if (key := _imported(entry)) is not None]
    return tuple(keys)


def entries_of(jwks: object) -> list[dict[str, Any]]:
    """Return the entries of a JWKS document that are objects at all."""
    entries = jwks.get("keys") if isinstance(jwks, dict) else None
    return [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []


def read_key(content: bytes) -> RSAKey:
    """Return the private key in a file, a JWK or PEM.

    Raises:
        ValueError: there is none in it.
    """
    told = json.loads(content) if content.lstrip().startswith(b"{") else content
    return RSAKey.import_key(told)


def keys_named(keys: Sequence[RSAKey], kid: object) -> tuple[RSAKey, ...]:
    """Return the keys a token's header points at; all of them when it names none."""
    return tuple(key for key in keys if kid is None or key.kid == kid)


def is_rsa(entry: Mapping[str, Any]) -> bool:
    """Tell whether an entry is an RSA key; a symmetric one is nobody's business."""
    return entry.get("kty") == "RSA"


def is_for_signatures(entry: Mapping[str, Any]) -> bool:
    """Tell whether an entry is meant for signatures, as far as it says (RFC 7517 section 4.2)."""
    return bool(entry.get("use", "sig") == "sig")


def is_for_rs256(entry: Mapping[str, Any]) -> bool:
    """Tell whether an entry is meant for our algorithm, as far as it says (RFC 7517 section 4.4)."""
    return bool(entry.get("alg", "RS256") == "RS256")


def is_long_enough(entry: Mapping[str, Any]) -> bool:
    """Tell whether an RSA key has the length that is demanded (RFC 7518 section 3.3)."""
    return _bits(entry.get("n")) >= SMALLEST_KEY_BITS


MAY_SIGN: tuple[Fits, ...] = (is_rsa, is_for_signatures, is_for_rs256, is_long_enough)


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
