"""Measure the harness: a bare sign-in in the browser, the same one with all that is looked at, and the whole suite.

    python -m benchmarks.harness [--quick] [--no-goals]

Prints what it measures and puts it into build/bench.json under "harness". Leaves with exit code 1 when a goal is
missed. Bare and observed sign-ins take turns, so that the share holds where the absolute figures do not. Mock and
reference application are started on free ports.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import socket
import sys
import tempfile
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Final

from playwright.async_api import async_playwright

from benchmarks.flows.report import RESULTS
from conformance.adapters.browser import ChromiumTab
from conformance.adapters.chromium import find_chromium, flags
from conformance.cli.bench import set_up
from conformance.cli.run import workers_here
from conformance.evidence import Surroundings
from conformance.journeys import Bench, Trip
from conformance.journeys.landing import LOOK_EVERY_S
from conformance.runner import Options, Outside, Suite, find_profile, load_suite, run, select
from conformance.scenario import Situation
from conformance.target import Target, load_target, origin

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser

    from conformance.report import Report, Result

REFERENCE: Final = Path(__file__).parents[1] / "examples" / "reference.toml"
MOST_SHARE: Final = 0.3
LONGEST_SUITE_S: Final = 150
HONEST: Final = Situation(expect="signed-in")
PATIENCE_S: Final = 10
CAST: Final = "benchmark"


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What came out: medians of a sign-in in milliseconds, what observing adds, and the whole suite."""

    sign_ins: int
    bare_ms: float
    observed_ms: float
    share: float
    scenarios: int
    workers: int
    suite_s: float
    scenarios_per_second: float
    verdicts: dict[str, int]
    whole: bool


class Silent:
    """A listener that says nothing."""

    def started(self, total: int) -> None:
        """Say nothing."""

    def finished(self, result: Result) -> None:
        """Say nothing."""


async def measured(place: Path, *, quick: bool) -> Measured:
    """Measure everything, in one browser and against one pair of servers."""
    suite, _ = load_suite()
    target = load_target(_target(place))
    async with set_up(target, suite, headed=False) as outside, _own_browser() as browser:
        bench = await _bench(target, outside)
        times = [(await _bare(browser, bench), await _observed(bench)) for _ in range(8 if quick else 40)]
        bare, observed = (median(each) for each in zip(*times, strict=True))
        report = await _suite(target, suite, outside, place, quick=quick)
    return Measured(
        sign_ins=len(times),
        bare_ms=round(1000 * bare, 1),
        observed_ms=round(1000 * observed, 1),
        share=round(observed / bare - 1, 3),
        scenarios=len(report.results),
        workers=workers_here(),
        suite_s=report.duration_s,
        scenarios_per_second=round(len(report.results) / report.duration_s, 2),
        verdicts={str(verdict): number for verdict, number in report.totals.items()},
        whole=not quick,
    )


def _target(place: Path) -> Path:
    """The reference application on free ports."""
    application, mock = _free_port(), _free_port()
    text = REFERENCE.read_text(encoding="utf-8")
    text = text.replace('"--port", "9200"', f'"--port", "9200", "--issuer", "http://localhost:{mock}/op"')
    file = place / "target.toml"
    file.write_text(text.replace("9200", str(application)).replace("9100", str(mock)), encoding="utf-8")
    return file


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def _own_browser() -> AsyncIterator[Browser]:
    """The program that the harness drives, driven without it."""
    is_root = os.geteuid() == 0
    async with async_playwright() as playwright:
        program = find_chromium(headed=False)
        browser = await playwright.chromium.launch(
            executable_path=program, args=flags(is_root=is_root), chromium_sandbox=not is_root
        )
        yield browser
        await browser.close()


async def _bench(target: Target, outside: Outside) -> Bench:
    about = await outside.control.about()
    return Bench(
        target=target,
        browser=outside.browser,
        control=outside.control,
        application=outside.application,
        clock=outside.clock,
        books=outside.books,
        personas=dict(await outside.control.personas()),
        surroundings=Surroundings(
            application_origins=target.application_origins, provider_origin=origin(about.issuer), issuer=about.issuer
        ),
        cast=CAST,
    )


async def _bare(browser: Browser, bench: Bench) -> float:
    """Sign in with the same hands, and look at nothing but whether one is in. Seconds."""
    begin = perf_counter()
    persona = bench.personas[HONEST.persona]
    context = await browser.new_context(ignore_https_errors=True, locale="nl-BE")
    context.set_default_timeout(1000 * PATIENCE_S)
    tab = ChromiumTab(await context.new_page())
    await tab.open(bench.target.sign_in_url)
    await tab.fill('input[name="username"]', persona.user_name)
    await tab.fill('input[name="password"]', persona.password)
    await tab.press_enter()
    async with asyncio.timeout(PATIENCE_S):
        while not await tab.shows(bench.target.landmarks.signed_in):  # noqa: ASYNC110  a page signals nobody
            await asyncio.sleep(LOOK_EVERY_S)
    await context.close()
    return perf_counter() - begin


async def _observed(bench: Bench) -> float:
    """Sign in as a scenario does, with stage, journal, cookies, storage and page. Seconds."""
    begin = perf_counter()
    async with Trip(bench=bench, situations=(HONEST,), name="benchmark") as trip:
        await trip.sign_in(HONEST)
        outcome = trip.visits[-1].outcome
    if outcome != "signed-in":
        raise RuntimeError(f"an honest sign-in ended {outcome}")
    return perf_counter() - begin


async def _suite(target: Target, suite: Suite, outside: Outside, place: Path, *, quick: bool) -> Report:
    """Every scenario, with pictures, as a person runs them."""
    profile = find_profile(suite, "full")
    options = Options(
        target=target,
        profile=profile,
        scenarios=select(suite, profile, ("userinfo/*",) if quick else ()),
        requirements=suite.requirements,
        workers=workers_here(),
        pictures=place,
        cast=CAST,
    )
    report, _ = await run(options, outside, Silent())
    return report


def goals(found: Measured) -> dict[str, bool]:
    """What is aimed at, and whether it was reached; nothing is said of a suite that was not run as a whole."""
    share = {f"observing adds at most {MOST_SHARE:.0%} to a bare sign-in": found.share <= MOST_SHARE}
    suite = {f"the whole suite takes at most {LONGEST_SUITE_S} s": found.suite_s <= LONGEST_SUITE_S}
    return share | suite if found.whole else share


def keep(found: Measured) -> None:
    """Put the result into build/bench.json, beside those of other benchmarks."""
    RESULTS.parent.mkdir(exist_ok=True)
    others = json.loads(RESULTS.read_text("utf-8")) if RESULTS.is_file() else {}
    machine = {"python": platform.python_version(), "system": platform.system(), "cores": os.cpu_count()}
    document = {**others, "harness": {**asdict(found), **machine}}
    RESULTS.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")


def main() -> int:
    """Measure, print, keep; return the exit code."""
    assert __doc__  # noqa: S101  it is the help
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="fewer sign-ins and one group of scenarios")
    parser.add_argument("--no-goals", action="store_true", help="leave with exit code 0 whatever comes out")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        found = asyncio.run(measured(Path(place), quick=options.quick))
    keep(found)
    for name, value in asdict(found).items():
        print(f"{name:<21} {value}")
    for goal, reached in goals(found).items():
        print(f"{'reached' if reached else 'MISSED':<8} {goal}")
    return 0 if options.no_goals or all(goals(found).values()) else 1


if __name__ == "__main__":
    sys.exit(main())
