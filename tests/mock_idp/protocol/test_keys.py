"""The key ring, turned on demand."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

import pytest

from mock_idp.protocol.conduct import Conduct
from mock_idp.protocol.keys import REMEMBERED, KeyRing, KeyRingError
from mock_idp.protocol.signing_key import KeyState
from mock_idp.settings import Policy

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from mock_idp.domain.clock import SettableClock
    from mock_idp.provider import Provider


@pytest.fixture
def ring(clock: SettableClock) -> Any:
    return KeyRing(conduct(), clock)


def conduct(**policy: Any) -> Conduct:
    return Conduct(name="op", identifier="http://localhost:9100/op", policy=Policy(**policy))


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
    with pytest.raises(KeyRingError, match="Rotate first"):
        ring.retire()


def test_nothing_is_activated_that_was_not_published(ring: KeyRing) -> None:
    with pytest.raises(KeyRingError, match="Publish one first"):
        ring.activate()


def test_the_key_set_holds_the_documented_members_only(ring: KeyRing) -> None:
    for key in ring.jwks()["keys"]:
        assert tuple(key) == ("alg", "e", "kid", "kty", "n", "use")
        assert {name: key[name] for name in ("alg", "e", "kty", "use")} == {
            "alg": "RS256",
            "e": "AQAB",
            "kty": "RSA",
            "use": "sig",
        }
        assert len(key["kid"]) == 43
        assert len(base64.urlsafe_b64decode(f"{key['n']}==")) * 8 == 2048


def test_several_keys_are_published_at_start_and_the_newest_signs(clock: SettableClock) -> None:
    ring = KeyRing(conduct(keys_at_start=3), clock)
    assert len({key["kid"] for key in ring.jwks()["keys"]}) == 3
    assert [key.state for key in ring.list()] == [KeyState.PUBLISHED, KeyState.PUBLISHED, KeyState.ACTIVE]
    ring.rotate()
    ring.reset()
    assert len(ring.list()) == 3


def test_a_sibling_begins_with_the_keys_of_its_own_policy(provider: Provider) -> None:
    assert len(provider.issuers.open("several", policy=Policy(keys_at_start=2)).keys.list()) == 2


def test_keys_that_were_retired_long_ago_are_forgotten(ring: KeyRing) -> None:
    for _ in range(REMEMBERED + 3):
        ring.rotate()
        ring.retire()
    assert len(ring.list()) == REMEMBERED + 1


def test_the_cache_header_is_as_documented_or_as_the_policy_says(browser: FlaskClient, provider: Provider) -> None:
    assert browser.get("/op/v1/keys").headers["Cache-Control"] == "public, max-age=21500, must-revalidate"
    provider.main.conduct.policy = Policy(jwks_max_age_s=5)
    assert browser.get("/op/v1/keys").headers["Cache-Control"] == "public, max-age=5, must-revalidate"


def test_a_key_is_replaced_under_its_name(ring: KeyRing) -> None:
    first = ring.active
    second = ring.replace()
    assert second.kid == first.kid == second.public["kid"]
    assert second.public["n"] != first.public["n"]
    assert ring.active == second
    assert ring.jwks()["keys"] == [second.public]
    ring.reset()
    assert ring.active.public == first.public


def test_the_key_that_left_last_is_known(ring: KeyRing, clock: SettableClock) -> None:
    assert ring.withdrawn is None
    first = ring.active
    for _ in range(2):
        second = ring.active
        ring.rotate()
        clock.advance(seconds=1)
        ring.retire()
    assert ring.withdrawn is not None
    assert ring.withdrawn.kid == second.kid != first.kid
