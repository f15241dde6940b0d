"""What can be written down, whatever was sent: letters that UTF-8 has, texts that end, and a depth that JSON bears."""

from __future__ import annotations

from typing import Any, Final

LONGEST: Final = 8_000
"""Characters of a text that the journal keeps: nobody reads more, and 10,000 exchanges are kept in memory."""

DEEPEST: Final = 32
"""Levels of a JSON document in a document. What is nested deeper is no token of anybody."""


def writable(value: Any) -> Any:
    """Return a value of JSON with its texts shortened, and half letters (lone surrogates) written as escapes."""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, dict):
        return {writable(name): writable(each) for name, each in value.items()}
    return [writable(each) for each in value] if isinstance(value, list) else value


def is_shallow(value: Any, levels: int = DEEPEST) -> bool:
    """Return whether a value of JSON is nested no deeper than so many levels."""
    if not isinstance(value, (dict, list)):
        return True
    within = value.values() if isinstance(value, dict) else value
    return levels > 0 and all(is_shallow(each, levels - 1) for each in within)


def _text(text: str) -> str:
    whole = text if text.isascii() else text.encode("utf-8", "backslashreplace").decode()
    return whole if len(whole) <= LONGEST else f"{whole[:LONGEST]}… ({len(whole)} characters)"
