"""`leerid-idp personas`: who can sign in, and what each of them shows."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from mock_idp.cli.trouble import told
from mock_idp.domain.calendar import flemish_date
from mock_idp.domain.personas import read_personas

if TYPE_CHECKING:
    from mock_idp.domain.personas import Persona


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
@click.option("--seed", type=int, default=0, show_default=True, help="The seed that the mock was started with.")
def personas(*, as_json: bool, seed: int) -> None:
    r"""List the invented pupils: user name, password, and what signing in as them shows.

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

    table = Table("persona", "name", "user name", "password", "what it shows", box=SIMPLE_HEAD, highlight=False)
    for each in everybody:
        table.add_row(each.slug, each.full_name, each.user_name, each.password, each.proves)
    console = Console(soft_wrap=False)
    console.print(table)
    console.print(f"{len(everybody)} invented persons. The passwords open nothing but this mock.")
