"""Journeys in which an authorization response comes where, or when, none was asked for."""

from urllib.parse import parse_qsl, urlencode, urlsplit

from conformance.journeys.registry import journey
from conformance.journeys.sign_in import SignIn
from conformance.journeys.trip import Trip
from conformance.ports import Held

RELOADED = "callback reloaded"
FORGED = "forged error"


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
    """Sign in, go back to the page of the authorization response and reload it; where none is left, open its address.

    An application that redirects away from there leaves nothing in the history that one could go back to.
    """
    first = await trip.sign_in(trip.situation(0))
    callback = first.callback_url()
    if callback is None:
        raise NoResponse("the browser saw no authorization response in an address, so it cannot be opened again")
    await _load_again(trip, first, callback)
    await trip.look(RELOADED, first.tab)
    await first.refresh()


async def _load_again(trip: Trip, first: SignIn, callback: str) -> None:
    """Go back to the authorization response, reload it when that is where the browser stands, or open its address."""
    seen = len(first.visitor.requests)
    if first.tab.url != callback:
        await first.tab.back()
        trip.tell("visitor", "pressed back")
    if first.tab.url == callback:
        await first.tab.reload()
        trip.tell("visitor", "reloaded the page of the authorization response")
    elif callback not in {request.url for request in first.visitor.requests[seen:]}:
        await first.tab.open(callback)
        trip.tell("visitor", "opened the authorization response again, which was not in the history")


@journey()
async def code_of_another_sign_in(trip: Trip) -> None:
    """Take the code of one browser's response, put it into the response of another, and bring that there."""
    situation = trip.situation(0)
    first = await trip.begin(situation)
    stolen = await kept_back(first)
    second = await trip.begin(situation, stage=first.stage)
    own = await kept_back(second)
    trip.tell("visitor", "received a response of their own with somebody else's code in it")
    victim = await trip.arrive(situation, second.visitor, second.stage)
    await victim.receive(with_code_of(stolen, own))
    await victim.land()


async def kept_back(sign_in: SignIn) -> Held:
    """The response to this sign-in, kept from the application."""
    held = await sign_in.hold()
    if held is None:
        raise NoResponse("no authorization response came from the provider to be held")
    return held


def with_code_of(stolen: Held, own: Held) -> Held:
    """A response with the code of another one; everything else in it stays."""
    if own.form is not None and stolen.form is not None:
        return own.model_copy(update={"form": {**own.form, "code": stolen.form.get("code", "")}})
    code = dict(parse_qsl(urlsplit(stolen.url).query)).get("code", "")
    parts = urlsplit(own.url)
    pairs = [(name, code if name == "code" else value) for name, value in parse_qsl(parts.query)]
    return own.model_copy(update={"url": parts._replace(query=urlencode(pairs)).geturl()})


@journey()
async def forged_error(trip: Trip) -> None:
    """While a sign-in is under way, open an error in the same browser that nobody sent; then finish the sign-in."""
    first = await trip.begin(trip.situation(0))
    uri = await first.redirect_uri()
    if uri is not None:
        tab = await trip.tab(first.visitor)
        await tab.open(f"{uri}?{urlencode({'error': 'access_denied', 'state': 'state-of-nobody'})}")
        trip.tell("visitor", "opened an error that the provider never sent")
        await trip.look(FORGED, tab)
    await first.type_credentials()
    await first.land()
