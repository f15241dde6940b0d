"""`leerid-check lint`: mistakes in the scenarios, profiles and requirements themselves."""

import asyncio
from pathlib import Path

import click

from conformance.adapters.control import HttpControl
from conformance.cli.problems import told
from conformance.errors import InputError
from conformance.runner import Mock, load_suite, unproven
from conformance.runner import lint as lint_suite


async def ask_mock(control: HttpControl) -> Mock:
    """What the mock knows by name."""
    await control.about()
    faults = {name: fault.kind for name, fault in (await control.faults()).items()}
    return Mock(faults=faults, personas=frozenset(await control.personas()))


async def _ask(url: str) -> Mock:
    async with HttpControl(url) as control:
        return await ask_mock(control)


@click.command()
@click.option("--mock", metavar="URL", help="Also compare faults and personas with what this mock knows.")
@click.option("--scenarios", type=click.Path(path_type=Path, file_okay=False, exists=True), help="Another folder.")
def lint(mock: str | None, scenarios: Path | None) -> None:
    """Look for mistakes in the scenarios; all of them at once.

    \b
    leerid-check lint
    leerid-check lint --mock http://localhost:9100
    """
    with told():
        suite, problems = load_suite(scenarios)
        problems += lint_suite(suite, asyncio.run(_ask(mock)) if mock else None)
        if problems:
            raise InputError(*problems)
    for name, reason in unproven(suite).items():
        click.echo(f"scenarios/{name}.toml: no defect fails it: {reason or 'nobody has said why; name one in catches'}")
    click.echo(f"{len(suite.scenarios)} scenarios, {len(suite.requirements)} requirements: no problem found")
