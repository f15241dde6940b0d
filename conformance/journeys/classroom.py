"""Journeys on one computer that pupils share."""

from conformance.journeys.registry import journey
from conformance.journeys.signing_out import press_sign_out
from conformance.journeys.trip import Trip


@journey(needs=("sign-out",), visits=2)
async def second_pupil_same_browser(trip: Trip) -> None:
    """Sign in and out, then let a second pupil sign in in the same browser."""
    first = await trip.sign_in(trip.situation(0))
    await press_sign_out(trip, first)
    await trip.sign_in(trip.situation(1), first.visitor)


@journey(visits=2)
async def again_in_same_browser(trip: Trip) -> None:
    """Sign in, and sign in once more in the same browser without having signed out."""
    first = await trip.sign_in(trip.situation(0))
    await trip.sign_in(trip.situation(1), first.visitor)


@journey(visits=2)
async def two_tabs(trip: Trip) -> None:
    """Start a sign-in in one tab, start another in a second tab, finish the first, finish the second.

    The older one may work or be refused, as long as nothing crashes and the newer one works.
    """
    older = await trip.begin(trip.situation(0))
    newer = await trip.begin(trip.situation(1), older.visitor)
    await older.type_credentials()
    await older.land(expected="either")
    await newer.type_credentials()
    await newer.land()
