"""How a scenario is judged, told beforehand: a sentence for each clause that can decide about it."""

from collections.abc import Callable, Mapping
from typing import Final

from conformance.checks import checks
from conformance.evidence import Step, delivered_at
from conformance.report import Verdict
from conformance.runner.judge import CRASH, VIOLATION
from conformance.runner.suite import bends_issuer, needed
from conformance.scenario import Scenario
from conformance.scenario.model import Level

SEVERAL_TOLD: Final = {"either": ("signed in", "refused"), "kept-out": ("refused", "stalled")}
Sentence = Callable[[Scenario], str | None]


def _needs(scenario: Scenario) -> str | None:
    needs = needed(scenario)
    return f"skipped when the target does not offer: {', '.join(needs)}" if needs else None


def _sent(scenario: Scenario) -> str | None:
    if not scenario.sent:
        return None
    return f"skipped when the application does not send: {', '.join(scenario.sent)}"


def _fired(scenario: Scenario) -> str | None:
    return f"inconclusive unless this changed something: {', '.join(scenario.armed)}" if scenario.armed else None


def _admitted(scenario: Scenario) -> str | None:
    refused = any(situation.expect in {"refused", "kept-out"} for situation in scenario.situations)
    broken = _broken(scenario, scenario.admission)
    return f"{broken} when somebody is signed in who is to be refused" if refused else None


def _afterwards(scenario: Scenario) -> str | None:
    return "inconclusive when an honest sign-in afterwards does not work any more" if scenario.faults_armed else None


def _crashed(scenario: Scenario) -> str | None:
    starts_anew = bends_issuer(scenario) and not _may_not_start(scenario)
    return f"{CRASH[scenario.level]} when the application crashes{', or does not start' if starts_anew else ''}"


def _outcome(scenario: Scenario) -> str | None:
    wanted = " or ".join(_accepted(scenario))
    return f"{_broken(scenario)} when a sign-in ends otherwise than {wanted}"


def _accepted(scenario: Scenario) -> tuple[str, ...]:
    each = (situation.expect for situation in scenario.situations)
    return tuple(dict.fromkeys(" or ".join(SEVERAL_TOLD.get(expect, (expect,))) for expect in each))


def _too_early(scenario: Scenario) -> str | None:
    refusable = any(situation.expect in {"refused", "either", "kept-out"} for situation in scenario.situations)
    steps = [delivered_at(name) for name in scenario.armed]
    due = max(steps, key=lambda step: step.rank, default=Step.NONE)
    if not refusable or due is Step.NONE:
        return None
    return f"inconclusive when the refusal comes before the step {due.value!r}, at which the fault arrives"


def _too_late(scenario: Scenario) -> str | None:
    return (
        f"{_broken(scenario)} when the refusal comes after the step {scenario.not_after!r}"
        if scenario.not_after
        else None
    )


def _checks(scenario: Scenario) -> str | None:
    if not scenario.checks:
        return None
    told = " ".join(f"{name}: {checks()[name].sentence}" for name in scenario.checks if name in checks())
    return f"{_broken(scenario)} unless this holds: {told}"


def _untold(scenario: Scenario) -> str | None:
    return f"inconclusive when nothing tells whether {' and '.join(scenario.checks)} holds" if scenario.checks else None


def _not_started(scenario: Scenario) -> str | None:
    return "passed with a remark when the application does not start at all" if _may_not_start(scenario) else None


def _may_not_start(scenario: Scenario) -> bool:
    """Whether not to start is a way to refuse: metadata are to be rejected before anybody is sent anywhere."""
    refused = all(situation.expect == "refused" for situation in scenario.situations)
    return refused and scenario.not_after == "none" and bends_issuer(scenario)


def _broken(scenario: Scenario, level: Level | None = None) -> str:
    verdict = VIOLATION[level or scenario.level]
    return f"{verdict} with a remark" if verdict is Verdict.PASSED else str(verdict)


STEPS: Final[Mapping[str, Sentence]] = {
    "the target can do what is needed": _needs,
    "the calibration holds": lambda _: "inconclusive unless an honest sign-in was recognised beforehand",
    "the harness did its work": lambda _: "inconclusive when the harness itself, or the mock, is in trouble",
    "somebody tried to sign in": lambda _: "inconclusive when nobody came to sign in",
    "the application sent what is bent": _sent,
    "every armed fault fired": _fired,
    "nobody is admitted who is to be refused": _admitted,
    "an honest sign-in still works afterwards": _afterwards,
    "nothing crashed": _crashed,
    "the outcome is the expected one": _outcome,
    "the refusal did not come before the fault": _too_early,
    "the refusal came in time": _too_late,
    "every check holds": _checks,
    "every check could tell": _untold,
    "the application started": _not_started,
}
"""A sentence for each clause of the judge, in its order; None where it cannot decide about a scenario."""


def judged_by(scenario: Scenario) -> tuple[str, ...]:
    """What decides, in the order in which it is looked at; the first that holds decides, else it passed."""
    told = (sentence(scenario) for sentence in STEPS.values())
    return (*(sentence for sentence in told if sentence), "else passed")
