"""State in the memory of one worker: the default."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import takewhile
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mock_idp.domain.clock import Clock
    from mock_idp.state.store import Record

SWEEP_EVERY = 512
"""After so many writes the expired records are thrown out, so that memory stays flat."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Kept:
    value: Record
    expires_at: float | None

    def is_live(self, now: float) -> bool:
        return self.expires_at is None or now < self.expires_at


class MemoryStore:
    """The `Store` port over dictionaries and one lock; expiry follows the injected clock."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = Lock()
        self._kinds: defaultdict[str, dict[str, _Kept]] = defaultdict(dict)
        self._numbers: defaultdict[str, int] = defaultdict(int)
        self._writes = 0

    def put(self, kind: str, key: str, value: Record, ttl_s: float | None = None) -> None:
        """Keep a copy of `value`, for `ttl_s` seconds when given."""
        now = self._now()
        with self._lock:
            self._keep(kind, key, value, ttl_s, now)

    def add(self, kind: str, key: str, value: Record, ttl_s: float | None = None) -> bool:
        """Keep a copy of `value` if nothing is there; return whether it was kept."""
        now = self._now()
        with self._lock:
            there = self._kinds[kind].get(key)
            if there is not None and there.is_live(now):
                return False
            self._keep(kind, key, value, ttl_s, now)
            return True

    def get(self, kind: str, key: str) -> Record | None:
        """Return a copy of the record, or None."""
        with self._lock:
            kept = self._kinds.get(kind, {}).get(key)
        return self._live_copy(kept)

    def take(self, kind: str, key: str) -> Record | None:
        """Return the record and delete it in one step."""
        with self._lock:
            kept = self._kinds.get(kind, {}).pop(key, None)
        return self._live_copy(kept)

    def delete(self, kind: str, key: str) -> None:
        """Delete the record if it is there."""
        with self._lock:
            self._kinds.get(kind, {}).pop(key, None)

    def items(self, kind: str) -> Iterator[tuple[str, Record]]:
        """Yield every live record of a kind as it is now, oldest first."""
        return ((key, dict(each.value)) for key, each in self._live(kind))

    def keys(self, kind: str) -> list[str]:
        """Return the key of every live record of a kind, oldest first."""
        return [key for key, _ in self._live(kind)]

    def next_number(self, name: str) -> int:
        """Return the next number of a counter, from 1."""
        with self._lock:
            self._numbers[name] += 1
            return self._numbers[name]

    def clear(self) -> None:
        """Forget every record; counters go on, so that a number is never given twice."""
        with self._lock:
            self._kinds.clear()

    def _keep(self, kind: str, key: str, value: Record, ttl_s: float | None, now: float) -> None:
        self._kinds[kind][key] = _Kept(value=dict(value), expires_at=None if ttl_s is None else now + ttl_s)
        self._writes += 1
        if self._writes % SWEEP_EVERY == 0:
            self._sweep(now)

    def _live(self, kind: str) -> list[tuple[str, _Kept]]:
        now = self._now()
        with self._lock:
            return [each for each in self._kinds.get(kind, {}).items() if each[1].is_live(now)]

    def _live_copy(self, kept: _Kept | None) -> Record | None:
        return dict(kept.value) if kept is not None and kept.is_live(self._now()) else None

    def _now(self) -> float:
        return self._clock.now().timestamp()

    def _sweep(self, now: float) -> None:
        """Throw out what has expired, from the oldest to the first that has not: what lives is not looked at."""
        for kind, records in list(self._kinds.items()):
            expired = takewhile(lambda each: not each[1].is_live(now), records.items())
            for key in [key for key, _ in expired]:
                del records[key]
            if not records:
                del self._kinds[kind]
