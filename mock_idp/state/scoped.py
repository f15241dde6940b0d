"""A part of a store for one issuer, so that no code, token, session or client of one means anything to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mock_idp.state.store import Record, Store


class ScopedStore:
    """The `Store` port over a part of another store; each kind gets a prefix."""

    def __init__(self, store: Store, scope: str) -> None:
        self._store = store
        self._scope = scope

    def put(self, kind: str, key: str, value: Record, ttl_s: float | None = None) -> None:
        """Keep `value`, for `ttl_s` seconds when given."""
        self._store.put(self._within(kind), key, value, ttl_s)

    def add(self, kind: str, key: str, value: Record, ttl_s: float | None = None) -> bool:
        """Keep `value` only if nothing is there; return whether it was kept."""
        return self._store.add(self._within(kind), key, value, ttl_s)

    def get(self, kind: str, key: str) -> Record | None:
        """Return the record, or None."""
        return self._store.get(self._within(kind), key)

    def take(self, kind: str, key: str) -> Record | None:
        """Return the record and delete it in one step."""
        return self._store.take(self._within(kind), key)

    def delete(self, kind: str, key: str) -> None:
        """Delete the record if it is there."""
        self._store.delete(self._within(kind), key)

    def items(self, kind: str) -> Iterator[tuple[str, Record]]:
        """Yield every live record of a kind, oldest first."""
        return self._store.items(self._within(kind))

    def keys(self, kind: str) -> list[str]:
        """Return the key of every live record of a kind, oldest first."""
        return self._store.keys(self._within(kind))

    def next_number(self, name: str) -> int:
        """Return the next number of a counter, from 1."""
        return self._store.next_number(self._within(name))

    def clear(self) -> None:
        """Do nothing: a scope is used once, and what is in it expires."""

    def _within(self, name: str) -> str:
        return f"{self._scope} {name}"
