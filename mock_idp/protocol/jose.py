"""Signing, the honest way. Forging that JOSE libraries rightly refuse stays in `faults/signature/`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from joserfc import jws

if TYPE_CHECKING:
    from joserfc.jwk import RSAKey

ALGORITHM = "RS256"


@dataclass(frozen=True, kw_only=True)
class Unsigned:
    """A token before it is signed: everything a signature, right or wrong, can be made of."""

    header: dict[str, Any]
    claims: dict[str, Any]
    key: RSAKey
    client_secret: str | None = None


def seal(unsigned: Unsigned) -> str:
    """Return the compact JWS (RFC 7515 section 7.1), signed with RS256."""
    payload = json.dumps(unsigned.claims, ensure_ascii=False, separators=(",", ":")).encode()
    return jws.serialize_compact(unsigned.header, payload, unsigned.key, algorithms=[ALGORITHM])
