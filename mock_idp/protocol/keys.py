"""The keys of an issuer. They are made at start, or when a step needs one: importing a key per token costs 33 ms."""

from __future__ import annotations

from dataclasses import replace
from threading import RLock
from typing import TYPE_CHECKING, Any, Final

from mock_idp.protocol.rotation import Step, due
from mock_idp.protocol.signing_key import KeyState, SigningKey, fresh_key

if TYPE_CHECKING:
    from mock_idp.domain.clock import Clock
    from mock_idp.protocol.conduct import Conduct

REMEMBERED: Final = 32
"""So many retired keys are kept, to know an old ID token by when it comes back as a hint."""


class KeyRingError(ValueError):
    """The keys do not allow this step."""


class KeyRing:
    """The keys, oldest first; exactly one is active. The policy turns them by the clock, whoever wills on demand."""

    def __init__(self, conduct: Conduct, clock: Clock) -> None:
        self._conduct = conduct
        self._clock = clock
        self._lock = RLock()
        self._first = tuple(fresh_key() for _ in range(conduct.policy.keys_at_start))
        self._keys: tuple[SigningKey, ...] = ()
        self.reset()

    @property
    def active(self) -> SigningKey:
        """The key that signs."""
        return next(each for each in self._turned() if each.state == KeyState.ACTIVE)

    @property
    def withdrawn(self) -> SigningKey | None:
        """The key that left the JWKS last, None when none has left."""
        retired = (each for each in self._turned() if each.state == KeyState.RETIRED)
        return max(retired, key=lambda each: each.since, default=None)

    def list(self) -> list[SigningKey]:
        """Return every key, oldest first, retired ones too."""
        return list(self._turned())

    def jwks(self) -> dict[str, Any]:
        """Return the public keys that applications may rely on, as `{"keys": [...]}`."""
        return {"keys": [dict(each.public) for each in self._turned() if each.state != KeyState.RETIRED]}

    def publish(self) -> SigningKey:
        """Make a key known before it signs."""
        return self._published(self._now())

    def activate(self) -> SigningKey:
        """Sign with the newest published key from now on; the former one stays published."""
        return self._activated(self._now())

    def retire(self) -> SigningKey:
        """Take the oldest published key out of the JWKS."""
        return self._retired(self._now())

    def rotate(self) -> SigningKey:
        """Publish a new key and sign with it at once."""
        with self._lock:
            self.publish()
            return self.activate()

    def replace(self) -> SigningKey:
        """Sign with a new key under the name of the one that signed, which no issuer ought to do."""
        made = fresh_key()
        with self._lock:
            active = self.active
            public = {**made.public, "kid": active.kid}
            new = replace(made, kid=active.kid, public=public, state=KeyState.ACTIVE, since=self._now())
            self._keys = tuple(new if each.kid == active.kid else each for each in self._keys)
        return new

    def reset(self) -> None:
        """Go back to the keys of the start: the newest signs, the others are as those that signed before."""
        *others, newest = (replace(each, since=self._now()) for each in self._first)
        with self._lock:
            self._keys = (*others, replace(newest, state=KeyState.ACTIVE))

    # Steps, each at its moment ---------------------------------------------------------------------------------------

    def _turned(self) -> tuple[SigningKey, ...]:
        """Return the keys after every step that has fallen due."""
        if not self._conduct.policy.key_rotation_s:
            return self._keys
        steps = {Step.PUBLISH: self._published, Step.ACTIVATE: self._activated, Step.RETIRE: self._retired}
        with self._lock:
            while passed := due(self._keys, self._conduct.policy, self._now()):
                steps[passed.step](passed.moment)
            return self._keys

    def _published(self, moment: float) -> SigningKey:
        made = replace(fresh_key(), since=moment)
        with self._lock:
            self._keys = (*self._keys, made)
        return made

    def _activated(self, moment: float) -> SigningKey:
        with self._lock:
            waiting = [each for each in self._keys if each.state == KeyState.PUBLISHED]
            if not waiting:
                raise KeyRingError("No key is published that could be activated. Publish one first, or rotate.")
            newest = replace(waiting[-1], state=KeyState.ACTIVE, since=moment)
            self._keys = tuple(newest if each.kid == newest.kid else _stood_down(each, moment) for each in self._keys)
        return newest

    def _retired(self, moment: float) -> SigningKey:
        with self._lock:
            oldest = next((each for each in self._keys if each.state == KeyState.PUBLISHED), None)
            if oldest is None:
                raise KeyRingError("Only the active key is left, and that one cannot be retired. Rotate first.")
            retired = replace(oldest, state=KeyState.RETIRED, since=moment)
            self._keys = _of_late(tuple(retired if each.kid == retired.kid else each for each in self._keys))
        return retired

    def _now(self) -> float:
        return self._clock.now().timestamp()


def _stood_down(key: SigningKey, moment: float) -> SigningKey:
    return replace(key, state=KeyState.PUBLISHED, since=moment) if key.state == KeyState.ACTIVE else key


def _of_late(keys: tuple[SigningKey, ...]) -> tuple[SigningKey, ...]:
    """Return the keys without those that were retired long ago."""
    retired = [each.kid for each in keys if each.state == KeyState.RETIRED]
    forgotten = {*retired[:-REMEMBERED]}
    return tuple(each for each in keys if each.kid not in forgotten)
