"""The port to shared state. Adapters: `memory` (one worker)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

Record: TypeAlias = dict[str, Any]
"""A value in the store: JSON-able, so that every adapter can keep it."""


class Store(Protocol):
    """Records by kind and key. Every operation is atomic; a record handed out is the caller's own copy."""

    def put(self, kind: str, key: str, value: Record, ttl_s: float | None = None) -> None:
        """Keep `value` under (`kind`, `key`), replacing what was there; forget it after `ttl_s` seconds when given."""
        ...

    def add(self, kind: str, key: str, value: Record, ttl_s: float | None = None) -> bool:
        """Keep `value` only if nothing is there; return whether it was kept. Of two callers only one keeps."""
        ...

    def get(self, kind: str, key: str) -> Record | None:
        """Return the record, or None when it is unknown or has expired."""
        ...

    def take(self, kind: str, key: str) -> Record | None:
        """Return the record and delete it in one step: of two callers only one receives it."""
        ...

    def delete(self, kind: str, key: str) -> None:
        """Delete the record if it is there."""
        ...

    def items(self, kind: str) -> Iterator[tuple[str, Record]]:
        """Yield every live (key, record) of a kind, oldest first."""
        ...

    def keys(self, kind: str) -> list[str]:
        """Return the key of every live record of a kind, oldest first: cheaper than the records."""
        ...

    def next_number(self, name: str) -> int:
        """Return 1, 2, 3... for a name, each number once."""
        ...

    def clear(self) -> None:
        """Forget every record; counters go on, so that a number is never given twice."""
        ...
