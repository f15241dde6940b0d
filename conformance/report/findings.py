"""What asks for attention: results with one cause are one finding. Pure, and the same for the same results."""

from collections.abc import Mapping
from typing import Final

from pydantic import Field

from conformance.report.causes import CAUSES, Cause
from conformance.report.values import RequirementResult, Result, Value, Verdict, gravest

FINDINGS: Final = (Verdict.FAILED, Verdict.WARNED, Verdict.INCONCLUSIVE)
"""Verdicts that ask for somebody's attention, in the order in which they are shown."""


class Finding(Value):
    """One thing to mend, and every scenario that shows it."""

    title: str
    verdict: Verdict
    scenarios: tuple[str, ...]
    requirements: tuple[str, ...]
    fix: tuple[str, ...] = Field(default=(), description="hints of the requirements, each once")


def gathered(results: tuple[Result, ...], requirements: tuple[RequirementResult, ...]) -> tuple[Finding, ...]:
    """The findings of a run: failed, then warned, then inconclusive, else in the order of the run."""
    fixes = {row.id: row.fix for row in requirements}
    proven = [cause for cause in CAUSES if cause.is_proven(results)]
    alike: dict[object, list[Result]] = {}
    for result in results:
        if result.verdict in FINDINGS:
            alike.setdefault(_cause(result, proven, fixes), []).append(result)
    found = [_finding(cause, tuple(sorted(members, key=_rank)), fixes) for cause, members in alike.items()]
    return tuple(sorted(found, key=lambda finding: FINDINGS.index(finding.verdict)))


def _cause(result: Result, proven: list[Cause], fixes: Mapping[str, str]) -> object:
    """What results with one cause share: a proven cause, else how they fail, how far they came and what mends them."""
    if not result.clause:
        return result.id
    if result.verdict is Verdict.INCONCLUSIVE:
        return result.clause, result.reason
    if cause := next((cause for cause in proven if cause.explains(result)), None):
        return cause
    broken = tuple(check.name for check in result.checks if check.verdict is not Verdict.PASSED)
    hints = frozenset(fixes[name] for name in result.requirements if fixes.get(name))
    return result.clause, result.last_step, broken, hints or result.id


def _rank(result: Result) -> int:
    """The gravest first, else in the order of the run: the first is the one whose story is told."""
    return FINDINGS.index(result.verdict)


def _finding(cause: object, members: tuple[Result, ...], fixes: Mapping[str, str]) -> Finding:
    cited = tuple(dict.fromkeys(name for member in members for name in member.requirements))
    return Finding(
        title=_title(cause, members),
        verdict=gravest(tuple(member.verdict for member in members)) or members[0].verdict,
        scenarios=tuple(member.id for member in members),
        requirements=cited,
        fix=tuple(dict.fromkeys(fixes[name] for name in cited if fixes.get(name))),
    )


def _title(cause: object, members: tuple[Result, ...]) -> str:
    """The cause where several results show it; else what a sound application does."""
    others = len(members) - 1
    if not others:
        return members[0].title
    if isinstance(cause, Cause):
        return cause.title
    return f"{members[0].title}, and {others} more that one change mends"
