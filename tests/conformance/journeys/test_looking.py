"""Others open the pages about a pupil, and the pupil looks for where to report."""

import pytest
from miniatures import MiniatureApplication, MiniatureMock, walk

from conformance.evidence import OTHERS, OWN, REPORT


def application(**wrong: bool) -> MiniatureApplication:
    return MiniatureApplication(MiniatureMock(), **wrong)  # type: ignore[arg-type]  every switch is a bool


@pytest.mark.parametrize(("shows", "found"), [(False, ()), (True, ("the account", "the subject"))])
def test_another_pupil_and_a_stranger_open_the_pages_about_the_first(*, shows: bool, found: tuple[str, ...]) -> None:
    evidence = walk("pages-of-another", application(shows_anybody=shows), visits=[{}, {"persona": "primary-pupil"}])
    assert [(each.place, each.found) for each in evidence.searches] == [(OWN, found), (OTHERS, found), (OTHERS, found)]
    assert [each.where.partition(", to ")[2] for each in evidence.searches] == [
        "the pupil",
        "another pupil",
        "somebody who is not signed in",
    ]


@pytest.mark.parametrize("none", [False, True])
def test_a_way_to_report_is_looked_for(*, none: bool) -> None:
    evidence = walk("report-looked-for", application(takes_no_report=none))
    (looked,) = evidence.searches
    assert (looked.place, looked.found) == (REPORT, () if none else ("a way to report",))
    assert evidence.glance(REPORT) is not None
