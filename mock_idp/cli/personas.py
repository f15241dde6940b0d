"""`leerid-idp personas`: who can sign in, and what each of them shows."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import click

from mock_idp.cli.trouble import told
from mock_idp.domain.calendar import flemish_date
from mock_idp.domain.personas import read_personas

if TYPE_CHECKING:
    from mock_idp.domain.personas import Persona


WIDE: Final = 160
"""Columns of the table in a file or pipe, where nothing is folded."""


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
@click.option("--seed", type=int, default=0, show_default=True, help="The seed that the mock was started with.")
def personas(*, as_json: bool, seed: int) -> None:
    """List the invented pupils: user name, password, and what signing in as them shows.

    \b
    Examples:
      leerid-idp personas
      leerid-idp personas --json | jq -r '.[].user_name'
    """
    with told():
        everybody = read_personas(anchor=flemish_date(datetime.now(UTC)), seed=seed).all()
    if as_json:
        click.echo(json.dumps([each.model_dump(mode="json") for each in everybody], ensure_ascii=False, indent=2))
    else:
        _print_table(everybody)


def _print_table(everybody: tuple[Persona, ...]) -> None:
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415  rich takes a tenth of a second that serving need not wait for
    from rich.console import Console  # noqa: PLC0415  same
    from rich.table import Table  # noqa: PLC0415  same

    console = Console()
    if not console.is_terminal:
        console = Console(width=WIDE)
    table = Table(box=SIMPLE_HEAD, highlight=False)
    table.add_column("persona", no_wrap=True)
    table.add_column("user name", overflow="fold", min_width=18)
    table.add_column("password", no_wrap=True)
    table.add_column("what it shows")
    for each in everybody:
        table.add_row(each.slug, each.user_name, each.password, each.proves)
    console.print(table)
    console.print(f"{len(everybody)} invented persons. The passwords open nothing but this mock.")
