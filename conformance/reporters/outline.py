"""How a report is arranged: findings first, scenarios by group, requirements by family. Pure."""

from collections.abc import Iterable
from itertools import groupby
from typing import Final
from urllib.parse import urlsplit

from conformance.report import Finding, Report, RequirementResult, Result

FAMILIES: Final = {
    "LR": "LeerID protocol",
    "DIS": "Discovery",
    "KEY": "Keys",
    "SIG": "Signature",
    "CLM": "Claims of the ID token",
    "AZR": "Authorization response",
    "ERR": "Errors",
    "TOK": "Token endpoint",
    "UIN": "Userinfo",
    "REQ": "Requests",
    "LGT": "Sign-out",
    "SES": "Session and browser",
}


def rows_by_id(report: Report) -> dict[str, RequirementResult]:
    """The requirements of a report by id."""
    return {row.id: row for row in report.requirements}


def findings(report: Report) -> tuple[tuple[Finding, tuple[Result, ...]], ...]:
    """What asks for attention, gravest first, each with the results that show it."""
    results = {result.id: result for result in report.results}
    return tuple((finding, tuple(results[name] for name in finding.scenarios)) for finding in report.findings)


def groups(report: Report) -> dict[str, tuple[Result, ...]]:
    """The scenarios by group, groups and scenarios in alphabetical order."""
    ordered = sorted(report.results, key=lambda result: result.id)
    return {name: tuple(members) for name, members in groupby(ordered, key=lambda result: result.group)}


def families(rows: Iterable[RequirementResult]) -> dict[str, tuple[RequirementResult, ...]]:
    """The requirements by the family that their id begins with, named in words, known families first."""
    known = list(FAMILIES)
    found: dict[str, list[RequirementResult]] = {}
    for row in rows:
        found.setdefault(row.id.partition("-")[0], []).append(row)
    order = sorted(found, key=lambda name: (known.index(name) if name in known else len(known), name))
    return {FAMILIES.get(name, name): tuple(sorted(found[name], key=lambda row: row.id)) for name in order}


def link(url: str | None) -> str | None:
    """An address that is safe to follow, else None."""
    return url if url and urlsplit(url).scheme in {"https", "http"} else None
