"""Journeys over the years after which an account goes: purged in time, not too early, and with nobody's help.

The application's clock is put ahead, so everybody in it is years older: they go alone.
"""

from datetime import UTC, datetime
from typing import Final

from conformance.evidence import AFTERWARDS, BEFORE, NEARLY, OVER
from conformance.journeys.books import read
from conformance.journeys.late import ahead
from conformance.journeys.registry import journey
from conformance.journeys.trip import Trip

A_DAY_S: Final = 86_400
AN_HOUR_S: Final = 3600
TWO_YEARS_S: Final = 730 * A_DAY_S
NEARLY_THREE_YEARS_S: Final = 1093 * A_DAY_S
OVER_THREE_YEARS_S: Final = 1098 * A_DAY_S
"""Two days on each side of three years: a leap day, the hour of summer time and the day's end make no difference."""
YEARS, FEBRUARY = 3, 2
AWAY: Final = ("transport.discovery-unavailable", "transport.jwks-unavailable")
PUBLIC: Final = frozenset({"discovery", "jwks"})


async def _purge(trip: Trip) -> None:
    done = await trip.bench.books.purge(str(trip.bench.target.capabilities.purge))
    trip.tell("harness", "let the application delete what is kept too long")
    if not done:
        trip.tell("application", "crashed over it")


async def _purged_at(trip: Trip, label: str, seconds: int) -> None:
    """Let it purge so much later, and read what is kept."""
    async with ahead(trip, seconds):
        await _purge(trip)
        await read(trip, "store", label)


async def _purged_before_and_after(trip: Trip, *, since_s: int = 0) -> None:
    """Let it purge two days before three years are over, counted from `since_s` on, and two days after."""
    await _purged_at(trip, NEARLY, since_s + NEARLY_THREE_YEARS_S)
    await _purged_at(trip, OVER, since_s + OVER_THREE_YEARS_S)


@journey(needs=("store", "clock", "purge"), exclusive=True)
async def purged_in_time(trip: Trip) -> None:
    """Sign in; two days before three years are over, and two days after, let it purge and read what is kept."""
    await trip.sign_in(trip.situation(0))
    await _purged_before_and_after(trip)


@journey(needs=("store", "clock", "purge"), exclusive=True, visits=2)
async def purged_after_return(trip: Trip) -> None:
    """Sign in, and again two years later; let it purge two days before and after three years since then."""
    await trip.sign_in(trip.situation(0))
    async with ahead(trip, TWO_YEARS_S):
        await trip.sign_in(trip.situation(1))
    await _purged_before_and_after(trip, since_s=TWO_YEARS_S)


@journey(needs=("store", "clock", "purge"), exclusive=True, visits=2)
async def purged_after_refusal(trip: Trip) -> None:
    """Sign in, try in vain two years later; let it purge two days before and after three years since the sign-in."""
    await trip.sign_in(trip.situation(0))
    async with ahead(trip, TWO_YEARS_S):
        await trip.sign_in(trip.situation(1))
    await _purged_before_and_after(trip)


@journey(needs=("store", "clock", "purge"), exclusive=True)
async def purged_after_a_leap_day(trip: Trip) -> None:
    """Sign in late on a 29 February; let it purge an hour before 28 February ends three years later, and in March."""
    await _purged_to_the_hour(trip, month=2, day=29)


@journey(needs=("store", "clock", "purge"), exclusive=True)
async def purged_after_the_summer(trip: Trip) -> None:
    """Sign in late on a 31 August, a leap day ahead; let it purge an hour before three years are over, and later."""
    await _purged_to_the_hour(trip, month=8, day=31)


async def _purged_to_the_hour(trip: Trip, *, month: int, day: int) -> None:
    now = trip.bench.clock.now()
    came = evening_before_a_leap_day(now, month, day)
    wait_s = int((came - now).total_seconds())
    async with ahead(trip, wait_s):
        await trip.sign_in(trip.situation(0))
    kept_s = int((years_later(came) - came).total_seconds())
    await _purged_at(trip, NEARLY, wait_s + kept_s - AN_HOUR_S)
    await _purged_at(trip, OVER, wait_s + OVER_THREE_YEARS_S)


def evening_before_a_leap_day(now: datetime, month: int, day: int) -> datetime:
    """The next such day, at half past eleven in UTC and so the next day in Brussels, three years over a leap day."""
    for year in range(now.year, now.year + 13):
        try:
            came = datetime(year, month, day, 23, 30, tzinfo=UTC)
        except ValueError:  # no 29 February
            continue
        if came > now and (month == FEBRUARY or (years_later(came) - came).days > YEARS * 365):
            return came
    raise LookupError(f"no such day within twelve years: {day}/{month}")


def years_later(moment: datetime) -> datetime:
    """The same moment three years on; on 28 February where there is no 29, which is the earliest that can be meant."""
    day = 28 if (moment.month, moment.day) == (FEBRUARY, 29) else moment.day
    return moment.replace(year=moment.year + YEARS, day=day)


@journey(needs=("store", "clock", "purge"), exclusive=True)
async def purged_without_provider(trip: Trip) -> None:
    """Sign in; when over three years have passed, let it purge while the provider is away, and read what is kept."""
    await trip.sign_in(trip.situation(0))
    control = trip.bench.control
    away = await control.open_stage({"faults": list(AWAY)})
    trip.tell("harness", "took the provider away")
    before = max((each.number for each in await control.journal()), default=0)
    try:
        await _purged_at(trip, OVER, OVER_THREE_YEARS_S)
    finally:
        await control.close_stage(away.id)
    trip.asides += [each for each in await control.journal(since=before) if each.endpoint not in PUBLIC]


@journey(needs=("clock", "purge"), exclusive=True, visits=2)
async def back_after_the_purge(trip: Trip) -> None:
    """Sign in, let it purge when over three years have passed, and sign in again."""
    await trip.sign_in(trip.situation(0))
    async with ahead(trip, OVER_THREE_YEARS_S):
        await _purge(trip)
    await trip.sign_in(trip.situation(1))


@journey(needs=("privacy-log", "clock", "purge"), exclusive=True)
async def privacy_log_after_the_purge(trip: Trip) -> None:
    """Sign in, let it purge when over three years have passed; read the privacy log before and afterwards."""
    await trip.sign_in(trip.situation(0))
    await read(trip, "privacy-log", BEFORE)
    async with ahead(trip, OVER_THREE_YEARS_S):
        await _purge(trip)
    await read(trip, "privacy-log", AFTERWARDS)
