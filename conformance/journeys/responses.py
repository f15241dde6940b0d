"""Journeys in which an authorization response comes where, or when, none was asked for."""

from conformance.journeys.registry import journey
from conformance.journeys.trip import Trip

RELOADED = "callback reloaded"


class NoResponse(Exception):  # noqa: N818  says what happened
    """The honest provider sent no authorization response that could be held, so there is nothing to try."""


async def receive(trip: Trip, *, having_started: bool) -> None:
    """Keep the response of one browser from the application, and bring it there in another browser."""
    situation = trip.situation(0)
    first = await trip.begin(situation)
    held = await first.hold()
    if held is None:
        raise NoResponse("no authorization response came from the provider to be held")
    second = await trip.arrive(situation, stage=first.stage)
    if having_started:
        await second.open()
    trip.tell("visitor", "received in a second browser the authorization response of the first")
    await second.receive(held)
    await second.land()


@journey()
async def unsolicited_response(trip: Trip) -> None:
    """Bring a genuine authorization response to a browser in which no sign-in was started."""
    await receive(trip, having_started=False)


@journey()
async def response_of_another_browser(trip: Trip) -> None:
    """Bring the authorization response of one browser to another that has started a sign-in of its own."""
    await receive(trip, having_started=True)


@journey()
async def callback_reloaded(trip: Trip) -> None:
    """Sign in, then open the address of the authorization response a second time."""
    first = await trip.sign_in(trip.situation(0))
    callback = first.callback_url()
    if callback is None:
        raise NoResponse("the browser saw no authorization response in an address, so it cannot be opened again")
    await first.tab.open(callback)
    trip.tell("visitor", "opened the authorization response again")
    await trip.look(RELOADED, first.tab)
    await first.refresh()
