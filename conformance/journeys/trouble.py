"""The journey through a time in which the provider cannot answer."""

from typing import Final

from conformance.journeys.registry import journey
from conformance.journeys.trip import Trip

MEANWHILE: Final = "meanwhile"


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
