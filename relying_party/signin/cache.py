"""What is remembered of the provider for a short while: its discovery document and its keys."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from threading import Lock
from typing import TYPE_CHECKING, Any

from relying_party.signin.refusal import ProviderError
from relying_party.signin.tokens import keys_named

if TYPE_CHECKING:
    from joserfc.jwk import RSAKey

    from relying_party.signin.rules import Rules

Clock = Callable[[], datetime]
REMEMBERED = 100
REFETCH_WINDOW = timedelta(minutes=1)
"""How many refetches are remembered, and for how long."""


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

    def __init__(self, rules: Rules, *, clock: Clock) -> None:
        """Begin without keys; the rules say which count, and when they are fetched."""
        self._rules, self._clock = rules, clock
        self._lock = Lock()
        self._kept: tuple[datetime, Sequence[RSAKey]] | None = None
        self._refetches: deque[datetime] = deque(maxlen=REMEMBERED)

    def get(self, kid: object, fetch: Callable[[], object]) -> Sequence[RSAKey]:
        """Return the keys, fetched again when they are old or when `kid` is unknown among them.

        Raises:
            ProviderError: they cannot be had, and none that is known bears that name.
        """
        try:
            return self._fetched(fetch, wanted=self._kept is None or self._is_stale(self._kept, kid))
        except ProviderError:
            if not keys_named(self._known(), kid):
                raise
            return self._known()

    def again(self, fetch: Callable[[], object]) -> Sequence[RSAKey]:
        """Return the keys, fetched once more because those at hand were of no use."""
        return self._fetched(fetch, wanted=True)

    def _fetched(self, fetch: Callable[[], object], *, wanted: bool) -> Sequence[RSAKey]:
        if wanted and self._is_allowed():
            try:
                self._kept = (self._clock(), self._rules.keys_kept(self._known(), self._rules.signing_keys(fetch())))
            except ProviderError:
                self._outlast()
                raise
        return self._known()

    def _outlast(self) -> None:
        """Go on with the keys of before, or begin anew without any."""
        if self._kept and not self._rules.keys_outlast(self._age_s(self._kept[0])):
            self._kept = None

    def _known(self) -> Sequence[RSAKey]:
        return self._kept[1] if self._kept else ()

    def _is_stale(self, kept: tuple[datetime, Sequence[RSAKey]], kid: object) -> bool:
        fetched_at, keys = kept
        return self._rules.keys_stale(bool(keys_named(keys, kid)), self._age_s(fetched_at))

    def _age_s(self, fetched_at: datetime) -> float:
        return (self._clock() - fetched_at).total_seconds()

    def _is_allowed(self) -> bool:
        """Keys that were never fetched may always be; how often they are fetched again has a limit."""
        now = self._clock()
        with self._lock:
            recent = sum(now - each < REFETCH_WINDOW for each in self._refetches)
            is_allowed = self._kept is None or self._rules.refetch_allowed(recent)
            if is_allowed and self._kept is not None:
                self._refetches.append(now)
        return is_allowed
