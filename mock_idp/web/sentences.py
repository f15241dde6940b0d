"""Hands Babel the sentences that stand in data, so that the Dutch catalogue is complete: called when extracting."""

from __future__ import annotations

import tomllib
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    Messages = Iterator[tuple[int, None, str, list[str]]]


def of_personas(fileobj: IO[bytes], keywords: object, comment_tags: object, options: object) -> Messages:
    """Yield (line, function, message, comments) for what every persona proves, as Babel asks of an extractor."""
    del keywords, comment_tags, options
    personas: list[dict[str, Any]] = tomllib.load(fileobj)["personas"]
    return ((0, None, persona["proves"], []) for persona in personas)


def of_token_rules(fileobj: IO[bytes], keywords: object, comment_tags: object, options: object) -> Messages:
    """Yield the same for what the rules say of the members of tokens."""
    del keywords, comment_tags, options
    rules: list[dict[str, Any]] = tomllib.load(fileobj)["rules"]
    for rule in rules:
        said = (rule["rule"], rule.get("missing"), *(check["odd"] for check in rule.get("checks", ())))
        yield from ((0, None, sentence, []) for sentence in said if sentence)
