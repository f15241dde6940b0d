"""Keys that change by the clock: a schedule without threads, and what applications see of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mock_idp.protocol.rotation import Due, Step, due
from mock_idp.protocol.signing_key import KeyState, SigningKey, fresh_key
from mock_idp.settings import Policy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask.testing import FlaskClient
    from small_application import Application

    from mock_idp.domain.clock import SettableClock
    from mock_idp.provider import Provider

HOURLY = Policy(key_rotation_s=3600, key_overlap_s=600)
PUBLISHED, ACTIVE, RETIRED = KeyState
KEY = fresh_key()


def keys(*states: tuple[KeyState, float]) -> list[SigningKey]:
    return [
        SigningKey(kid=str(number), key=KEY.key, public={}, state=state, since=since)
        for number, (state, since) in enumerate(states)
    ]


SCHEDULE: list[tuple[Sequence[SigningKey], float, Due | None]] = [
    (keys((ACTIVE, 0)), 2999, None),
    (keys((ACTIVE, 0)), 3000, Due(moment=3000, step=Step.PUBLISH)),
    (keys((ACTIVE, 0), (PUBLISHED, 3000)), 3599, None),
    (keys((ACTIVE, 0), (PUBLISHED, 3000)), 3600, Due(moment=3600, step=Step.ACTIVATE)),
    (keys((PUBLISHED, 3600), (ACTIVE, 3600)), 4199, None),
    (keys((PUBLISHED, 3600), (ACTIVE, 3600)), 4200, Due(moment=4200, step=Step.RETIRE)),
    (keys((RETIRED, 4200), (ACTIVE, 3600)), 6599, None),
    (keys((RETIRED, 4200), (ACTIVE, 3600)), 6600, Due(moment=6600, step=Step.PUBLISH)),
    # Nobody looked for a long time: the turns in between are passed over.
    (keys((ACTIVE, 0)), 36_000, Due(moment=35_400, step=Step.PUBLISH)),
    (keys((ACTIVE, 0), (PUBLISHED, 35_400)), 36_000, Due(moment=36_000, step=Step.ACTIVATE)),
]


@pytest.mark.parametrize(("ring", "now", "expected"), SCHEDULE)
def test_what_is_due_follows_from_the_keys_and_the_clock(
    ring: Sequence[SigningKey], now: float, expected: Due | None
) -> None:
    assert due(ring, HOURLY, now) == expected


def test_nothing_is_due_where_keys_do_not_turn() -> None:
    assert due(keys((ACTIVE, 0)), Policy(), 10**9) is None


def test_an_overlap_is_never_longer_than_a_rotation() -> None:
    policy = Policy(key_rotation_s=60, key_overlap_s=86_400)
    assert due(keys((ACTIVE, 0)), policy, 0) == Due(moment=0, step=Step.PUBLISH)
    assert due(keys((PUBLISHED, 60), (ACTIVE, 60), (PUBLISHED, 60)), policy, 119) is None
    step = due(keys((PUBLISHED, 60), (ACTIVE, 60), (PUBLISHED, 60)), policy, 120)
    assert step
    assert step.moment == 120


# Over the wire --------------------------------------------------------------------------------------------------------


def published(browser: FlaskClient) -> list[str]:
    return [key["kid"] for key in browser.get("/op/v1/keys").get_json()["keys"]]


def signing(application: Application) -> Any:
    return application.opened(application.tokens(prompt="login")["id_token"], part=0)["kid"]


def test_a_key_is_published_then_signs_then_leaves(
    application: Application, browser: FlaskClient, provider: Provider, clock: SettableClock
) -> None:
    provider.main.conduct.policy = HOURLY
    (first,) = published(browser)
    clock.advance(seconds=3000)
    assert published(browser)[0] == signing(application) == first
    _, second = published(browser)
    clock.advance(seconds=600)
    assert (signing(application), published(browser)) == (second, [first, second])
    clock.advance(seconds=600)
    assert (signing(application), published(browser)) == (second, [second])


def test_a_mock_that_nobody_asked_for_a_week_has_turned_and_published_few_keys(
    application: Application, browser: FlaskClient, provider: Provider, clock: SettableClock
) -> None:
    provider.main.conduct.policy = HOURLY
    first = signing(application)
    clock.advance(seconds=7 * 86_400)
    assert signing(application) != first
    assert len(published(browser)) <= 2
    assert len(provider.main.keys.list()) <= 3


def test_the_key_of_every_token_is_published_when_it_is_issued_and_a_while_after(
    application: Application, browser: FlaskClient, provider: Provider, clock: SettableClock
) -> None:
    provider.main.conduct.policy = Policy(key_rotation_s=100, key_overlap_s=50)
    seen: set[str] = set()
    for _ in range(12):
        known = published(browser)
        kid = signing(application)
        assert kid in known, "a key signs only after it was published"
        clock.advance(seconds=49)
        assert kid in published(browser), "a key stays while its tokens may be verified"
        seen.add(kid)
    assert len(seen) >= 5


def test_an_id_token_of_a_key_that_left_by_clock_is_still_a_hint(
    application: Application, provider: Provider, clock: SettableClock
) -> None:
    provider.main.conduct.policy = HOURLY
    hint = application.tokens()["id_token"]
    clock.advance(seconds=5000)
    assert KeyState.RETIRED in {each.state for each in provider.main.keys.list()}
    assert "code" in application.parameters_of(application.ask(id_token_hint=hint, prompt="none"))


def test_keys_that_were_turned_by_hand_go_on_by_clock(provider: Provider, clock: SettableClock) -> None:
    provider.main.conduct.policy = HOURLY
    clock.advance(seconds=1000)
    by_hand = provider.main.keys.rotate()
    clock.advance(seconds=3599)
    assert provider.main.keys.active.kid == by_hand.kid
    clock.advance(seconds=1)
    assert provider.main.keys.active.kid != by_hand.kid
