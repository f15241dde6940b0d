"""The door to chance: fresh secrets, and people that a seed makes the same on every run."""

from __future__ import annotations

import secrets
from hashlib import sha256
from uuid import UUID, uuid4


def fresh_secret() -> str:
    """Return 43 characters that are safe in URLs and cannot be guessed: codes, tokens, sessions."""
    return secrets.token_urlsafe(32)


def fresh_id() -> str:
    """Return a new UUID (version 4, lower case)."""
    return str(uuid4())


def drawn(*parts: object, below: int) -> int:
    """Return a number from 0 to `below` - 1 that depends on nothing but `parts`."""
    digest = sha256("\x1f".join(map(str, parts)).encode()).digest()
    return int.from_bytes(digest[:8], "big") % below


def derived_id(*parts: object) -> str:
    """Return a UUID (version 4 in form, lower case) that depends on nothing but `parts`."""
    digest = sha256("\x1f".join(("uuid", *map(str, parts))).encode()).digest()
    return str(UUID(bytes=digest[:16], version=4))
