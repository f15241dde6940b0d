"""Journeys in which an address tries to lead people to another site."""

from typing import Final
from urllib.parse import urlencode, urlsplit

from conformance.journeys.registry import journey
from conformance.journeys.trip import Trip

SPELLINGS: Final = ("{origin}/", "//{host}/", "/\\{host}/")
"""How the address of another site can be written; browsers take the backslash for a slash."""


@journey(needs=("next-parameter",))
async def led_elsewhere(trip: Trip) -> None:
    """Sign in by addresses that say to go to another site afterwards: to the provider's, which does no harm.

    Each spelling has a fresh browser.
    """
    origin = trip.bench.surroundings.provider_origin
    name = trip.bench.target.capabilities.next_parameter or ""
    for spelling in SPELLINGS:
        sign_in = await trip.arrive(trip.situation(0))
        sign_in.parameters = urlencode({name: spelling.format(origin=origin, host=urlsplit(origin).netloc)})
        await sign_in.open()
        await sign_in.type_credentials()
        await sign_in.land()
