"""A national number that came by mistake: it is neither shown nor kept."""

from conformance.canaries import national_numbers
from conformance.checks.registry import check
from conformance.evidence import AFTERWARDS, Evidence, Finding

NOT_DELIVERED = Finding.untold("no national number was delivered")


def _delivered(evidence: Evidence) -> frozenset[str]:
    return frozenset(number for visit in evidence.visits for number in national_numbers(visit))


@check()
def national_number_not_shown(evidence: Evidence) -> Finding:
    """A national number that was delivered stands on no page of the application."""
    numbers = _delivered(evidence)
    if not numbers:
        return NOT_DELIVERED
    pages = [visit.page for visit in evidence.visits] + [glance.page for glance in evidence.glances]
    if any(number in f"{page.title} {page.text}" for page in pages for number in numbers):
        return Finding.broken("the national number stands on a page")
    return Finding.kept()


@check(needs=("store",))
def national_number_not_kept(evidence: Evidence) -> Finding:
    """A national number that was delivered is not kept, whether somebody came in or not."""
    numbers, stored = _delivered(evidence), evidence.reading("store", AFTERWARDS)
    if stored is None:
        return Finding.untold("the book was not read")
    if not numbers:
        return NOT_DELIVERED
    if any(number in value for value in stored.values for number in numbers):
        return Finding.broken("the national number is kept")
    return Finding.kept()
