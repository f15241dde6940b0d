"""Journeys after which the application's books are read: what it keeps of people, and its privacy log.

A purge concerns everybody, so nothing may run beside one. Where people are the same for all scenarios, nobody else may
sign in while their books are read.
"""

from typing import Final, Literal

from pydantic import JsonValue

from conformance.evidence import AFTERWARDS, NEARLY, OVER, Reading, Record, scalars
from conformance.journeys.late import ahead
from conformance.journeys.registry import journey
from conformance.journeys.trip import Trip

A_DAY_S: Final = 86_400
NEARLY_THREE_YEARS_S: Final = 1093 * A_DAY_S
OVER_THREE_YEARS_S: Final = 1098 * A_DAY_S
"""Two days on each side of three years: a leap day, the hour of summer time and the day's end make no difference."""
NAMES: Final = ("given_name", "family_name")

Book = Literal["store", "privacy-log"]


async def read(trip: Trip, book: Book, label: str) -> None:
    """Read a book, and keep what it tells of those who signed in here."""
    told = await trip.bench.books.read(str(_address(trip, book)))
    records = tuple(record for row in told if _tells_of(trip, record := Record(values=scalars(row))))
    trip.readings.append(Reading(label=label, book=book, total=len(told), records=records))
    trip.tell("harness", f"read the {book.replace('-', ' ')} ({label}): {len(told)} records, {len(records)} of these")


def _address(trip: Trip, book: Book) -> str | None:
    capabilities = trip.bench.target.capabilities
    return capabilities.store if book == "store" else capabilities.privacy_log


def _tells_of(trip: Trip, record: Record) -> bool:
    values = set(record.values)
    return any(visit.keys & values or _names(visit.released) <= values for visit in trip.visits if visit.released)


def _names(released: dict[str, JsonValue]) -> set[str]:
    """The whole name; without one, what no record has."""
    return {text for name in NAMES for text in scalars(released.get(name))} or {""}


async def _purge(trip: Trip) -> None:
    await trip.bench.books.purge(str(trip.bench.target.capabilities.purge))
    trip.tell("harness", "let the application delete what is kept too long")


@journey(needs=("store",), counts_people=True, visits=0)
async def look_into_the_store(trip: Trip) -> None:
    """Sign in, over the years where more is told, each time in a fresh browser; then read what is kept."""
    for situation in trip.situations:
        await trip.sign_in(situation)
    await read(trip, "store", AFTERWARDS)


@journey(needs=("privacy-log",), counts_people=True, visits=0)
async def look_into_the_privacy_log(trip: Trip) -> None:
    """Sign in, over the years where more is told, each time in a fresh browser; then read the privacy log."""
    for situation in trip.situations:
        await trip.sign_in(situation)
    await read(trip, "privacy-log", AFTERWARDS)


@journey(needs=("store", "clock", "purge"), exclusive=True)
async def purged_in_time(trip: Trip) -> None:
    """Sign in; two days before three years are over, and two days after, let it purge and read what is kept."""
    await trip.sign_in(trip.situation(0))
    for label, seconds in ((NEARLY, NEARLY_THREE_YEARS_S), (OVER, OVER_THREE_YEARS_S)):
        async with ahead(trip, seconds):
            await _purge(trip)
            await read(trip, "store", label)


@journey(needs=("clock", "purge"), exclusive=True, visits=2)
async def back_after_the_purge(trip: Trip) -> None:
    """Sign in, let it purge when over three years have passed, and sign in again."""
    await trip.sign_in(trip.situation(0))
    async with ahead(trip, OVER_THREE_YEARS_S):
        await _purge(trip)
    await trip.sign_in(trip.situation(1))


@journey(needs=("privacy-log", "clock", "purge"), exclusive=True)
async def privacy_log_after_the_purge(trip: Trip) -> None:
    """Sign in, let it purge when over three years have passed, and read the privacy log."""
    await trip.sign_in(trip.situation(0))
    async with ahead(trip, OVER_THREE_YEARS_S):
        await _purge(trip)
    await read(trip, "privacy-log", AFTERWARDS)
