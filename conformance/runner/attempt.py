"""One scenario attempted: walk its journey, keep the evidence, whatever happens on the way."""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from conformance.checks import checks
from conformance.evidence import Evidence, Finding, Step
from conformance.journeys import Bench, Trip, journeys
from conformance.runner.judge import Case
from conformance.runner.suite import is_issuer_wide, needed
from conformance.scenario import Scenario

LONGEST_S: Final = 120.0
"""A journey that takes longer, beyond the target's own patience for rotated keys, has lost its way."""


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """What came of one scenario, before it is judged.

    `began_at` and `duration_s` are seconds of the run's clock, `screenshot` is relative to the report's folder.
    """

    scenario: Scenario
    case: Case
    began_at: float = 0.0
    duration_s: float = 0.0
    screenshot: str | None = None


async def attempt(scenario: Scenario, bench: Bench, *, pictures: Path | None, journal_from: int = 0) -> Attempt:
    """Walk one scenario. Trouble of the harness itself is kept in the case; the run goes on."""
    began_at = bench.clock.elapsed()
    screenshot = f"screenshots/{scenario.id.replace('/', '--')}.png"
    trip = Trip(
        bench=bench,
        situations=scenario.situations,
        name=scenario.id,
        picture=pictures / screenshot if pictures else None,
        issuer_wide=is_issuer_wide(scenario),
        journal_from=journal_from,
        rejects_at_start=scenario.not_after == "none",
    )
    trouble = await _walk(scenario, trip)
    return Attempt(
        scenario=scenario,
        case=_gathered(scenario, trip.evidence, trouble),
        began_at=began_at,
        duration_s=bench.clock.elapsed() - began_at,
        screenshot=screenshot if trip.has_picture else None,
    )


async def _walk(scenario: Scenario, trip: Trip) -> str | None:
    try:
        async with asyncio.timeout(LONGEST_S + trip.bench.target.key_refresh_s), trip:
            await journeys()[scenario.journey].walk(trip)
    except TimeoutError:
        return "the harness failed: the journey did not come to an end"
    except Exception as error:  # noqa: BLE001  one scenario may fail in any way; the others go on
        return f"the harness failed: {type(error).__name__}: {error}"
    return None


def _gathered(scenario: Scenario, evidence: Evidence, trouble: str | None) -> Case:
    findings: dict[str, Finding] = {}
    try:
        findings = {name: checks()[name].judge(evidence) for name in scenario.checks}
    except Exception as error:  # noqa: BLE001  a check that stumbles is our trouble, not the application's
        trouble = trouble or f"the harness failed: a check stumbled: {type(error).__name__}: {error}"
    return Case(
        level=scenario.level,
        admission=scenario.admission,
        evidence=evidence,
        findings=findings,
        not_after=Step(scenario.not_after) if scenario.not_after else None,
        sent=scenario.sent,
        trouble=trouble,
    )


def unable(scenario: Scenario, able: frozenset[str]) -> str | None:
    """Why the target cannot be judged by this scenario, or None."""
    missing = [need for need in needed(scenario) if need not in able]
    return f"the target does not offer: {', '.join(missing)}" if missing else None
