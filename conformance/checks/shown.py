"""What the pages about a pupil show, and to whom."""

from conformance.checks.registry import check
from conformance.evidence import OTHERS, OWN, REPORT, Evidence, Finding, Outcome


@check(needs=("pages",))
def nothing_of_others_shown(evidence: Evidence) -> Finding:
    """The pages about a pupil show nothing of it to another pupil, nor to somebody who is not signed in."""
    looked = [each for each in evidence.searches if each.place == OTHERS and each.searched]
    own = [each for each in evidence.searches if each.place == OWN and each.found]
    if not looked or not own or any(visit.outcome is not Outcome.SIGNED_IN for visit in evidence.visits):
        return Finding.untold("not both pupils came in, or no page showed the first what is told of them")
    shows = [each for each in looked if each.found]
    if shows:
        return Finding.broken(f"shown of the pupil at {shows[0].where}: {', '.join(shows[0].found)}")
    return Finding.kept()


@check(needs=("report",))
def report_offered(evidence: Evidence) -> Finding:
    """A pupil who is signed in finds where to say that something is wrong: a field, an address or a number."""
    page = evidence.glance(REPORT)
    looked = [each for each in evidence.searches if each.place == REPORT and each.searched]
    if not looked or page is None or evidence.last is None or evidence.last.outcome is not Outcome.SIGNED_IN:
        return Finding.untold("nobody came in, or no page answered")
    if any(each.found for each in looked):
        return Finding.kept()
    return Finding.broken(f"the page answered {page.page.status} and has nothing to write in, and no address or number")
