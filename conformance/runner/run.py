"""A whole run: calibrate, walk the scenarios side by side, then those that need the issuer for themselves, report."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Final, Protocol

from conformance import report
from conformance.evidence import Surroundings
from conformance.journeys import Bench
from conformance.ports import About, Application, Books, Browser, Clock, Control, Fault
from conformance.requirement import Requirement
from conformance.runner.aftermath import Aftermath
from conformance.runner.attempt import Attempt, attempt, unable
from conformance.runner.calibration import Calibrated, calibrate, informed, still_works
from conformance.runner.judge import Case, judge
from conformance.runner.results import covered, observations, result
from conformance.runner.suite import bends_issuer, is_issuer_wide, runs_alone, spread, vouches
from conformance.scenario import Profile, Scenario
from conformance.target import Target, origin

BATCH: Final = 6
"""How many scenarios with faults may wait for one honest sign-in."""


class Listener(Protocol):
    """Somebody who is told how the run goes on."""

    def started(self, total: int) -> None:
        """The run begins, with so many scenarios."""

    def finished(self, result: report.Result) -> None:
        """A scenario has been judged."""


@dataclass(frozen=True, kw_only=True)
class Outside:
    """The outside world of a run, behind ports."""

    browser: Browser
    control: Control
    application: Application
    clock: Clock
    books: Books


@dataclass(frozen=True, kw_only=True)
class Options:
    """What a run is about. `cast`: the label of the people who sign in; None: the personas themselves do."""

    target: Target
    profile: Profile
    scenarios: tuple[Scenario, ...]
    requirements: Mapping[str, Requirement]
    workers: int = 2
    pictures: Path | None = None
    inputs: report.Inputs = field(default_factory=report.Inputs)
    cast: str | None = None

    def agreed(self, scenario: Scenario) -> Scenario:
        """The scenario as the claims profile of the target has it."""
        return scenario.agreed(self.target.claims_profile)


@dataclass(kw_only=True)
class Run:
    """A run under way: what was judged so far, and what waits for an honest sign-in."""

    options: Options
    bench: Bench
    about: About
    faults: Mapping[str, Fault]
    listener: Listener
    calibrated: Calibrated = field(default_factory=lambda: Calibrated(broken="the run was interrupted before"))
    results: dict[str, report.Result] = field(default_factory=dict)
    attempts: list[Attempt] = field(default_factory=list)
    aftermath: Aftermath = field(init=False)

    def __post_init__(self) -> None:
        """Let scenarios with faults wait for an honest sign-in on the same bench."""
        self.aftermath = Aftermath(lambda: still_works(self.bench), self.bench.clock.elapsed)

    async def walk(self) -> None:
        """Everything, in order; can be cancelled at any time."""
        self.listener.started(len(self.options.scenarios))
        self.calibrated = await calibrate(self.bench)
        self.bench = informed(self.bench, self.calibrated)
        to_walk = [scenario for scenario in self.options.scenarios if not self._is_settled(scenario)]
        alone = [scenario for scenario in to_walk if runs_alone(scenario, shares_people=self.bench.cast is None)]
        await self._side_by_side(spread([scenario for scenario in to_walk if scenario not in alone]))
        for scenario in sorted(alone, key=lambda scenario: not bends_issuer(scenario)):
            await self._alone(scenario)
        await self.aftermath.settle()

    def _is_settled(self, scenario: Scenario) -> bool:
        """Judge without walking, where the calibration or a missing capability decides."""
        missing = unable(scenario, self._able())
        if not missing and not self.calibrated.broken:
            return False
        reason = self.calibrated.broken and f"the calibration failed: {self.calibrated.broken}"
        case = Case(level=scenario.level, missing=missing, calibration=reason)
        self._conclude(Attempt(scenario=scenario, case=case))
        return True

    def _able(self) -> frozenset[str]:
        """What the target offers, what the harness may do with it, and what the honest sign-in showed."""
        offered = set(self.options.target.able) - {"restart"}
        if self.bench.application.can_restart:
            offered.add("restart")
        if not self.bench.application.has_log:
            offered.discard("log")
        baseline = self.calibrated.baseline
        if baseline is None or baseline.at("userinfo"):
            offered.add("userinfo")
        return frozenset(offered)

    async def _side_by_side(self, scenarios: list[Scenario]) -> None:
        """Several workers on one queue."""
        queue = iter(scenarios)

        async def work() -> None:
            for scenario in queue:
                await self._one(scenario)
                await self._settle_many()

        async with asyncio.TaskGroup() as workers:
            for _ in range(self.options.workers):
                workers.create_task(work())
        await self.aftermath.settle()

    async def _alone(self, scenario: Scenario) -> None:
        """With the issuer for itself; afterwards the application is started anew, or meets an honest issuer again."""
        await self._one(scenario)
        if self.bench.application.can_restart:
            await self.bench.application.restart()
            await self._settle_many()
        else:
            await self.aftermath.settle()

    async def _settle_many(self) -> None:
        """One honest sign-in, where enough scenarios wait for it."""
        if len(self.aftermath) >= BATCH:
            await self.aftermath.settle()

    async def _one(self, scenario: Scenario) -> None:
        since = self._last_number() if is_issuer_wide(scenario) else 0
        done = await attempt(scenario, self.bench, pictures=self.options.pictures, journal_from=since)
        self.attempts.append(done)
        if scenario.faults_armed and done.case.trouble is None:
            self.aftermath.wait(partial(self._settle, done))
            return
        self._conclude(done)
        if vouches(scenario) and self.results[scenario.id].outcome == "signed-in":
            self.aftermath.vouch(done.began_at)

    def _last_number(self) -> int:
        """The number of the last exchange that was seen in this run."""
        evidences = (done.case.evidence for done in self.attempts)
        return max((exchange.number for evidence in evidences for exchange in evidence.exchanges), default=0)

    def _settle(self, done: Attempt, afterwards: str | None) -> None:
        self._conclude(replace(done, case=replace(done.case, afterwards=afterwards)))

    def _conclude(self, done: Attempt) -> None:
        judged = result(done, judge(done.case), self.faults)
        self.results[done.scenario.id] = judged
        self.listener.finished(judged)

    def report(self, duration_s: float) -> report.Report:
        """The report of what was judged so far."""
        target, profile, browser = self.options.target, self.options.profile, self.bench.browser
        results = tuple(self.results[each.id] for each in self.options.scenarios if each.id in self.results)
        seen = {done.scenario.id: done.case.evidence for done in self.attempts}
        return report.Report(
            generated_at=self.bench.clock.now(),
            product_version=version("leerid-testbed"),
            target=report.Target(
                name=target.name, sign_in_url=target.sign_in_url, claims_profile=target.claims_profile
            ),
            profile=report.Profile(name=profile.name, version=profile.version),
            browser=report.Browser(name=browser.name, version=browser.version),
            mock=report.Mock(issuer=self.about.issuer, version=self.about.version, seed=self.about.seed),
            inputs=self.options.inputs.model_copy(update={"cast": self.options.cast or ""}),
            calibration=report.Calibration(ok=self.calibrated.broken is None, reason=self.calibrated.broken or ""),
            results=results,
            requirements=covered(self.options.requirements.values(), results),
            observations=(*self.calibrated.remarks, *observations(seen)),
            duration_s=round(duration_s, 3),
        )


async def run(options: Options, outside: Outside, listener: Listener) -> tuple[report.Report, bool]:
    """Judge the target. The report, and whether the run came to its end (False: it was interrupted)."""
    began_at = outside.clock.elapsed()
    options = replace(options, scenarios=tuple(map(options.agreed, options.scenarios)))
    under_way = await _prepare(options, outside, listener)
    try:
        await under_way.walk()
    except asyncio.CancelledError:
        return under_way.report(outside.clock.elapsed() - began_at), False
    return under_way.report(outside.clock.elapsed() - began_at), True


async def _prepare(options: Options, outside: Outside, listener: Listener) -> Run:
    about = await outside.control.about()
    client = options.target.client
    surroundings = Surroundings(
        application_origins=options.target.application_origins,
        provider_origin=origin(about.issuer),
        issuer=about.issuer,
        client=client.model_dump(mode="json", exclude={"client_secret", "client_secret_env"}) if client else {},
    )
    bench = Bench(
        target=options.target,
        browser=outside.browser,
        control=outside.control,
        application=outside.application,
        clock=outside.clock,
        books=outside.books,
        personas=dict(await outside.control.personas()),
        surroundings=surroundings,
        cast=options.cast,
    )
    faults = await outside.control.faults()
    return Run(options=options, bench=bench, about=about, faults=faults, listener=listener)
