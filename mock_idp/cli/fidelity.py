"""`leerid-idp fidelity`: what is copied of the real service, what is guessed, what is left out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from mock_idp.cli.trouble import told
from mock_idp.cli.unknowns import how
from mock_idp.domain.fidelity import SECTIONS, Standing, fidelity

if TYPE_CHECKING:
    from mock_idp.domain.fidelity import Row


@click.command("fidelity")
@click.argument("section", required=False, type=click.Choice(SECTIONS), metavar="[SECTION]")
@click.option("--standing", type=click.Choice([str(each) for each in Standing]), help="Only what stands so.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
def fidelity_command(section: str | None, standing: str | None, *, as_json: bool) -> None:
    """List what is copied of the real service, what is guessed, and what is left out.

    Each line names its source and, where there is one, the switch to have it otherwise. The same
    stands in docs/fidelity.md. SECTION is publication, tokens, sign-out and so on: the word before
    the slash of each line.

    \b
    Examples:
      leerid-idp fidelity
      leerid-idp fidelity tokens
      leerid-idp fidelity --standing guessed
      leerid-idp fidelity sign-out --json
    """
    with told():
        listed = _listed(section, standing)
    if as_json:
        click.echo(json.dumps([_record(*each) for each in listed], ensure_ascii=False, indent=2))
        return
    for of_section, row in listed:
        click.echo("\n".join(_lines(of_section, row)))


def _listed(section: str | None, standing: str | None) -> list[tuple[str, Row]]:
    return [
        (name, row)
        for name, part in fidelity().items()
        for row in part.rows
        if section in {None, name} and standing in {None, str(row.standing)}
    ]


def _record(section: str, row: Row) -> dict[str, object]:
    return {"section": section, **row.model_dump(mode="json")}


def _lines(section: str, row: Row) -> list[str]:
    return [
        f"{section}/{row.id}  {row.behaviour}",
        f"     {row.standing} ({row.certainty}): {row.source}",
        *([f"     {row.note}"] if row.note else []),
        *(f"     otherwise: {how(each)}" for each in row.switches),
        *([f"     no switch: {row.no_switch}"] if row.no_switch else []),
    ]
