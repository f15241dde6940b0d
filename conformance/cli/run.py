"""`leerid-check run`: judge an application."""

import asyncio
import json
import os
import re
import secrets
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Final

import click
from rich.console import Console

from conformance.cli.bench import set_up
from conformance.cli.evidence import file_evidence, warn
from conformance.cli.problems import Gathered, told
from conformance.cli.reports import check_fit, writing
from conformance.errors import InputError, Problem
from conformance.journeys.cast import RUN_LABEL
from conformance.report import Inputs, Report, Verdict
from conformance.reporters import ConsoleReporter, write_all
from conformance.reporters.evidence import check_free
from conformance.reporters.masking import masked
from conformance.runner import Options, Suite, find_profile, fingerprint, fits, load_suite, select
from conformance.runner import run as conduct
from conformance.scenario import Profile
from conformance.target import Target, load_target

UNCLEAR: Final = 3
FEWEST_WORKERS: Final = 2
MOST_WORKERS: Final = 8
LABEL_BYTES: Final = 5


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """The options of the command line, as one value."""

    target: Path
    only: tuple[str, ...]
    profile: str | None
    workers: int | None
    report: Path
    evidence: Path | None
    headed: bool
    mock: str | None
    scenarios: Path | None
    pictures: bool
    as_json: bool
    cast: str | None


