"""Journeys to an application that lets people sign in at two issuers, an honest one and one that may be hostile."""

from conformance.journeys.registry import journey
from conformance.journeys.responses import NoResponse
from conformance.journeys.trip import Trip


@journey(needs=("second-issuer",), visits=0)
async def one_after_the_other(trip: Trip) -> None:
    """Sign in several times in one browser, each time at the issuer that the scenario names."""
    visitor = await trip.browser()
    for situation in trip.situations:
        await trip.sign_in(situation, visitor)


@journey(needs=("second-issuer",), visits=2)
async def tab_at_each_issuer(trip: Trip) -> None:
    """Start a sign-in in one tab, start one at another issuer in a second tab, finish the first, then the second."""
    older = await trip.begin(trip.situation(0))
    newer = await trip.begin(trip.situation(1), older.visitor)
    for each in (older, newer):
        await each.enter_stage()
        await each.type_credentials()
        await each.land()


@journey(needs=("second-issuer", "own-redirect-uri"))
async def response_at_other_issuer(trip: Trip) -> None:
    """Sign in at the second issuer, and bring its answer to the redirect URI of the first."""
    client = trip.bench.target.client
    sign_in = await trip.begin(trip.situation(0))
    held = await sign_in.hold()
    if held is None or client is None:
        raise NoResponse("no authorization response came from the provider to be held")
    _, mark, parameters = held.url.partition("?")
    trip.tell("visitor", "received the answer of the second issuer at the redirect URI of the first")
    await sign_in.receive(held.model_copy(update={"url": f"{client.redirect_uris[0]}{mark}{parameters}"}))
    await sign_in.land()
