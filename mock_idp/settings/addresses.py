"""Addresses: what can be one, and what never leaves the machine."""

from __future__ import annotations

import re
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

EVERYWHERE: Final = frozenset({"0.0.0.0", "::"})  # noqa: S104  recognised, so that it can be refused
LABEL: Final = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")

SIBLING: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
"""What a sibling of the issuer may be called: it is a part of its address."""


def is_address(url: str) -> bool:
    """Return whether a URL leads to a host over HTTP, with nothing behind its path."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    is_plain = url.isascii() and url.isprintable() and not set(url) & set(" ?#")
    return is_plain and parts.scheme in {"http", "https"} and port != 0 and _is_host(host)


def is_uri(text: str) -> bool:
    """Return whether a browser and this mock read the same absolute URI in a text (RFC 3986), without fragment.

    A browser takes a backslash for a slash and leaves line ends out: where such a text leads to is not what it says.
    """
    if not text.isascii() or not text.isprintable() or set(text) & set(" \\#"):
        return False
    try:
        parts = urlsplit(text)
        _ = parts.hostname, parts.port
    except ValueError:
        return False
    return bool(parts.scheme)


def is_loopback(host: str | None) -> bool:
    """Return whether a host name or address never leaves the machine (RFC 6761, RFC 8252 section 7.3)."""
    name = (host or "").strip("[]").lower().rstrip(".")
    try:
        return ip_address(name).is_loopback
    except ValueError:
        *labels, last = name.split(".")
        return last == "localhost" and all(map(LABEL.fullmatch, labels))


def _is_host(host: str) -> bool:
    """Return whether a host is an address or a name of labels (RFC 1123 section 2.1; underscores are usual as well)."""
    try:
        return bool(ip_address(host))
    except ValueError:
        *_, last = labels = host.removesuffix(".").split(".")
        return all(map(LABEL.fullmatch, labels)) and not last.isdigit()