@click.command()
@click.option("--target", required=True, type=click.Path(path_type=Path), help="The file that describes it.")
@click.option("--only", multiple=True, metavar="GLOB", help="Only scenarios whose names match; may be repeated.")
@click.option("--profile", help="Which list of scenarios; without it, the one that the target names.")
@click.option("--workers", type=click.IntRange(1, 64), help="Scenarios side by side; by default one more than cores.")
@click.option("--report", type=click.Path(path_type=Path), default=Path("build/report"), show_default=True)
@click.option(
    "--evidence",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Also write a document to be filed, article by article of the LeerID protocol, in Dutch and English, as HTML "
    "and PDF, with checksums. DIR is new, empty, or an earlier pack that nobody changed. Meant for --profile protocol.",
)
@click.option("--headed", is_flag=True, help="Show the browser.")
@click.option("--mock", metavar="URL", help="The mock to use instead of the target's.")
@click.option("--scenarios", type=click.Path(path_type=Path, file_okay=False, exists=True), help="Another folder.")
@click.option("--pictures/--no-pictures", default=True, help="Take a screenshot of each scenario.")
@click.option("--cast", metavar="LABEL", help="Let the people of an earlier run sign in again: see its report.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON instead of progress.")
def run(**options: object) -> None:
    """Judge an application: sign in as a pupil would, again and again, while the provider misbehaves.

    \b
    leerid-check run --target examples/reference.toml
    leerid-check run --target mine.toml --only 'id-token/*' --headed --workers 1
    leerid-check run --target mine.toml --profile openid-connect --report build/mine
    leerid-check run --target mine.toml --profile protocol --evidence build/evidence

    The target file says where sign-in starts and how signed in looks; `leerid-check schema target` says the rest.

    \b
    Exit codes:
      0  nothing failed
      1  something failed
      2  the command line, the target or the suite is wrong, and nothing was judged; or no report could be written
      3  nothing failed, but something could not be judged
    """
    wanted = Wanted(**options)  # type: ignore[arg-type]  # click has converted every option
    with told():
        plan = _read(wanted)
        if wanted.evidence:
            warn(plan.profile.name, pictures=wanted.pictures)
        try:
            report, complete = asyncio.run(_judge(wanted, plan))
        except KeyboardInterrupt:
            click.echo("leerid-check: interrupted before anything was judged", err=True)
            raise SystemExit(UNCLEAR) from None
    raise SystemExit(_exit_code(report, complete=complete))


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What the files say is to be done."""

    target: Target
    suite: Suite
    profile: Profile
    inputs: Inputs
    cast: str | None


def _read(wanted: Wanted) -> Plan:
    """Read target and suite; the problems of both at once."""
    gathered = Gathered()
    target = gathered.of(load_target, wanted.target)
    suite, problems = load_suite(wanted.scenarios)
    gathered.add(problems)
    name = wanted.profile or (target.profile if target else "full")
    profile = gathered.of(find_profile, suite, name)
    scenarios = gathered.of(select, suite, profile, wanted.only) if profile else None
    chosen = replace(suite, scenarios=scenarios or ())
    gathered.add(fits(chosen))
    gathered.of(check_fit, wanted.report)
    if wanted.evidence:
        gathered.of(check_free, wanted.evidence)
    cast = gathered.of(_cast, wanted.cast, target) if target else None
    gathered.tell()
    if target is None or profile is None:
        raise RuntimeError("a reading failed without telling why")
    inputs = Inputs(
        target_sha256=sha256(wanted.target.read_bytes()).hexdigest(),
        suite_sha256=fingerprint(suite),
        only=wanted.only,
    )
    if wanted.mock:
        target = target.model_copy(update={"mock": target.mock.model_copy(update={"url": wanted.mock})})
    return Plan(target=target, suite=chosen, profile=profile, inputs=inputs, cast=cast)


def _cast(label: str | None, target: Target) -> str | None:
    """The label of the people who sign in: the one asked for, or one that was never there; None: the personas do.

    Raises:
        InputError: when the label cannot be had.
    """
    if target.people == "personas":
        if label:
            raise InputError(_no_cast("the target says that the personas themselves sign in", 'people = "own"'))
        return None
    if label is None:
        return secrets.token_hex(LABEL_BYTES)
    if not re.fullmatch(RUN_LABEL, label):
        raise InputError(_no_cast(f"{label!r} is no label", "give 1 to 16 small letters and digits"))
    return label


def _no_cast(message: str, hint: str) -> Problem:
    return Problem(key="--cast", message=message, hint=hint)


async def _judge(wanted: Wanted, plan: Plan) -> tuple[Report, bool]:
    with ConsoleReporter(Console(highlight=False, stderr=wanted.as_json), subject=plan.target.name) as console:
        async with set_up(plan.target, plan.suite, headed=wanted.headed) as outside:
            report, complete = await conduct(_options(wanted, plan), outside, console)
        written: list[Path] = []
        try:
            written += _written(report, wanted.report, complete=complete)
            if wanted.evidence and complete:
                with writing("--evidence", wanted.evidence):
                    written += await file_evidence(report, pictures=wanted.report, into=wanted.evidence)
        finally:  # what was found is told even when it cannot be written down
            console.ended(report, written)
            if wanted.as_json:
                click.echo(_text(report, complete=complete), nl=False)
    if not complete:
        if wanted.evidence:
            click.echo("no evidence was written: the run did not come to its end", err=True)
        judged, wanted_ones = len(report.results), len(plan.suite.scenarios)
        click.echo(f"interrupted: {judged} of {wanted_ones} scenarios were judged", err=True)
    return report, complete


def _options(wanted: Wanted, plan: Plan) -> Options:
    return Options(
        target=plan.target,
        profile=plan.profile,
        scenarios=plan.suite.scenarios,
        requirements=plan.suite.requirements,
        workers=wanted.workers or workers_here(),
        pictures=wanted.report if wanted.pictures else None,
        inputs=plan.inputs,
        cast=plan.cast,
    )


def _written(report: Report, folder: Path, *, complete: bool) -> list[Path]:
    """The reports, once they are written."""
    with writing("--report", folder):
        return write_all(report, folder) if complete else [_write_partial(report, folder)]


def _write_partial(report: Report, folder: Path) -> Path:
    """What an interrupted run found."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "report.json"
    file.write_text(_text(report, complete=False), encoding="utf-8")
    return file


def _text(report: Report, *, complete: bool) -> str:
    """The report as JSON, masked; of an interrupted run without the footer, so that nobody takes it for the whole."""
    text = masked(report).dump()
    if complete:
        return text
    members = json.loads(text)
    del members["complete"]
    return json.dumps(members, indent=2) + "\n"


def workers_here() -> int:
    """One more than cores, since somebody always waits for an answer; at least two, at most eight."""
    return max(FEWEST_WORKERS, min(MOST_WORKERS, (os.cpu_count() or 1) + 1))


def _exit_code(report: Report, *, complete: bool) -> int:
    if report.totals[Verdict.FAILED]:
        return 1
    return UNCLEAR if report.totals[Verdict.INCONCLUSIVE] or not complete else 0
