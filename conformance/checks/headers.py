"""What the application says to the browser beside its pages."""

import re
from collections.abc import Callable
from typing import Final

from conformance.checks.registry import check
from conformance.evidence import Document, Evidence, Finding
from conformance.target import origin

ANCESTORS: Final = re.compile(r"frame-ancestors\s+([^;]+)")
CLOSED: Final = re.compile(r"no-store|no-cache|max-age=0", re.IGNORECASE)
PAGE: Final = 200


def _judged(evidence: Evidence, wrong: Callable[[Document], str | None]) -> Finding:
    """Kept when no page of the application is wrong; broken with the first reason."""
    own = evidence.surroundings.application_origins
    documents = [each for visit in evidence.visits for each in visit.documents if origin(each.url) in own]
    if not documents:
        return Finding.untold("no answer of the application was seen")
    reason = next((reason for each in documents if (reason := wrong(each))), None)
    return Finding.broken(f"{reason}") if reason else Finding.kept()


@check(passive=True)
def pages_not_cached(evidence: Evidence) -> Finding:
    """Nothing that the application answers during a sign-in may be kept by the browser."""

    def wrong(document: Document) -> str | None:
        told = document.headers.get("cache-control", "")
        return None if CLOSED.search(told) else f"{_path(document)} may be kept: Cache-Control is {told!r}"

    return _judged(evidence, wrong)


@check(passive=True)
def pages_not_framed(evidence: Evidence) -> Finding:
    """No page of the application may be shown in a frame of another site."""

    def wrong(document: Document) -> str | None:
        if document.status != PAGE or "x-frame-options" in document.headers:
            return None
        told = ANCESTORS.search(document.headers.get("content-security-policy", ""))
        return None if told and "*" not in told[1] else f"{_path(document)} may be framed by any site"

    return _judged(evidence, wrong)


def _path(document: Document) -> str:
    return document.url.partition("?")[0]
