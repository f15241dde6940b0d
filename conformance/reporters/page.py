"""The HTML report: one page that needs no network and no script. The template engine escapes every value."""

import base64
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from conformance.report import Report, Verdict
from conformance.reporters import outline, wording
from conformance.reporters.comparison import compared, misfits
from conformance.reporters.conversation import arrows

PICTURES: Final[Mapping[str, str]] = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png"}


def render(report: Report, directory: Path) -> str:
    """The report as one HTML page; screenshots come from `directory` and are put into the page."""
    behaviour = [row for row in report.requirements if row.shown_by == "behaviour"]
    return (
        _environment()
        .get_template("report.html.j2")
        .render(
            report=report,
            rows=outline.rows_by_id(report),
            verdicts={result.id: result.verdict for result in report.results},
            findings=outline.findings(report),
            notable={name for finding in report.findings for name in finding.scenarios},
            groups=outline.groups(report),
            covered=outline.families(row for row in behaviour if row.scenarios),
            uncovered=outline.families(row for row in behaviour if not row.scenarios),
            left=sum(not row.scenarios and not row.not_applicable for row in behaviour),
            signed_for=tuple(row for row in report.requirements if row.shown_by == "document"),
            picture=lambda path: picture(directory, path),
        )
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("conformance.reporters"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "pretty": pretty,
        "anchor": anchor,
        "percent": percent,
        "link": outline.link,
        "plain": plain,
        "prose": prose,
    }
    environment.globals |= {
        "wording": wording,
        "arrows": arrows,
        "compared": compared,
        "misfits": misfits,
        "Verdict": Verdict,
    }
    return environment


def picture(directory: Path, path: str | None) -> str | None:
    """A screenshot as a `data:` address; None when there is none, or when it lies outside the directory."""
    if path is None:
        return None
    file = (directory / path).resolve()
    kind = PICTURES.get(file.suffix.lower())
    if kind is None or not file.is_relative_to(directory.resolve()) or not file.is_file():
        return None
    return f"data:{kind};base64,{base64.b64encode(file.read_bytes()).decode('ascii')}"


def pretty(value: Any) -> str:
    """JSON for reading."""
    return json.dumps(value, indent=2, ensure_ascii=False)


def plain(value: Any) -> str:
    """A parameter as it is read: text as it is, everything else as JSON on one line."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def prose(text: str) -> Markup:
    """A sentence, escaped; what stands between backticks is code."""
    parts = escape(text).split("`")
    paired = len(parts) % 2 == 1
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if paired and place % 2 else part for place, part in enumerate(parts)
    )


def anchor(name: str) -> str:
    """An id for use in addresses within the page."""
    return "".join(letter if letter.isalnum() else "-" for letter in name)


def percent(number: int, total: int) -> str:
    """A share for a style sheet."""
    return f"{100 * number / total if total else 0:.2f}%"
