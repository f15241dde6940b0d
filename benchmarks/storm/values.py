"""Values that break things, percent-encoded already, and the mutations that put them into a good request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote_plus

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

    Pairs = list[tuple[str, str]]
    Mutation = Callable[[Pairs, Random], Pairs]

MARK: Final = "x-storm"
"""The name of the element and attribute that generated markup would make."""

SECRETS: Final = frozenset({"client_secret", "password", "code", "refresh_token", "client_assertion", "id_token_hint"})
"""Parameters whose values are never put under another name: there they would be no secret to the mock."""

TEXTS: Final = (
    "",
    " ",
    "\0",
    "a\r\nSet-Cookie: storm=1",
    f"<{MARK}>",
    f"'\"><{MARK} onload=alert(1)>",
    f"\" on{MARK}=1 '",
    f"</script><{MARK}>",
    "{{7*7}}%(x)s%s{0}${x}",
    "../../etc/passwd",
    "ünï-çødé 漢字 🦊 \u202e\ufeff",
    "e\u0301" * 40,
    "٣٣",
    "²",
    "-1",
    "NaN",
    "1e999",
    "9" * 4_000,
    "null",
    "[]",
    '{"a":',
    "true",
    "none login",
    "a" * 20_000,
    "javascript:alert(1)",
    "//evil.example/",
    "http://evil.example/callback",
    "http://127.0.0.1:9200/callback@evil.example",
    "http://127.0.0.1\\@evil.example/",
    "http://evil.example\\.localhost/",
    "http://127.0.0.1:99999999/",
    "http://127.0.0.1:abc/",
    "http://[::1",
    "http://127.0.0.1:9200/callback#",
    "http://127.0.0.1:9200/callback/../..",
    "ht\ntp://127.0.0.1/",
    "myapp:/callback",
    "openid openid profile",
    "offline_access",
    "form_post",
    "fragment",
    "authorization_code",
    "refresh_token",
    "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    "eyJhbGciOiJub25lIn0.e30.",
    "eyJhbGciOiJSUzI1NiIsImtpZCI6Ilx1ZDgwMCJ9.eyJzdWIiOiJcdWQ4MDAifQ.AA",
    "..",
)
NASTY: Final = (*map(quote_plus, TEXTS), "%ED%A0%80", "%FF", "%C0%AF", "%", "%zz", "%u0041", "%00%00")
"""Lone surrogates, overlong letters and broken escapes cannot be written as text."""


def mutated(pairs: Pairs, draw: Random) -> Pairs:
    """Return the parameters with up to three mutations."""
    for _ in range(draw.choice((0, 1, 1, 1, 2, 3))):
        pairs = draw.choice(MUTATIONS)(pairs, draw)
    return pairs


def encoded(pairs: Sequence[tuple[str, str]]) -> str:
    """Return the parameters as a query or form."""
    return "&".join(f"{name}={value}" for name, value in pairs)


def _dropped(pairs: Pairs, draw: Random) -> Pairs:
    gone = draw.randrange(len(pairs)) if pairs else 0
    return [pair for place, pair in enumerate(pairs) if place != gone]


def _repeated(pairs: Pairs, draw: Random) -> Pairs:
    return [*pairs, draw.choice(pairs)] if pairs else pairs


def _replaced(pairs: Pairs, draw: Random) -> Pairs:
    chosen = draw.randrange(len(pairs)) if pairs else 0
    return [(name, draw.choice(NASTY) if place == chosen else value) for place, (name, value) in enumerate(pairs)]


def _contradicted(pairs: Pairs, draw: Random) -> Pairs:
    return [*pairs, (draw.choice(pairs)[0], draw.choice(NASTY))] if pairs else pairs


def _swapped(pairs: Pairs, draw: Random) -> Pairs:
    open_ones = [place for place, (name, _) in enumerate(pairs) if name not in SECRETS]
    if len(open_ones) < 2:  # noqa: PLR2004  two to swap
        return pairs
    one, other = draw.sample(open_ones, 2)
    values = [value for _, value in pairs]
    values[one], values[other] = values[other], values[one]
    return [(name, value) for (name, _), value in zip(pairs, values, strict=True)]


def _stretched(pairs: Pairs, draw: Random) -> Pairs:
    name = draw.choice(pairs)[0] if pairs else "x"
    return [*pairs, (name, draw.choice(("9", "a", "%00", "%3C")) * draw.choice((300, 3_000, 12_000)))]


def _added(pairs: Pairs, draw: Random) -> Pairs:
    return [*pairs, (draw.choice(("unknown", "", "%00", f"%3C{MARK}%3E", "a[b]", "code", "lang")), draw.choice(NASTY))]


MUTATIONS: Final[tuple[Mutation, ...]] = (
    _dropped,
    _repeated,
    _replaced,
    _replaced,
    _contradicted,
    _swapped,
    _stretched,
    _added,
)
