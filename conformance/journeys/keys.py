"""Journeys during which the provider changes its signing keys, or seems to.

An application may limit how often it fetches keys, so what must work in the end is tried again for `key_refresh_s`.
Afterwards the provider publishes as many keys as before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from conformance.evidence import Outcome
from conformance.journeys.registry import journey

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from conformance.journeys.sign_in import SignIn
    from conformance.journeys.trip import Trip

AWAY: Final = "jwks.away"
STORM: Final = 8
"""So many tokens under unknown names: more than the refetches that a sound application allows itself in a minute."""


async def rotate(trip: Trip) -> None:
    """Let the provider sign with a new key; the old one is withdrawn when the trip ends."""
    await trip.bench.control.change_keys("rotate")
    trip.tell("provider", "signs with a new key")
    trip.afterwards(lambda: trip.bench.control.change_keys("retire"))


async def until(outcome: Outcome, trip: Trip, sign_in: Callable[[], Awaitable[SignIn]]) -> None:
    """Sign in, again and again while the application may still rely on the keys that it knows."""
    clock = trip.bench.clock
    deadline = clock.elapsed() + trip.bench.target.key_refresh_s
    other = {Outcome.SIGNED_IN, Outcome.REFUSED} - {outcome}
    while True:
        done = await sign_in()
        if trip.visits[-1].outcome not in other or clock.elapsed() >= deadline:
            return
        trip.tell("harness", "tries again: the application may limit how often it fetches keys")
        trip.visits.pop()
        await done.tab.close()
        await clock.pause(5)


@journey(exclusive=True, visits=2)
async def rotated_keys(trip: Trip) -> None:
    """Sign in, let the provider change its signing key, sign in again."""
    await trip.sign_in(trip.situation(0))
    await rotate(trip)
    await until(Outcome.SIGNED_IN, trip, lambda: trip.sign_in(trip.situation(1)))


@journey(exclusive=True, visits=2)
async def keys_rotated_midway(trip: Trip) -> None:
    """Sign in, then sign in again while the provider changes its signing key before it answers."""
    await trip.sign_in(trip.situation(0))
    second = await trip.begin(trip.situation(1))
    await rotate(trip)
    await second.type_credentials()
    await second.land()
    if trip.visits[-1].outcome is Outcome.REFUSED and trip.bench.target.key_refresh_s:
        trip.visits.pop()
        await until(Outcome.SIGNED_IN, trip, lambda: trip.sign_in(trip.situation(1)))


@journey(exclusive=True, visits=2)
async def key_replaced(trip: Trip) -> None:
    """Sign in, let the provider sign with a new key under the name of the old one, sign in again."""
    await trip.sign_in(trip.situation(0))
    await trip.bench.control.change_keys("replace")
    trip.tell("provider", "signs with a new key under the name of the old one")
    await until(Outcome.SIGNED_IN, trip, lambda: trip.sign_in(trip.situation(1)))


@journey(exclusive=True, visits=3)
async def key_withdrawn(trip: Trip) -> None:
    """Sign in, let the provider change its key and withdraw the old one, sign in with the new one and then another way.

    The second sign-in makes the application fetch the keys, so that it can know which one is gone.
    """
    await trip.sign_in(trip.situation(0))
    for change in ("rotate", "retire"):
        await trip.bench.control.change_keys(change)
    trip.tell("provider", "signs with a new key, and withdrew the old one")
    await until(Outcome.SIGNED_IN, trip, lambda: trip.sign_in(trip.situation(1)))
    await until(Outcome.REFUSED, trip, lambda: trip.sign_in(trip.situation(2)))


@journey(exclusive=True, visits=3)
async def keys_away(trip: Trip) -> None:
    """Sign in, and again in two ways while the provider's keys cannot be fetched.

    The application is not started anew: it knows the keys of the first sign-in. One that does not ask for others in the
    meantime goes on with those, which is as good.
    """
    await trip.sign_in(trip.situation(0))
    await trip.stage(trip.situation(0).model_copy(update={"faults": (AWAY,)}), restarts=False)
    for number in (1, 2):
        await trip.sign_in(trip.situation(number))


@journey(exclusive=True)
async def many_sign_ins(trip: Trip) -> None:
    """Sign in eight times, one after the other, each time in a fresh browser."""
    for _ in range(STORM):
        await trip.sign_in(trip.situation(0))
