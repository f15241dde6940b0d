"""The key ring."""

from __future__ import annotations

from typing import Any

import pytest

from mock_idp.protocol.keys import KeyRing, KeyRingError, KeyState


@pytest.fixture(scope="module")
def ring() -> Any:
    return KeyRing()


def test_keys_are_published_activated_and_retired(ring: KeyRing) -> None:
    first = ring.active
    second = ring.publish()
    assert [key.state for key in ring.list()] == [KeyState.ACTIVE, KeyState.PUBLISHED]
    assert ring.activate().kid == second.kid
    assert ring.retire().kid == first.kid
    assert [key["kid"] for key in ring.jwks()["keys"]] == [second.kid]
    ring.reset()
    assert ring.active.kid == first.kid


def test_the_active_key_is_never_retired(ring: KeyRing) -> None:
    ring.reset()
    with pytest.raises(KeyRingError, match="Rotate first"):
        ring.retire()


def test_nothing_is_activated_that_was_not_published(ring: KeyRing) -> None:
    ring.reset()
    with pytest.raises(KeyRingError, match="Publish one first"):
        ring.activate()


def test_the_key_set_holds_public_members_only(ring: KeyRing) -> None:
    assert {tuple(key) for key in ring.jwks()["keys"]} == {("alg", "e", "kid", "kty", "n", "use")}
