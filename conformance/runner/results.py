"""From cases to the report: results, observations, the other way round by requirement."""

from collections.abc import Iterable, Mapping

from conformance import report
from conformance.checks import checks, observe
from conformance.evidence import Evidence, Finding, Visit
from conformance.journeys import journeys
from conformance.ports import Fault
from conformance.requirement import Requirement
from conformance.runner.attempt import Attempt
from conformance.runner.judge import VIOLATION, Case, Ruling


def result(done: Attempt, ruling: Ruling, faults: Mapping[str, Fault]) -> report.Result:
    """One scenario, judged, as the report tells it."""
    scenario, case, evidence = done.scenario, done.case, done.case.evidence
    turning = _turning_point(evidence)
    return report.Result(
        id=scenario.id,
        title=scenario.title,
        level=scenario.level,
        requirements=scenario.requirements,
        verdict=ruling.verdict,
        outcome=str(turning.outcome) if turning else None,
        expected=scenario.expect,
        not_after=scenario.not_after,
        last_step=str(turning.last_step) if turning else "none",
        reason=ruling.reason,
        clause=ruling.clause or "",
        duration_s=round(done.duration_s, 3),
        why=scenario.why.strip(),
        persona=turning.persona if turning else scenario.persona,
        journey=scenario.journey,
        visitor_did=journeys()[scenario.journey].sentence if scenario.journey in journeys() else "",
        armed=scenario.armed,
        fired=tuple(dict.fromkeys(name for visit in evidence.visits for name in visit.fired)),
        provider_did=tuple(faults[name].sentence for name in scenario.armed if name in faults),
        steps=tuple(report.Step(at=moment.at, who=moment.who, what=moment.what) for moment in evidence.timeline),
        exchanges=tuple(exchange.model_dump(mode="json") for exchange in evidence.exchanges),
        screenshot=done.screenshot,
        checks=tuple(_checked(name, finding, case) for name, finding in case.findings.items()),
        page=_page(turning),
    )


def _turning_point(evidence: Evidence) -> Visit | None:
    """The sign-in that went otherwise than expected, else the last one."""
    odd = (visit for visit in evidence.visits if visit.expected not in {"either", visit.outcome})
    return next(odd, evidence.last)


def _page(visit: Visit | None) -> report.Page | None:
    if visit is None:
        return None
    address = visit.page.url.partition("?")[0]  # the query may hold a code
    return report.Page(url=address, status=visit.page.status, title=visit.page.title)


def _checked(name: str, finding: Finding, case: Case) -> report.CheckResult:
    verdicts = {True: report.Verdict.PASSED, False: VIOLATION[case.level], None: report.Verdict.INCONCLUSIVE}
    return report.CheckResult(name=name, verdict=verdicts[finding.holds], reason=finding.reason)


def observations(evidences: Mapping[str, Evidence]) -> tuple[str, ...]:
    """What the passive checks saw over the whole run, one sentence for each check that does not hold everywhere."""
    broken: dict[str, list[tuple[str, str]]] = {}
    for scenario_id, evidence in evidences.items():
        for name, finding in observe(evidence).items():
            if finding.holds is False:
                broken.setdefault(name, []).append((scenario_id, finding.reason))
    return tuple(_observation(name, found, len(evidences)) for name, found in sorted(broken.items()))


def _observation(name: str, found: list[tuple[str, str]], total: int) -> str:
    scenario_id, reason = found[0]
    where = f"in {len(found)} of {total} scenarios, first in {scenario_id}"
    return f"{name}: {reason} ({where}). {checks()[name].sentence}"


def covered(
    requirements: Iterable[Requirement], results: tuple[report.Result, ...]
) -> tuple[report.RequirementResult, ...]:
    """Every requirement with the scenarios that cite it and what they say together."""
    rows = (report.RequirementResult(**row.model_dump()) for row in requirements)
    return tuple(report.cover(row, results) for row in rows)
