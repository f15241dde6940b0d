"""A summary in Markdown, short enough for a pull request or a CI job's page."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from conformance.report import FINDINGS, Finding, Report, RequirementResult, Result
from conformance.reporters import outline, wording
from conformance.reporters.comparison import last_token, misfits

SPECIAL: Final = re.compile(r"([\\`*_{}\[\]<>#|~&])")


def render(report: Report) -> str:
    """The report as Markdown."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    yield f"# {_escape(wording.headline(report))}: {_escape(report.target.name)}"
    yield ""
    yield _head(report)
    yield ""
    yield from _totals(report)
    yield from _findings(report)
    yield from _requirements(report)
    yield ""
    yield f"*{wording.DISCLAIMER}*"


def _head(report: Report) -> str:
    parts = [
        f"Profile {report.profile.name} {report.profile.version}",
        f"claims profile {report.target.claims_profile}",
        f"{report.generated_at:%Y-%m-%d %H:%M %Z}",
        f"LeerID testbed {report.product_version}",
        *([f"{report.browser.name} {report.browser.version}"] if report.browser else []),
    ]
    return _escape(", ".join(parts)) + "."


def _totals(report: Report) -> Iterator[str]:
    yield "| " + " | ".join(report.totals) + " |"
    yield "|" + " ---: |" * len(report.totals)
    yield "| " + " | ".join(map(str, report.totals.values())) + " |"


def _findings(report: Report) -> Iterator[str]:
    rows = outline.rows_by_id(report)
    found = outline.findings(report)
    if not report.calibration.ok:
        yield f"\n**Calibration:** {_escape(report.calibration.reason)}"
    if found:
        yield "\n## Findings"
    for finding, results in found:
        yield from _finding(finding, results, rows)


def _finding(finding: Finding, results: tuple[Result, ...], rows: Mapping[str, RequirementResult]) -> Iterator[str]:
    yield f"\n### {finding.verdict}: {_escape(finding.title)}\n"
    for result in results:
        yield from _story(result)
    for fix in finding.fix:
        yield f"- **How to mend:** {_escape(fix)}"
    for row in (rows[name] for name in finding.requirements if name in rows):
        url = outline.link(row.url)
        source = f"[{_escape(row.source)}](<{url}>)" if url else _escape(row.source)
        yield f"- **{row.id}** ({row.level}, {row.certainty}): {_escape(row.sentence)} {source}"


def _story(result: Result) -> Iterator[str]:
    yield f"`{result.id}` ({result.level}). {_escape(wording.reason(result))}\n"
    yield f"- **Provider:** {_escape(wording.provider_did(result))}"
    yield f"- **Visitor:** {_escape(wording.visitor_did(result))}"
    yield f"- **Application:** {_escape(wording.application_did(result))} {_escape(wording.came_to_rest(result))}"
    if token := last_token(result.exchanges):
        yield f"- **ID token:** {_escape(token)}"
    for sentence in misfits(result.exchanges):
        yield f"- **Compare:** {_escape(sentence)}"
    yield f"- **Expected:** {_escape(wording.expected(result))}"
    if result.why:
        yield f"- **Why:** {_escape(result.why)}"
    yield ""


def _requirements(report: Report) -> Iterator[str]:
    covered = [row for row in report.requirements if row.scenarios]
    if covered:
        yield "\n## Requirements\n"
        yield "| group | covered | not met | not covered |"
        yield "| --- | ---: | ---: | ---: |"
    for name, rows in outline.families(report.requirements).items() if covered else ():
        seen = [row for row in rows if row.scenarios]
        broken = [row for row in seen if row.verdict in FINDINGS]
        yield f"| {_escape(name)} | {len(seen)} | {len(broken)} | {len(rows) - len(seen)} |"


def _escape(text: str) -> str:
    """The text as Markdown that shows exactly it, on one line."""
    return SPECIAL.sub(r"\\\1", " ".join(text.split()))
