"""`leerid-check list`: which scenarios there are."""

import json
from pathlib import Path
from typing import Any

import click

from conformance.cli.problems import told
from conformance.errors import InputError
from conformance.runner import find_profile, load_suite, select
from conformance.scenario import Scenario


@click.command("list")
@click.option("--profile", default="full", show_default=True, help="Only the scenarios of this profile.")
@click.option("--only", multiple=True, metavar="GLOB", help="Only scenarios whose names match; may be repeated.")
@click.option("--scenarios", type=click.Path(path_type=Path, file_okay=False, exists=True), help="Another folder.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, with everything that stands in the files.")
def listing(profile: str, only: tuple[str, ...], scenarios: Path | None, *, as_json: bool) -> None:
    """List the scenarios.

    \b
    leerid-check list
    leerid-check list --profile openid-connect --only 'id-token/*'
    leerid-check list --json
    """
    with told():
        suite, problems = load_suite(scenarios)
        if problems:
            raise InputError(*problems)
        chosen = find_profile(suite, profile)
        found = select(suite, chosen, only)
    if as_json:
        rows: list[dict[str, Any]] = [scenario.model_dump(mode="json") for scenario in found]
        click.echo(json.dumps({"profile": chosen.name, "version": chosen.version, "scenarios": rows}, indent=2))
        return
    _print(found)


def _print(found: tuple[Scenario, ...]) -> None:
    width = max(len(scenario.id) for scenario in found)
    for scenario in found:
        click.echo(f"{scenario.id:{width}}  {scenario.level:6}  {scenario.title}")
    click.echo(f"{len(found)} scenarios")
