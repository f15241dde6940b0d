"""From evidence to verdict: one pure function over a table of clauses. The first clause that objects decides."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from conformance.evidence import Evidence, Exchange, Finding, Outcome, Step, Visit, delivered_at
from conformance.report import Level, Verdict

LEAVING: Final = "end-session"
SIGNED_OUT: Final = "sign-out"
Objection = Callable[["Case"], str | None]


@dataclass(frozen=True, kw_only=True)
class Case:
    """All that is known about one scenario when it is judged. Reasons are None when there is nothing to say."""

    level: Level
    admission: Level | None = None
    evidence: Evidence = field(default_factory=Evidence)
    findings: Mapping[str, Finding] = field(default_factory=dict)
    not_after: Step | None = None
    sent: tuple[str, ...] = ()
    missing: str | None = None
    calibration: str | None = None
    trouble: str | None = None
    afterwards: str | None = None

    def first(self, tell: Callable[[Visit], str | None]) -> str | None:
        """What the first sign-in that gives rise to a remark gives rise to."""
        return next((reason for visit in self.evidence.visits if (reason := tell(visit))), None)


class Conclusion(StrEnum):
    """What an objection means."""

    SKIPPED = "skipped"
    INCONCLUSIVE = "inconclusive"
    VIOLATED = "violated"
    ADMITTED = "admitted"
    CRASHED = "crashed"
    REMARKED = "passed"


@dataclass(frozen=True, kw_only=True)
class Clause:
    """One condition of a verdict that can be trusted: its objection, and what follows from it."""

    name: str
    objection: Objection
    then: Conclusion


@dataclass(frozen=True, kw_only=True)
class Ruling:
    """A verdict, why, and the clause that decided (None: no clause objected)."""

    verdict: Verdict
    reason: str = ""
    clause: str | None = None


SEVERAL: Final[Mapping[str, Collection[str]]] = {
    "either": {"signed-in", "refused"},
    "kept-out": {"refused", "stalled"},
}
"""Expectations that more than one outcome meets."""
NOBODY_COMES_IN: Final = frozenset({"refused", "kept-out"})


def _nobody_came(case: Case) -> str | None:
    return None if case.evidence.visits else "the journey came to no sign-in, so there is nothing to judge"


def _not_sent(case: Case) -> str | None:
    """The application was there and left out what the fault would bend."""
    for name in case.sent:
        endpoint, _, wanted = name.partition(".")
        asked = [exchange for visit in case.evidence.visits for exchange in visit.at(endpoint)]
        if asked and not any(_sends(exchange, wanted) for exchange in asked):
            return f"the application sends no {wanted} to the {endpoint} endpoint, so there is nothing to bend"
        if not asked and endpoint == LEAVING and case.evidence.glance(SIGNED_OUT):
            return f"the application makes no request at the {endpoint} endpoint, so there is nothing to bend"
    return None


def _sends(exchange: Exchange, wanted: str) -> bool:
    parameter, unlike, value = wanted.partition("!=")
    if unlike:
        return exchange.asked(parameter) != value
    parameter, _, value = wanted.partition("=")
    return bool(exchange.asked(parameter)) and (not value or exchange.asked(parameter) == value)


def _not_fired(case: Case) -> str | None:
    def tell(visit: Visit) -> str | None:
        silent = [name for name in visit.armed if name not in visit.fired]
        if not silent:
            return None
        reached = f"the application reached step {visit.last_step.value!r}, outcome {visit.outcome}"
        return f"{', '.join(silent)} was armed but changed nothing, so nothing was tested ({reached})"

    return case.first(tell)


def _admitted(case: Case) -> str | None:
    def tell(visit: Visit) -> str | None:
        if visit.expected not in NOBODY_COMES_IN or visit.outcome is not Outcome.SIGNED_IN:
            return None
        cause = f" despite {', '.join(visit.armed)}" if visit.armed else ""
        return f"expected a refusal, but {visit.persona} was signed in{cause}"

    return case.first(tell)


def _crashed(case: Case) -> str | None:
    glance = next((glance for glance in case.evidence.glances if glance.outcome is Outcome.CRASHED), None)
    return case.first(_crash_in_visit) or (f"the application crashed: {glance.label}" if glance else None)


def _crash_in_visit(visit: Visit) -> str | None:
    if visit.outcome is not Outcome.CRASHED:
        return None
    return f"the application crashed where it was expected to be {visit.expected}: {visit.reason}"


def _other_outcome(case: Case) -> str | None:
    def tell(visit: Visit) -> str | None:
        accepted = SEVERAL.get(visit.expected, {visit.expected})
        if visit.outcome in accepted:
            return None
        return f"expected {visit.expected}, saw {visit.outcome}: {visit.reason or _said(visit)}"

    return case.first(tell)


def _said(visit: Visit) -> str:
    text = " ".join(visit.page.text.split())[:160]
    return f"the page {visit.page.title!r} says {text!r}"


def _refused_too_early(case: Case) -> str | None:
    def tell(visit: Visit) -> str | None:
        delivered = [delivered_at(name) for name in visit.armed]
        due = max(delivered, key=lambda step: step.rank, default=Step.NONE)
        if visit.outcome is not Outcome.REFUSED or visit.last_step.rank >= due.rank:
            return None
        stopped = f"the application stopped at step {visit.last_step.value!r}"
        return f"{stopped}, before the fault was delivered at {due.value!r}"

    return case.first(tell)


def _refused_too_late(case: Case) -> str | None:
    def tell(visit: Visit) -> str | None:
        if case.not_after is None or visit.expected not in NOBODY_COMES_IN:
            return None
        if visit.last_step.rank <= case.not_after.rank:
            return None
        return (
            f"refused, but only after going on to step {visit.last_step.value!r}; "
            f"{case.not_after.value!r} is the last one allowed"
        )

    return case.first(tell)


def _check(case: Case, *, holds: bool | None) -> str | None:
    found = ((name, finding) for name, finding in case.findings.items() if finding.holds is holds)
    return next((f"{name}: {finding.reason}" for name, finding in found), None)


def _not_started(case: Case) -> str | None:
    """Where that is no crash, it is a refusal of which no visitor is told."""

    def tell(visit: Visit) -> str | None:
        return None if visit.started else f"refused by not starting at all, so visitors find no page: {visit.reason}"

    return case.first(tell)


CLAUSES: Final[tuple[Clause, ...]] = tuple(
    Clause(name=name, objection=objection, then=then)
    for name, objection, then in (
        ("the target can do what is needed", lambda case: case.missing, Conclusion.SKIPPED),
        ("the calibration holds", lambda case: case.calibration, Conclusion.INCONCLUSIVE),
        ("the harness did its work", lambda case: case.trouble, Conclusion.INCONCLUSIVE),
        ("somebody tried to sign in", _nobody_came, Conclusion.INCONCLUSIVE),
        ("the application sent what is bent", _not_sent, Conclusion.SKIPPED),
        ("every armed fault fired", _not_fired, Conclusion.INCONCLUSIVE),
        ("nobody is admitted who is to be refused", _admitted, Conclusion.ADMITTED),
        ("an honest sign-in still works afterwards", lambda case: case.afterwards, Conclusion.INCONCLUSIVE),
        ("nothing crashed", _crashed, Conclusion.CRASHED),
        ("the outcome is the expected one", _other_outcome, Conclusion.VIOLATED),
        ("the refusal did not come before the fault", _refused_too_early, Conclusion.INCONCLUSIVE),
        ("the refusal came in time", _refused_too_late, Conclusion.VIOLATED),
        ("every check holds", lambda case: _check(case, holds=False), Conclusion.VIOLATED),
        ("every check could tell", lambda case: _check(case, holds=None), Conclusion.INCONCLUSIVE),
        ("the application started", _not_started, Conclusion.REMARKED),
    )
)

VIOLATION: Final[Mapping[Level, Verdict]] = {
    "must": Verdict.FAILED,
    "should": Verdict.WARNED,
    "may": Verdict.PASSED,
}
"""How grave a violation is, by the level of the scenario."""
CRASH: Final[Mapping[Level, Verdict]] = {**VIOLATION, "may": Verdict.WARNED}
"""How grave a crash is: whatever an application may do or leave, to break down is no way of doing it."""
GRAVITY: Final[Mapping[Conclusion, Mapping[Level, Verdict]]] = {
    Conclusion.VIOLATED: VIOLATION,
    Conclusion.ADMITTED: VIOLATION,
    Conclusion.CRASHED: CRASH,
}
"""What depends on the level of the scenario; anything else is the same at each."""


def judge(case: Case, clauses: tuple[Clause, ...] = CLAUSES) -> Ruling:
    """Conclude. What is only allowed (may) never makes it worse than passed, with a remark; a crash is not allowed."""
    for clause in clauses:
        if reason := clause.objection(case):
            return Ruling(verdict=_verdict(clause.then, case), reason=reason, clause=clause.name)
    return Ruling(verdict=Verdict.PASSED)


def _verdict(conclusion: Conclusion, case: Case) -> Verdict:
    gravity = GRAVITY.get(conclusion)
    level = case.admission if case.admission and conclusion is Conclusion.ADMITTED else case.level
    return gravity[level] if gravity else Verdict(conclusion)
