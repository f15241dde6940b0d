"""What becomes of markup that comes from elsewhere."""

from typing import Final
from urllib.parse import urlsplit

from conformance.checks.registry import check
from conformance.evidence import Evidence, Finding

RAN: Final = "markup-ran"
"""The title that the mock's markup gives the page when its script runs."""
LOADED: Final = "/testbed-markup"
"""The picture that it loads."""


@check()
def markup_as_text(evidence: Evidence) -> Finding:
    """Markup that comes from elsewhere is text: no picture of it is loaded, no script of it runs."""
    pages = [*(visit.page for visit in evidence.visits), *(glance.page for glance in evidence.glances)]
    if any(page.title == RAN for page in pages):
        return Finding.broken("a script that came from elsewhere ran in the page")
    if any(urlsplit(asked.url).path == LOADED for visit in evidence.visits for asked in visit.requests):
        return Finding.broken("the page loaded a picture of markup that came from elsewhere")
    return Finding.kept() if pages else Finding.untold("nobody signed in")
