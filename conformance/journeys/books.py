"""Journeys after which the application's books are read: what it keeps of people, and its privacy log.

Where people are the same for all scenarios, nobody else may sign in while their books are read.
"""

from typing import Final, Literal

from pydantic import JsonValue

from conformance.canaries import national_numbers
from conformance.evidence import AFTERWARDS, BEFORE, Knock, Reading, Record, scalars
from conformance.journeys.registry import journey
from conformance.journeys.trip import Trip

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
    told = [visit for visit in trip.visits if visit.released]
    return any((visit.keys | national_numbers(visit)) & values or _names(visit.released) <= values for visit in told)


def _names(released: dict[str, JsonValue]) -> set[str]:
    """The whole name; without one, what no record has."""
    return {text for name in NAMES for text in scalars(released.get(name))} or {""}


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


@journey(needs=("privacy-log",), counts_people=True, visits=2)
async def privacy_log_of_a_merge(trip: Trip) -> None:
    """Sign in; read the privacy log before and after the second sign-in, by which accounts are joined."""
    await trip.sign_in(trip.situation(0))
    await read(trip, "privacy-log", BEFORE)
    await trip.sign_in(trip.situation(1))
    await read(trip, "privacy-log", AFTERWARDS)


@journey(needs=("privacy-log", "export"), counts_people=True)
async def privacy_log_of_an_export(trip: Trip) -> None:
    """Sign in; read the privacy log before and after the pupil looks at what is kept about them."""
    first = await trip.sign_in(trip.situation(0))
    await read(trip, "privacy-log", BEFORE)
    export = str(trip.bench.target.capabilities.export)
    answer = await first.visitor.ask(export, headers={})
    trip.knocks.append(Knock(label="export", status=answer.status, location=answer.headers.get("location", "")))
    trip.tell("visitor", f"looked at what is kept about them: {answer.status}")
    await read(trip, "privacy-log", AFTERWARDS)
