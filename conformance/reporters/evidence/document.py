"""The document itself, one HTML page for each language, from a report. The template engine escapes every value."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from conformance.report import Report, Verdict
from conformance.reporters import wording
from conformance.reporters.evidence.articles import Row, checklist, rows, sections
from conformance.reporters.evidence.standing import Standing
from conformance.reporters.evidence.texts import Language, day, moment, say, tell
from conformance.reporters.page import picture, prose

PROFILE: Final = "protocol"
"""The profile that the document is made for."""


@dataclass(frozen=True, kw_only=True)
class Source:
    """What a document is made from: the report, the folder of its pictures, and checksums by file name."""

    report: Report
    pictures: Path
    checksums: dict[str, str]


def render(source: Source, language: Language) -> str:
    """The document in one language."""
    told = rows(source.report)
    return (
        _environment()
        .get_template("evidence.html.j2")
        .render(
            report=source.report,
            language=language,
            say=partial(say, language),
            tell=partial(tell, language),
            moment=partial(_moment, language),
            headline=headline(source.report, told, language),
            tally=tally(told, language),
            sections=[section for section in sections(told) if section.rows or section.elsewhere or section.items],
            checklist=checklist(),
            shots=shots(told),
            picture=lambda path: picture(source.pictures, path),
            checksums={name: source.checksums[name] for name in _named(source, told)},
            is_protocol=source.report.profile.name == PROFILE,
        )
    )


def footer(report: Report, language: Language) -> str:
    """What stands at the foot of each printed page, as HTML of its own."""
    style = "width:100%;margin:0 16mm;font:7.5pt 'Liberation Sans',sans-serif;color:#4c5a69;display:flex"
    parts = f"{report.target.name} · {say(language, 'title')} · {day(language, report.generated_at)}"
    pages = Markup(say(language, "page_of"))  # noqa: S704  our own text, with the places that the browser fills
    return Markup('<div style="{}"><span style="flex:1">{}</span><span>{}</span></div>').format(style, parts, pages)


def headline(report: Report, told: tuple[Row, ...], language: Language) -> str:
    """The verdict in one sentence, without the numbers."""
    if not report.calibration.ok:
        return say(language, "headline_unjudged", reason=report.calibration.reason)
    seen = {row.standing for row in told}
    graded = (
        (Standing.BROKEN in seen, "broken"),
        (Standing.UNDECIDED in seen, "undecided"),
        (Standing.WARNED in seen, "warned"),
        (bool({Standing.KEPT, Standing.PARTLY} & seen), "sound"),
        (True, "nothing"),
    )
    return say(language, "headline_" + next(name for holds, name in graded if holds))


def tally(told: tuple[Row, ...], language: Language) -> str:
    """What was shown and what was not, in numbers."""
    counts = Counter(row.standing for row in told)
    parts = [say(language, f"tally_{each}", n=counts[each]) for each in Standing if counts[each]]
    return say(language, "tally", all=len(told), parts=", ".join(parts))


def shots(told: tuple[Row, ...]) -> dict[str, str]:
    """The scenario whose picture stands with a requirement: one that was not tried well first, then one not shown yet.

    A picture is shown once; a requirement for which only pictures shown before are left has none of its own.
    """
    chosen: dict[str, str] = {}
    for row in told:
        drawn = [result for result in row.results if result.screenshot and result.id not in chosen.values()]
        if row.standing is not Standing.SIGNED and drawn:
            chosen[row.requirement.id] = min(drawn, key=lambda result: result.verdict is Verdict.PASSED).id
    return chosen


def _named(source: Source, told: tuple[Row, ...]) -> list[str]:
    """The files whose checksums stand in the document: the report, and the pictures shown."""
    shown = set(shots(told).values())
    drawn = sorted(result.screenshot or "" for result in source.report.results if result.id in shown)
    return [name for name in ("report.json", *drawn) if name in source.checksums]


def _moment(language: Language, at: datetime) -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(at.isoformat(), escape(moment(language, at)))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("conformance.reporters"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["prose"] = prose
    environment.globals |= {"Standing": Standing, "Verdict": Verdict, "reason": wording.reason}
    return environment
