"""What is remembered of the provider for a short while: its discovery document and its keys."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from threading import Lock
from typing import TYPE_CHECKING, Any

from relying_party.signin.tokens import keys_named

if TYPE_CHECKING:
    from joserfc.jwk import RSAKey

Clock = Callable[[], datetime]
REFETCHES = 10
REFETCH_WINDOW = timedelta(minutes=1)
"""At most ten refetches a minute for keys nobody knows: enough for a rotation, too few for a storm."""


class DiscoveryCache:
    """The discovery document. Only one that was accepted is kept, and never for more than a minute."""

    def __init__(self, *, clock: Clock, lives_s: int) -> None:
        self._clock = clock
        self._lives = timedelta(seconds=lives_s)
        self._kept: tuple[datetime, Mapping[str, Any]] | None = None

    def get(
        self, fetch: Callable[[], Mapping[str, Any]], accept: Callable[[Mapping[str, Any]], None]
    ) -> Mapping[str, Any]:
        """Return the document, fetched when needed; `accept` raises when it is not to be used."""
        now = self._clock()
        if self._kept is not None and now - self._kept[0] < self._lives:
            return self._kept[1]
        document = fetch()
        accept(document)
        self._kept = (now, document)
        return document


class KeyCache:
    """The provider's keys."""

    def __init__(
        self, *, clock: Clock, read: Callable[[object], Sequence[RSAKey]], stale: Callable[[bool, float], bool]
    ) -> None:
        self._clock = clock
        self._read = read
        self._stale = stale
        self._lock = Lock()
        self._kept: tuple[datetime, Sequence[RSAKey]] | None = None
        self._refetches: deque[datetime] = deque(maxlen=REFETCHES)

    def get(self, kid: object, fetch: Callable[[], object]) -> Sequence[RSAKey]:
        """Return the keys, fetched again when they are old or when `kid` is unknown among them."""
        now = self._clock()
        if self._must_fetch(kid, now):
            self._kept = (now, self._read(fetch()))
        return self._kept[1] if self._kept else ()

    def _must_fetch(self, kid: object, now: datetime) -> bool:
        with self._lock:
            return self._kept is None or self._may_refetch(self._kept, kid, now)

    def _may_refetch(self, kept: tuple[datetime, Sequence[RSAKey]], kid: object, now: datetime) -> bool:
        fetched_at, keys = kept
        known = bool(keys_named(keys, kid))
        if not self._stale(known, (now - fetched_at).total_seconds()):
            return False
        if len(self._refetches) == REFETCHES and now - self._refetches[0] < REFETCH_WINDOW:
            return False
        self._refetches.append(now)
        return True
