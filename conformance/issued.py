"""Tokens in a text: those whose form gives them away, and opaque ones that were really issued. Pure.

The journal masks an access token with a salt that nobody has. The ID token that came with it tells its hash, `at_hash`
(OpenID Connect Core 3.1.3.6), and that tells it from every other random word: a session, a state, a token of others.
"""

import re
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from functools import lru_cache
from hashlib import sha256
from typing import Final

from conformance.evidence import Visit

TOKEN: Final = re.compile(r"eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{2,}\.")
WORD: Final = re.compile(r"[A-Za-z0-9_-]{20,}")
REMEMBERED: Final = 4096


def access_tokens(visits: Iterable[Visit]) -> frozenset[str]:
    """The hashes of the access tokens that were issued in these sign-ins, as their ID tokens tell them."""
    tokens = [exchange.id_token for visit in visits for exchange in visit.exchanges if exchange.id_token]
    told = [token.claims.get("at_hash") for token in tokens]
    return frozenset(each for each in told if isinstance(each, str))


def tokens_in(text: str, issued: AbstractSet[str]) -> tuple[str, ...]:
    """Says which kinds of token stand in a text; `issued`: the hashes of opaque ones."""
    found = {
        "a token": TOKEN.search(text) is not None,
        "the access token": bool(issued) and any(half_hash(word) in issued for word in set(WORD.findall(text))),
    }
    return tuple(name for name, is_there in found.items() if is_there)


@lru_cache(REMEMBERED)
def half_hash(word: str) -> str:
    """The left half of the SHA-256 of an access token, as an ID token tells it."""
    return urlsafe_b64encode(sha256(word.encode()).digest()[:16]).rstrip(b"=").decode()
