"""What must hold of every answer, whatever was asked: one small rule each."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from ipaddress import ip_address
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs, urlsplit

from benchmarks.storm.values import MARK

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.storm.asked import Answered, Asked

    Rule = Callable[["Judge", Asked, Answered], str | None]

SERVER_ERROR: Final = 500
ACTION: Final = re.compile(rb'<form id="answer" method="post" action="([^"]*)"')
HEADERS: Final = {
    "content-security-policy": r"default-src 'none';.*base-uri 'none'; frame-ancestors 'none'",
    "x-frame-options": "DENY",
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin",
    "cross-origin-opener-policy": "same-origin|unsafe-none",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=",
    "cache-control": "no-store|public, max-age=",
}


@dataclass(kw_only=True)
class Judge:
    """Judges answers. `registered`: where people may be sent, None for anywhere on loopback; `secrets`: never told."""

    registered: tuple[str, ...] | None = None
    secrets: tuple[bytes, ...] = ()
    redeemed: set[str] = field(default_factory=set)

    def complaints(self, asked: Asked, answered: Answered) -> list[str]:
        """Return every broken rule, in words."""
        return [words for rule in RULES if (words := rule(self, asked, answered))]


def _answers(_: Judge, asked: Asked, answered: Answered) -> str | None:
    del asked
    return f"It broke: status {answered.status}." if answered.status >= SERVER_ERROR else None


def _is_strict(_: Judge, asked: Asked, answered: Answered) -> str | None:
    del asked
    missing = [name for name, value in HEADERS.items() if not re.match(value, answered.headers.get(name, ""))]
    return f"The headers lack {', '.join(missing)}." if missing else None


def _keeps_only_keys(_: Judge, asked: Asked, answered: Answered) -> str | None:
    is_kept = answered.headers.get("cache-control", "").startswith("public")
    return "It may be kept, and is no set of keys." if is_kept and not asked.path.endswith("/v1/keys") else None


def _leads_where_it_may(judge: Judge, asked: Asked, answered: Answered) -> str | None:
    del asked
    for place in _places(answered):
        if not _is_own(place) and not _may(judge, place):
            return f"It leads to {place}."
    return None


def _echoes_state(judge: Judge, asked: Asked, answered: Answered) -> str | None:
    del judge
    if asked.state is None or not answered.location or _is_own(answered.location):
        return None
    parts = urlsplit(answered.location)
    told = parse_qs(parts.query).get("state", []) + parse_qs(parts.fragment).get("state", [])
    return None if told == [asked.state] else f"The state came back as {told}."


def _escapes(_: Judge, asked: Asked, answered: Answered) -> str | None:
    del asked
    if not answered.headers.get("content-type", "").startswith("text/html") or MARK.encode() not in answered.body:
        return None
    reader = _Markup()
    reader.feed(answered.body.decode("utf-8", "replace"))
    return f"The page holds what was sent as markup: {reader.found[0]}." if reader.found else None


def _keeps_secrets(judge: Judge, asked: Asked, answered: Answered) -> str | None:
    del asked
    said = answered.body + "\n".join(answered.headers.values()).encode("latin-1", "replace")
    return "A secret is told." if any(secret in said for secret in judge.secrets) else None


def _is_what_it_says(_: Judge, asked: Asked, answered: Answered) -> str | None:
    if answered.headers.get("content-type") != "application/json" or asked.method == "HEAD":
        return None
    try:
        json.loads(answered.body)
    except ValueError:
        return "It says that it is JSON, and is none."
    return None


def _redeems_once(judge: Judge, asked: Asked, answered: Answered) -> str | None:
    if asked.endpoint != "token" or answered.status >= 300 or asked.method != "POST":  # noqa: PLR2004  the successes
        return None
    form = parse_qs((asked.body or b"").decode("latin-1"))
    if form.get("grant_type", [""])[0] != "authorization_code":
        return None
    code = form.get("code", [""])[0]
    twice = code in judge.redeemed
    judge.redeemed.add(code)
    return "A code was redeemed twice." if twice else None


RULES: Final[tuple[Rule, ...]] = (
    _answers,
    _is_strict,
    _keeps_only_keys,
    _leads_where_it_may,
    _echoes_state,
    _escapes,
    _keeps_secrets,
    _is_what_it_says,
    _redeems_once,
)


class _Markup(HTMLParser):
    """Finds elements and attributes that no template wrote."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what bears the mark."""
        self.found += [name for name in (tag, *(name for name, _ in attrs)) if MARK in name]


def _places(answered: Answered) -> Iterator[str]:
    """Yield where the browser goes next, as a browser reads it."""
    found = [answered.location, *(unescape(each.decode("latin-1")) for each in ACTION.findall(answered.body))]
    yield from (re.sub(r"[\t\r\n]", "", each).strip().replace("\\", "/") for each in found if each)


def _is_own(place: str) -> bool:
    return place.startswith(("/op/", "/i/", "/inspect", "?"))


def _may(judge: Judge, place: str) -> bool:
    if judge.registered is not None:
        return any(place == each or place.startswith((f"{each}?", f"{each}#")) for each in judge.registered)
    host = (urlsplit(place).hostname or "").rstrip(".")
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
