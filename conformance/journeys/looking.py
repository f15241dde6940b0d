"""Journeys to the pages about a pupil: who gets to see them, and whether the pupil can say that they are wrong."""

import asyncio
from typing import Final
from urllib.parse import quote

from conformance.evidence import OTHERS, REPORT, Search, Visit, scalars
from conformance.journeys.registry import journey
from conformance.journeys.searching import found_in
from conformance.journeys.trip import Trip
from conformance.ports import Visitor
from conformance.target import Landmark

TELLING: Final = ("sub", "family_name", "email", "ov_account_uuid", "ov_leerid_uuid")
ENROLMENTS: Final = "ov_inschrijvingen"
OF_A_SCHOOL: Final = frozenset({"instellingsnummer"})
"""What many pupils share, and what an application may show to anybody."""
SHORTEST: Final = 5
"""A shorter value stands on many a page by chance."""
WAY_TO_REPORT: Final = Landmark(selector="textarea, a[href^='mailto:'], a[href^='tel:']")


def told_of(visit: Visit) -> dict[str, str]:
    """Names of claims that tell who a pupil is, of the register numbers and groups too, each with its value."""
    told = {name: scalars(visit.released.get(name)) for name in TELLING}
    listed = visit.released.get(ENROLMENTS)
    for enrolment in listed if isinstance(listed, list) else ():
        members = enrolment if isinstance(enrolment, dict) else {}
        told |= {f"{ENROLMENTS}.{name}": scalars(value) for name, value in members.items() if name not in OF_A_SCHOOL}
    return {name: text for name, texts in told.items() for text in texts if len(text) >= SHORTEST}


@journey(needs=("identity", "pages"), visits=2)
async def pages_of_another(trip: Trip) -> None:
    """Sign in; then let another pupil, and somebody who is not signed in, open the pages about the first."""
    await trip.sign_in(trip.situation(0))
    owner = trip.visits[0]
    other = await trip.sign_in(trip.situation(1))
    own = set(told_of(trip.visits[1]).values())
    wanted = {name: text for name, text in told_of(owner).items() if text not in own}
    stranger = await trip.browser()
    whose = quote(owner.identity or "", safe="")
    who = {"another pupil": other.visitor, "somebody who is not signed in": stranger}
    looks = [
        _searched(trip, visitor, page.replace("{identity}", whose), wanted, f"{page}, to {name}")
        for page in trip.bench.target.capabilities.pages
        for name, visitor in who.items()
    ]
    trip.searches += await asyncio.gather(*looks)


async def _searched(trip: Trip, visitor: Visitor, url: str, wanted: dict[str, str], where: str) -> Search:
    """Open a page, wait until it has come to rest, and look for what is wanted in it."""
    tab = await trip.tab(visitor)
    await tab.open(url)
    await trip.look(OTHERS, tab)
    text = await tab.source()
    return Search(place=OTHERS, what="people", searched=len(text), found=found_in(text, wanted), where=where)


@journey(needs=("report",))
async def report_looked_for(trip: Trip) -> None:
    """Sign in, and look on the page for reports of wrong data whether there is a way to make one."""
    first = await trip.sign_in(trip.situation(0))
    tab = await trip.tab(first.visitor)
    await tab.open(str(trip.bench.target.capabilities.report))
    await trip.look(REPORT, tab)
    found = ("a way to report",) if await tab.shows(WAY_TO_REPORT) else ()
    trip.searches.append(Search(place=REPORT, searched=len(await tab.source()), found=found))
