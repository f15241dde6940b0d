"""The report of a run: values, the findings that they make together, and the document. Pure but for its one file."""

from conformance.report.document import Report, UnreadableReport
from conformance.report.findings import FINDINGS, Finding
from conformance.report.values import (
    Browser,
    Calibration,
    Certainty,
    CheckResult,
    Inputs,
    Level,
    Mock,
    Page,
    Profile,
    RequirementResult,
    Result,
    Step,
    Target,
    Value,
    Verdict,
    cover,
    gravest,
)

__all__ = [
    "FINDINGS",
    "Browser",
    "Calibration",
    "Certainty",
    "CheckResult",
    "Finding",
    "Inputs",
    "Level",
    "Mock",
    "Page",
    "Profile",
    "Report",
    "RequirementResult",
    "Result",
    "Step",
    "Target",
    "UnreadableReport",
    "Value",
    "Verdict",
    "cover",
    "gravest",
]
