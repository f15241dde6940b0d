"""JUnit XML, as CI services read it: a suite per group, a case per scenario. Its counts are those of the report.

failed is a failure, inconclusive an error, skipped is skipped. A warning fails nothing: it stands in the case's output.
"""

import re
from collections.abc import Mapping
from typing import Final
from xml.etree import ElementTree as ET

from conformance.report import FINDINGS, Report, RequirementResult, Result, Verdict
from conformance.reporters import outline, wording

ELEMENTS: Final[Mapping[Verdict, str]] = {
    Verdict.FAILED: "failure",
    Verdict.INCONCLUSIVE: "error",
    Verdict.SKIPPED: "skipped",
}
FORBIDDEN: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold, not even escaped."""


def render(report: Report) -> str:
    """The report as JUnit XML."""
    rows = outline.rows_by_id(report)
    root = ET.Element("testsuites", {"name": _clean(report.target.name), **_counts(report.results)})
    for name, results in outline.groups(report).items():
        root.append(_suite(name, results, report, rows))
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=False).join(
        ('<?xml version="1.0" encoding="UTF-8"?>\n', "\n")
    )


def _suite(name: str, results: tuple[Result, ...], report: Report, rows: Mapping[str, RequirementResult]) -> ET.Element:
    suite = ET.Element("testsuite", {"name": name, **_counts(results), "timestamp": f"{report.generated_at:%FT%T}"})
    _properties(suite, {"profile": f"{report.profile.name} {report.profile.version}", "target": report.target.name})
    suite.extend(_case(result, rows) for result in results)
    return suite


def _case(result: Result, rows: Mapping[str, RequirementResult]) -> ET.Element:
    case = ET.Element("testcase", {"classname": result.group, "name": result.id, "time": f"{result.duration_s:.3f}"})
    told = {"title": result.title, "level": result.level, "verdict": result.verdict}
    _properties(case, told | {"requirements": ", ".join(result.requirements)})
    if element := ELEMENTS.get(result.verdict):
        outcome = ET.SubElement(case, element, {"message": _clean(wording.reason(result)), "type": result.verdict})
        outcome.text = _clean(_story(result, rows))
    ET.SubElement(case, "system-out").text = _clean(_story(result, rows))
    return case


def _story(result: Result, rows: Mapping[str, RequirementResult]) -> str:
    lines = {
        "verdict": f"{result.verdict}: {wording.reason(result)}",
        "provider": wording.provider_did(result),
        "visitor": wording.visitor_did(result),
        "application": " ".join((wording.application_did(result), wording.came_to_rest(result))).strip(),
        "expected": wording.expected(result),
        "why": result.why,
        "how to mend": " ".join(wording.fixes(result, rows)) if result.verdict in FINDINGS else "",
    }
    steps = [f"{step.at} {step.who}: {step.what}" for step in result.steps]
    return "\n".join([*(f"{name}: {text}" for name, text in lines.items() if text), *steps])


def _counts(results: tuple[Result, ...]) -> dict[str, str]:
    verdicts = [result.verdict for result in results]
    return {
        "tests": str(len(results)),
        "failures": str(verdicts.count(Verdict.FAILED)),
        "errors": str(verdicts.count(Verdict.INCONCLUSIVE)),
        "skipped": str(verdicts.count(Verdict.SKIPPED)),
        "time": f"{sum(result.duration_s for result in results):.3f}",
    }


def _properties(parent: ET.Element, values: Mapping[str, str]) -> None:
    properties = ET.SubElement(parent, "properties")
    for name, value in values.items():
        ET.SubElement(properties, "property", {"name": name, "value": _clean(value)})


def _clean(text: str) -> str:
    return FORBIDDEN.sub("\ufffd", text)
