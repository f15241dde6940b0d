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

    from conformance.evidence import Visit
    from conformance.journeys.sign_in import SignIn
    from conformance.journeys.trip import Trip

STORM: Final = 8
"""So many tokens under unknown names: more than the refetches that a sound application allows itself in a minute."""


async def rotate(trip: Trip) -> None:
    """Let the provider sign with a new key; the old one is withdrawn when the trip ends."""
    await trip.bench.control.change_keys("rotate")
    trip.tell("provider", "signs with a new key")
    trip.afterwards(lambda: trip.bench.control.change_keys("retire"))


async def until(wanted: Callable[[Visit], bool], trip: Trip, sign_in: Callable[[], Awaitable[SignIn]]) -> None:
    """Sign in, again and again while the application may still rely on the keys that it knows.

    `wanted`: what a sign-in shows once it does not; one that was neither refused nor signed in is the last as well.
    """
    clock = trip.bench.clock
    deadline = clock.elapsed() + trip.bench.target.key_refresh_s
    while True:
        done = await sign_in()
        visit = trip.visits[-1]
        is_over = visit.outcome not in {Outcome.SIGNED_IN, Outcome.REFUSED}
        if wanted(visit) or is_over or clock.elapsed() >= deadline:
            return
        trip.tell("harness", "tries again: the application may limit how often it fetches keys")
        trip.visits.pop()
        await done.tab.close()
        await clock.pause(5)


def signed_in(visit: Visit) -> bool:
    """Whether somebody came in."""
    return visit.outcome is Outcome.SIGNED_IN


def refused(visit: Visit) -> bool:
    """Whether somebody was sent away."""
    return visit.outcome is Outcome.REFUSED


def all_fired(visit: Visit) -> bool:
    """Whether everything that was armed changed something."""
    return set(visit.armed) <= set(visit.fired)


@journey(exclusive=True, visits=2)
async def rotated_keys(trip: Trip) -> None:
    """Sign in, let the provider change its signing key, sign in again."""
    await trip.sign_in(trip.situation(0))
    await rotate(trip)
    await until(signed_in, trip, lambda: trip.sign_in(trip.situation(1)))


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
        await until(signed_in, trip, lambda: trip.sign_in(trip.situation(1)))


@journey(exclusive=True, visits=2)
async def key_replaced(trip: Trip) -> None:
    """Sign in, let the provider sign with a new key under the name of the old one, sign in again."""
    await trip.sign_in(trip.situation(0))
    await trip.bench.control.change_keys("replace")
    trip.tell("provider", "signs with a new key under the name of the old one")
    await until(signed_in, trip, lambda: trip.sign_in(trip.situation(1)))


@journey(exclusive=True, visits=3)
async def key_withdrawn(trip: Trip) -> None:
    """Sign in, let the provider change its key and withdraw the old one, sign in with the new one and then another way.

    The second sign-in makes the application fetch the keys, so that it can know which one is gone.
    """
    await trip.sign_in(trip.situation(0))
    for change in ("rotate", "retire"):
        await trip.bench.control.change_keys(change)
    trip.tell("provider", "signs with a new key, and withdrew the old one")
    await until(signed_in, trip, lambda: trip.sign_in(trip.situation(1)))
    await until(refused, trip, lambda: trip.sign_in(trip.situation(2)))


@journey(exclusive=True, visits=3)
async def keys_away(trip: Trip) -> None:
    """Sign in, then in a way for which the application asks for keys that are away, and once more while they are.

    The application is not started anew: it knows the keys of the first sign-in.
    """
    await trip.sign_in(trip.situation(0))

    async def without_keys() -> SignIn:
        situation = trip.situation(1)
        return await trip.sign_in(situation, stage=await trip.stage(situation, restarts=False))

    await until(all_fired, trip, without_keys)
    await trip.sign_in(trip.situation(2))


@journey(exclusive=True)
async def many_sign_ins(trip: Trip) -> None:
    """Sign in eight times, one after the other, each time in a fresh browser."""
    for _ in range(STORM):
        await trip.sign_in(trip.situation(0))
