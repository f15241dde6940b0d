"""A signing key, and the states it goes through."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from threading import Thread
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
    """A key pair under its key id (the RFC 7638 thumbprint, 43 characters as ACM's).

    `since`: when it came into its state, in seconds since the epoch.
    """

    kid: str
    key: RSAKey
    public: dict[str, Any]
    state: KeyState = KeyState.PUBLISHED
    since: float = 0.0
    alg: str = ALGORITHM


class _Making(Thread):
    """Makes a key pair while this program does something else."""

    key: RSAKey

    def run(self) -> None:
        """Make it."""
        self.key = RSAKey.generate_key(BITS, {"use": "sig", "alg": ALGORITHM})


_AHEAD: Final[list[_Making]] = []


def make_ahead() -> None:
    """Begin to make the key that is asked for first: it is there by the time that everything else is imported."""
    making = _Making(daemon=True)
    _AHEAD.append(making)
    making.start()


def fresh_key() -> SigningKey:
    """Return a new key pair. Making one takes longer than a whole sign-in."""
    key = _made()
    kid = key.thumbprint()
    public = {**key.as_dict(private=False), "kid": kid}
    return SigningKey(kid=kid, key=key, public={name: public[name] for name in MEMBERS})


def _made() -> RSAKey:
    making = _AHEAD.pop() if _AHEAD else _Making()
    if making.ident is None:
        making.run()
    else:
        making.join()
    return making.key
