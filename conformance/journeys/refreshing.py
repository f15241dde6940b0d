"""Journeys in which an access token ends while somebody is signed in, and the application refreshes.

Each look is in a browser of its own that has the cookies: it has kept no page, and of two none waits for the other.
"""

import asyncio
from typing import Final

from conformance.evidence import AFTER_REFRESH, Cookie, Visit
from conformance.journeys.late import ahead
from conformance.journeys.registry import journey
from conformance.journeys.sign_in import SignIn
from conformance.journeys.trip import Trip
from conformance.ports import Visitor

MARGIN_S: Final = 10
USUAL_LIFE_S: Final = 3600


def life_s(visit: Visit) -> int:
    """How long the access token of a sign-in lives, as the provider told."""
    told = [exchange.response.get("expires_in") for exchange in visit.at("token")]
    return next((life for life in reversed(told) if isinstance(life, int)), USUAL_LIFE_S)


async def _elsewhere(trip: Trip, cookies: tuple[Cookie, ...]) -> Visitor:
    visitor = await trip.browser()
    await visitor.bring(cookies)
    return visitor


async def _look_later(
    trip: Trip, first: SignIn, times: int, cookies: tuple[Cookie, ...], *, browsers: int = 1
) -> tuple[Cookie, ...]:
    """Open the page in new browsers at once, when the access token is over for so many times; their cookies then."""
    page, life = trip.visits[-1].page.url, life_s(trip.visits[-1])
    visitors = [await _elsewhere(trip, cookies) for _ in range(browsers)]
    tabs = [await trip.tab(visitor) for visitor in visitors]
    async with ahead(trip, times * (life + MARGIN_S)):
        await asyncio.gather(*(tab.open(page) for tab in tabs))
        trip.tell("visitor", f"opened {page.partition('?')[0]} when the access token was over")
        for tab in tabs:
            await trip.look(f"{AFTER_REFRESH} {times}", tab)
    await first.refresh()
    return await visitors[0].cookies(trip.bench.target.application_origins)


@journey(needs=("clock", "refresh"), exclusive=True)
async def refresh(trip: Trip) -> None:
    """Sign in, open the page again when the access token is over, and once more when the next one is."""
    first = await trip.sign_in(trip.situation(0))
    cookies = trip.visits[-1].cookies
    for times in (1, 2):
        cookies = await _look_later(trip, first, times, cookies)


@journey(needs=("clock", "refresh"), exclusive=True)
async def refresh_at_once(trip: Trip) -> None:
    """Sign in, open the page twice at the same moment when the access token is over, and once more later."""
    first = await trip.sign_in(trip.situation(0))
    cookies = await _look_later(trip, first, 1, trip.visits[-1].cookies, browsers=2)
    await _look_later(trip, first, 2, cookies)
