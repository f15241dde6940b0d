"""Journeys that end a session."""

from conformance.journeys.registry import journey
from conformance.journeys.sign_in import SignIn
from conformance.journeys.trip import Trip

AFTER_SIGN_OUT = "after sign-out"
OLD_COOKIE = "old cookie"
BEFORE_LOGOUT_TOKEN = "before logout token"  # noqa: S105  same
AFTER_LOGOUT_TOKEN = "after logout token"  # noqa: S105  a label, no token


async def press_sign_out(trip: Trip, signed_in: SignIn) -> None:
    """Press the application's sign-out button and wait until the browser has come to rest."""
    button = trip.bench.target.capabilities.sign_out
    if button is None or not await signed_in.tab.click(button):
        trip.tell("harness", "found no sign-out button to press")
        return
    trip.tell("visitor", "pressed sign out")
    landing = await trip.lookout(signed_in.tab).left()
    trip.note("sign-out", await signed_in.tab.page(), landing)
    await signed_in.refresh()


@journey(needs=("sign-out",))
async def sign_out(trip: Trip) -> None:
    """Sign in, sign out, and open the page again where the sign-in had ended."""
    first = await trip.sign_in(trip.situation(0))
    landed_at = first.tab.url
    await press_sign_out(trip, first)
    await trip.glance(AFTER_SIGN_OUT, first.visitor, landed_at)


@journey(needs=("sign-out",))
async def sign_out_then_back(trip: Trip) -> None:
    """Sign in, sign out, and come back in another browser with the cookies from before the sign-out."""
    first = await trip.sign_in(trip.situation(0))
    landed_at, cookies = first.tab.url, trip.visits[-1].cookies
    await press_sign_out(trip, first)
    stranger = await trip.browser()
    await stranger.bring(cookies)
    await trip.glance(OLD_COOKIE, stranger, landed_at)


@journey(needs=("backchannel-logout",))
async def logout_token(trip: Trip) -> None:
    """Sign in, let the provider send a logout token behind the browser's back, and look at the page again."""
    await _logged_out(trip, await trip.sign_in(trip.situation(0)))


@journey(needs=("backchannel-logout",), visits=2)
async def logout_token_again(trip: Trip) -> None:
    """Sign in, let the provider send a logout token, sign in again in the same browser, and let it send another."""
    first = await trip.sign_in(trip.situation(0))
    await _logged_out(trip, first)
    await _logged_out(trip, await trip.sign_in(trip.situation(1), first.visitor))


async def _logged_out(trip: Trip, first: SignIn) -> None:
    visit, client = trip.visits[-1], trip.bench.target.client
    await trip.glance(BEFORE_LOGOUT_TOKEN, first.visitor, visit.page.url)
    about = {name: visit.claims.get(name) for name in ("sub", "sid")}
    await trip.bench.control.log_out(first.stage.id, about | {"client_id": client.client_id if client else ""})
    trip.tell("provider", "sent a logout token to the application")
    await first.refresh()
    await trip.glance(AFTER_LOGOUT_TOKEN, first.visitor, visit.page.url)
