"""Journeys that sign in, once or over time, and the one that gives up."""

from conformance.journeys.registry import journey
from conformance.journeys.trip import Trip


@journey()
async def sign_in(trip: Trip) -> None:
    """Sign in once, in a fresh browser."""
    await trip.sign_in(trip.situation(0))


@journey(visits=0)
async def visits(trip: Trip) -> None:
    """Sign in several times over the years, each time in a fresh browser."""
    for situation in trip.situations:
        await trip.sign_in(situation)


@journey()
async def cancel(trip: Trip) -> None:
    """Press the cancel button of the provider instead of signing in."""
    sign_in = await trip.begin(trip.situation(0))
    await sign_in.cancel()
    await sign_in.land()


@journey()
async def session_from_before(trip: Trip) -> None:
    """Sign in, then try another browser with the cookies from before that sign-in."""
    first = await trip.sign_in(trip.situation(0))
    stranger = await trip.browser()
    await stranger.bring(first.cookies_before)
    await trip.glance("cookies from before the sign-in", stranger, first.tab.url)
