"""What a run says of a requirement of the protocol: shown, not kept, not shown, or a matter for a person. Pure."""

from enum import StrEnum
from typing import Final

from conformance.report import RequirementResult, Result, Verdict


class Standing(StrEnum):
    """What is concluded about one requirement; only `kept` and `partly` say that anything was shown."""

    BROKEN = "broken"
    WARNED = "warned"
    UNDECIDED = "undecided"
    KEPT = "kept"
    PARTLY = "partly"
    NOT_SHOWN = "not-shown"
    SIGNED = "signed"


BY_VERDICT: Final = {
    Verdict.FAILED: Standing.BROKEN,
    Verdict.INCONCLUSIVE: Standing.UNDECIDED,
    Verdict.WARNED: Standing.WARNED,
    Verdict.SKIPPED: Standing.NOT_SHOWN,
    None: Standing.NOT_SHOWN,
}


def standing(row: RequirementResult, results: tuple[Result, ...]) -> Standing:
    """What the scenarios that cite a requirement say of it.

    What only a document can show stays with a person, whatever passed; a scenario that failed is told all the same.
    """
    concluded = BY_VERDICT.get(row.verdict) or _passed(results)
    shown = concluded in {Standing.KEPT, Standing.PARTLY, Standing.NOT_SHOWN}
    return Standing.SIGNED if row.shown_by == "document" and shown else concluded


def _passed(results: tuple[Result, ...]) -> Standing:
    skipped = any(result.verdict is Verdict.SKIPPED for result in results)
    return Standing.PARTLY if skipped else Standing.KEPT
