"""The signing keys: published, active, retired. Made at start; importing a key for each token costs 33 ms."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from threading import Lock
from typing import Any, Final

from joserfc.jwk import RSAKey

from mock_idp.protocol.jose import ALGORITHM

BITS: Final = 2048
MEMBERS: Final = ("alg", "e", "kid", "kty", "n", "use")


class KeyState(StrEnum):
    """`published`: in the JWKS, not signing; `active`: signing; `retired`: gone from the JWKS."""

    PUBLISHED = "published"
    ACTIVE = "active"
    RETIRED = "retired"


@dataclass(frozen=True, kw_only=True)
class SigningKey:
    """A key pair under its key id (the RFC 7638 thumbprint, 43 characters as ACM's)."""

    kid: str
    key: RSAKey
    public: dict[str, Any]
    state: KeyState = KeyState.PUBLISHED
    alg: str = ALGORITHM


class KeyRingError(ValueError):
    """The keys do not allow this step."""


class KeyRing:
    """The keys, oldest first; exactly one is active."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._first = replace(_made(), state=KeyState.ACTIVE)
        self._keys: tuple[SigningKey, ...] = (self._first,)

    @property
    def active(self) -> SigningKey:
        """The key that signs."""
        return next(each for each in self._keys if each.state == KeyState.ACTIVE)

    def list(self) -> list[SigningKey]:
        """Return every key, oldest first, retired ones too."""
        return list(self._keys)

    def jwks(self) -> dict[str, Any]:
        """Return the public keys that applications may rely on, as `{"keys": [...]}`."""
        return {"keys": [dict(each.public) for each in self._keys if each.state != KeyState.RETIRED]}

    def publish(self) -> SigningKey:
        """Make a key known before it signs."""
        made = _made()
        with self._lock:
            self._keys = (*self._keys, made)
        return made

    def activate(self) -> SigningKey:
        """Sign with the newest published key from now on; the former one stays published."""
        with self._lock:
            waiting = [each for each in self._keys if each.state == KeyState.PUBLISHED]
            if not waiting:
                raise KeyRingError("No key is published that could be activated. Publish one first, or rotate.")
            newest = replace(waiting[-1], state=KeyState.ACTIVE)
            self._keys = tuple(newest if each.kid == newest.kid else _stood_down(each) for each in self._keys)
        return newest

    def retire(self) -> SigningKey:
        """Take the oldest published key out of the JWKS."""
        with self._lock:
            oldest = next((each for each in self._keys if each.state == KeyState.PUBLISHED), None)
            if oldest is None:
                raise KeyRingError("Only the active key is left, and that one cannot be retired. Rotate first.")
            retired = replace(oldest, state=KeyState.RETIRED)
            self._keys = tuple(retired if each.kid == retired.kid else each for each in self._keys)
        return retired

    def rotate(self) -> SigningKey:
        """Publish a new key and sign with it at once."""
        self.publish()
        return self.activate()

    def reset(self) -> None:
        """Go back to the key of the start."""
        with self._lock:
            self._keys = (self._first,)


def _made() -> SigningKey:
    key = RSAKey.generate_key(BITS, {"use": "sig", "alg": ALGORITHM})
    kid = key.thumbprint()
    public = {**key.as_dict(private=False), "kid": kid}
    return SigningKey(kid=kid, key=key, public={name: public[name] for name in MEMBERS})


def _stood_down(key: SigningKey) -> SigningKey:
    return replace(key, state=KeyState.PUBLISHED) if key.state == KeyState.ACTIVE else key
