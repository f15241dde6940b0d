"""Asking the application outside any page, and following where it leads as long as that is the application itself."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urljoin, urlsplit

from conformance.evidence import SPOOFED, Knock
from conformance.journeys.trip import Trip

MOST: Final = 5
"""Redirects that are followed."""
REDIRECTS: Final = range(300, 400)


async def knock(trip: Trip, url: str, label: str, headers: Mapping[str, str]) -> list[Knock]:
    """Ask in a fresh browser, and again where the application leads to itself, each time with the same headers."""
    stranger, knocks, following = await trip.browser(), list[Knock](), url
    while following and len(knocks) <= MOST:
        answer = await stranger.ask(following, headers=headers)
        told = answer.headers.get("location", "")
        location = urljoin(following, told) if told else ""
        knocks.append(Knock(label=label, status=answer.status, location=location))
        following = _within(trip, url, location) if answer.status in REDIRECTS else ""
    return knocks


def _within(trip: Trip, url: str, location: str) -> str:
    """The address of the application that is meant, under whatever name; "" when it leads elsewhere."""
    there, here = urlsplit(location), urlsplit(url)
    if there.hostname == SPOOFED:
        return there._replace(scheme=here.scheme, netloc=here.netloc).geturl()
    return location if trip.is_own(location) else ""
