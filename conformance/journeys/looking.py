"""Journeys to the pages about a pupil: who gets to see them, and whether the pupil can say that they are wrong."""

import asyncio
from typing import Final
from urllib.parse import quote

from conformance import canaries
from conformance.evidence import OTHERS, OWN, REPORT, Search
from conformance.journeys.registry import journey
from conformance.journeys.trip import Trip
from conformance.ports import Visitor
from conformance.target import Landmark

WAY_TO_REPORT: Final = Landmark(selector="textarea, a[href^='mailto:'], a[href^='tel:']")


@journey(needs=("identity", "pages"), visits=2)
async def pages_of_another(trip: Trip) -> None:
    """Sign in and open the pages about oneself; then let another pupil, and somebody not signed in, open them."""
    first = await trip.sign_in(trip.situation(0))
    owner = trip.visits[0]
    other = await trip.sign_in(trip.situation(1))
    own = canaries.for_no_other(trip.visits[1])
    wanted = {text: what for text, what in canaries.for_no_other(owner).items() if text not in own}
    whose = quote(owner.identity or "", safe="")
    visitors = (
        (OWN, "the pupil", first.visitor),
        (OTHERS, "another pupil", other.visitor),
        (OTHERS, "somebody who is not signed in", await trip.browser()),
    )
    looks = [
        _searched(
            trip,
            visitor,
            page.replace("{identity}", whose),
            wanted,
            Search(place=place, what="people", searched=0, where=f"{page}, to {name}"),
        )
        for page in trip.bench.target.capabilities.pages
        for place, name, visitor in visitors
    ]
    trip.searches += await asyncio.gather(*looks)


async def _searched(trip: Trip, visitor: Visitor, url: str, wanted: dict[str, str], blank: Search) -> Search:
    """Open a page, wait until it has come to rest, and look for what is wanted in it."""
    tab = await trip.tab(visitor)
    await tab.open(url)
    await trip.look(blank.place, tab)
    text = await tab.source()
    return blank.model_copy(update={"searched": len(text), "found": canaries.found_in(text, wanted)})


@journey(needs=("report",))
async def report_looked_for(trip: Trip) -> None:
    """Sign in, and look on the page for reports of wrong data whether there is a way to make one."""
    first = await trip.sign_in(trip.situation(0))
    tab = await trip.tab(first.visitor)
    await tab.open(str(trip.bench.target.capabilities.report))
    await trip.look(REPORT, tab)
    found = ("a way to report",) if await tab.shows(WAY_TO_REPORT) else ()
    trip.searches.append(Search(place=REPORT, searched=len(await tab.source()), found=found))
