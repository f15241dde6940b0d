"""Journeys that look for secrets where they must not be."""

import re
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import Final
from urllib.parse import parse_qsl, quote_plus, unquote_plus, urlsplit

from conformance.canaries import for_no_log
from conformance.canaries import found_in as people_in
from conformance.evidence import Search
from conformance.issued import access_tokens
from conformance.issued import tokens_in as issued_in
from conformance.journeys.registry import journey
from conformance.journeys.sign_in import SignIn
from conformance.journeys.trip import Trip

LOG, PAGE, ADDRESS, STORAGE = "log", "page", "address", "storage"
NAMED_TOKEN: Final = re.compile(r"access_token\W{1,6}[A-Za-z0-9._~+/-]{16,}")
UNTIL_WRITTEN_S: Final = 0.3


def found_in(text: str, secrets: Mapping[str, str]) -> tuple[str, ...]:
    """Names of the secrets that stand in a text, as they are or encoded for an address."""
    names = {name for name, value in secrets.items() if value and (value in text or quote_plus(value) in text)}
    return tuple(sorted(names))


def tokens_in(text: str, issued: AbstractSet[str] = frozenset()) -> tuple[str, ...]:
    """Says which tokens stand in a text: known by their form, by the name before them, or issued here."""
    found = issued_in(text, issued)
    return found or (("a token",) if NAMED_TOKEN.search(text) else ())


def _client_secret(trip: Trip) -> dict[str, str]:
    client = trip.bench.target.client
    return {"the client secret": client.secret} if client and client.secret else {}


def _answered(sign_in: SignIn) -> dict[str, str]:
    """The codes that this browser carried to the application in an address."""
    urls = [request.url for request in sign_in.visitor.requests if sign_in.trip.is_own(request.url)]
    told = [value for url in urls for name, value in parse_qsl(urlsplit(url).query) if name == "code"]
    return {f"authorization code {number}": code for number, code in enumerate(told, 1)}


def _search(trip: Trip, place: str, texts: Iterable[str], secrets: Mapping[str, str]) -> None:
    text = "\n".join(texts)
    tokens = tokens_in(text, access_tokens(trip.visits)) if place == LOG else ()
    trip.searches.append(Search(place=place, searched=len(text), found=(*found_in(text, secrets), *tokens)))
    trip.tell("harness", f"looked for secrets: {place}")


def _search_people(trip: Trip, place: str, text: str) -> None:
    """Look for what was told of those who signed in; where nothing was, there is nothing to look for."""
    told = {value: what for visit in trip.visits for value, what in for_no_log(visit).items()}
    found = people_in(text, told)
    trip.searches.append(Search(place=place, what="people", searched=len(text) if told else 0, found=found))
    trip.tell("harness", f"looked for people: {place}")


@journey(needs=("log",))
async def look_into_the_log(trip: Trip) -> None:
    """Sign in, then look for code, client secret, password, tokens and people in what the application wrote down."""
    sign_in = await trip.sign_in(trip.situation(0))
    await trip.bench.clock.pause(UNTIL_WRITTEN_S)
    password = trip.bench.personas[sign_in.situation.persona].password
    secrets = _client_secret(trip) | _answered(sign_in) | {"the password": password}
    log = await trip.bench.application.log()
    _search(trip, LOG, [log], secrets)
    _search_people(trip, LOG, log)


@journey()
async def look_into_the_pages(trip: Trip) -> None:
    """Sign in, then look for the client secret in pages, scripts, addresses and the browser's storage."""
    sign_in = await trip.sign_in(trip.situation(0))
    secrets = _client_secret(trip)
    landed = sign_in.tab
    start = await trip.tab(await trip.browser())
    await start.open(trip.bench.target.application_origins[0])
    await trip.look("start page", start)
    _search(trip, PAGE, [await landed.source(), await start.source()], secrets)
    _search(trip, ADDRESS, [unquote_plus(request.url) for request in sign_in.visitor.requests], secrets)
    _search(trip, STORAGE, (await landed.stored()).values(), secrets)
