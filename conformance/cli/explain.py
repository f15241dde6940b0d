"""`leerid-check explain`: what a name stands for, told without a run."""

import asyncio
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import click

from conformance.adapters.control import HttpControl
from conformance.cli.problems import told
from conformance.errors import InputError
from conformance.ports import Fault
from conformance.reporters import wording
from conformance.runner import load_suite
from conformance.runner.explain import Cited, Explanation, Library
from conformance.runner.explain import explain as look_up
from conformance.runner.snapshot import known_faults

HERE: Final = "http://localhost:9100"
"""Where a mock runs when nobody says otherwise."""


@click.command()
@click.argument("name", metavar="ID")
@click.option("--mock", metavar="URL", help=f"Ask this mock what its faults do; without it {HERE}, if one answers.")
@click.option("--scenarios", type=click.Path(path_type=Path, file_okay=False, exists=True), help="Another folder.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def explain(name: str, mock: str | None, scenarios: Path | None, *, as_json: bool) -> None:
    """Tell what a scenario, requirement, check, journey, fault or circumstance is, and how others mend it.

    \b
    leerid-check explain id-token/nonce-mismatch
    leerid-check explain CLM-24
    leerid-check explain id-token.nonce-mismatch --json
    """
    with told():
        suite, problems = load_suite(scenarios)
        if problems:
            raise InputError(*problems)
        faults = asyncio.run(_faults(mock))
        found = look_up(name, Library(suite=suite, faults=faults))
    click.echo(found.model_dump_json(indent=2) if as_json else "\n".join(_lines(found)))


async def _faults(url: str | None) -> Mapping[str, Fault]:
    """What the mock says; what it said at the release when none was named and none answers."""
    async with HttpControl(url or HERE) as control:
        if url is None and not await control.is_mock():
            return known_faults()
        await control.about()
        return await control.faults()


def _lines(found: Explanation) -> Iterator[str]:
    head = f"{click.style(found.id, bold=True)}, a {found.kind}"
    yield f"{head} of level {found.level}" if found.level else head
    yield f"  {found.title}"
    before = ""
    for label, text in _fields(found):
        shown = "" if label == before else label
        yield f"  {click.style(f'{shown:<{wording.LABEL_WIDTH}}', dim=True)}{' '.join(text.split())}"
        before = label


def _fields(found: Explanation) -> Iterator[tuple[str, str]]:
    for place, sign_in in enumerate(found.sign_ins, start=1):
        number = f" {place}" if len(found.sign_ins) > 1 else ""
        yield f"provider{number}", " ".join(sign_in.provider) or wording.HONEST
        yield f"expected{number}", wording.expectation(sign_in.expected, found.not_after)
    if found.visitor:
        yield "visitor", wording.visitor(found.visitor, tuple(sign_in.persona for sign_in in found.sign_ins))
    if found.why:
        yield "why", found.why
    for label, texts in (("needs", found.needs), ("scenarios", found.scenarios)):
        if texts:
            yield label, ", ".join(texts)
    for sentence in found.judged:
        yield "judged", sentence
    for row in found.requirements:
        yield row.id, _told(row)
    for fix in dict.fromkeys(row.fix for row in found.requirements if row.fix):
        yield "how to mend", fix


def _told(row: Cited) -> str:
    told = f"{row.sentence} {wording.cited(row.source, row.level, row.certainty, row.url)}"
    return f"{told} Not applicable: {row.not_applicable}" if row.not_applicable else told
