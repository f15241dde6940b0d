"""What a run saw: frozen values, no I/O and no judgement. Checks read them, the judge concludes from them."""

from conformance.evidence.browser import Cookie, Document, Glance, Page, Request
from conformance.evidence.exchange import Exchange, IdToken, is_refresh
from conformance.evidence.gathered import Evidence, Finding, Surroundings
from conformance.evidence.labels import (
    AFTER_REFRESH,
    AFTERWARDS,
    BEFORE,
    NEARLY,
    OTHERS,
    OVER,
    OWN,
    PLANTED,
    REPORT,
    SPOOFED,
)
from conformance.evidence.notes import Knock, Moment, Reading, Record, Search
from conformance.evidence.steps import DELIVERED_AT, Outcome, Step, delivered_at, seam_of
from conformance.evidence.values import scalars
from conformance.evidence.visit import KEYS, Visit

__all__ = [
    "AFTERWARDS",
    "AFTER_REFRESH",
    "BEFORE",
    "DELIVERED_AT",
    "KEYS",
    "NEARLY",
    "OTHERS",
    "OVER",
    "OWN",
    "PLANTED",
    "REPORT",
    "SPOOFED",
    "Cookie",
    "Document",
    "Evidence",
    "Exchange",
    "Finding",
    "Glance",
    "IdToken",
    "Knock",
    "Moment",
    "Outcome",
    "Page",
    "Reading",
    "Record",
    "Request",
    "Search",
    "Step",
    "Surroundings",
    "Visit",
    "delivered_at",
    "is_refresh",
    "scalars",
    "seam_of",
]
