"""Journeys through a time in which the provider answers late, or not at all."""

from typing import Final

from conformance.journeys.registry import journey
from conformance.journeys.trip import Trip

MEANWHILE: Final = "meanwhile"
LONGER_S: Final = 25.0
"""Seconds beyond the target's own patience: longer than any answer of the mock takes."""


@journey()
async def wait_long(trip: Trip) -> None:
    """Sign in, and wait longer than usual for what comes of it."""
    trip.longer_s = LONGER_S
    await trip.sign_in(trip.situation(0))


@journey(visits=2)
async def try_again(trip: Trip) -> None:
    """Sign in while the provider is in trouble, look at the application, and sign in there once the trouble is over.

    All in one browser: what the first attempt left behind in it must neither open the application nor close it.
    """
    first = await trip.sign_in(trip.situation(0))
    baseline = trip.bench.surroundings.baseline
    page = baseline.page.url if baseline else trip.bench.target.application_origins[0]
    await trip.glance(MEANWHILE, first.visitor, page)
    await trip.sign_in(trip.situation(1), first.visitor)
