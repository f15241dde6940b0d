"""Journeys for which the application's clock is put ahead. Everybody in it lives by that, so they go alone."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from conformance.journeys.registry import journey
from conformance.journeys.responses import kept_back
from conformance.journeys.trip import Trip

HALF_AN_HOUR_S: Final = 1860
A_MINUTE_S: Final = 60
AFTER_ITS_LIFE: Final = "after its longest life"
DONE: Final = range(200, 300)


class NoClock(Exception):  # noqa: N818  says what happened
    """The application's clock could not be put ahead, so nothing was tried."""


@asynccontextmanager
async def ahead(trip: Trip, seconds: int) -> AsyncIterator[None]:
    """Put the application's clock ahead, and that of stages opened meanwhile; and right again in the end."""
    await _put(trip, seconds)
    try:
        yield
    finally:
        await _put(trip, 0)


async def _put(trip: Trip, seconds: int) -> None:
    clock = trip.bench.target.capabilities.clock
    answer = await (await trip.browser()).ask(str(clock), headers={}, form={"ahead_s": str(seconds)})
    if answer.status not in DONE:
        raise NoClock(f"the clock at {clock} answered {answer.status}")
    trip.ahead_s = seconds
    trip.tell("harness", f"put the application's clock {seconds} s ahead" if seconds else "put the clock right again")


@journey(needs=("clock",), exclusive=True)
async def late_response(trip: Trip) -> None:
    """Sign in at the provider, and bring its response to the application half an hour later."""
    situation = trip.situation(0)
    first = await trip.begin(situation)
    held = await kept_back(first)
    async with ahead(trip, HALF_AN_HOUR_S):
        late = await trip.arrive(situation, first.visitor, first.stage)
        await late.receive(held)
        await late.land()


@journey(needs=("clock", "session-s"), exclusive=True)
async def session_after_its_life(trip: Trip) -> None:
    """Sign in, and look again a minute after the longest life of a session."""
    first = await trip.sign_in(trip.situation(0))
    async with ahead(trip, (trip.bench.target.capabilities.session_s or 0) + A_MINUTE_S):
        await trip.glance(AFTER_ITS_LIFE, first.visitor, first.tab.url)
