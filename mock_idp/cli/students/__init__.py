"""`leerid-idp students`: everybody who can sign in, searched, shown and exported.

The commands are imported when they are asked for: the population and the tables of a terminal are no part of serving.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from collections.abc import Mapping

COMMANDS: Final[Mapping[str, str]] = {"search": "searching", "show": "showing", "export": "exporting"}
"""The commands and the modules in which they stand."""


class _OnDemand(click.Group):
    """A group whose commands are imported one by one."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of use."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of that name."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"{__name__}.{COMMANDS[cmd_name]}"), cmd_name)
        return command


@click.group(cls=_OnDemand)
def students() -> None:
    """Search, show and export the pupils: personas, those of a file, and the crowd of a school year.

    \b
    Examples:
      leerid-idp students search haddad --school 700202
      leerid-idp students show identified-since --on 2026-09-01
      leerid-idp students export --school 700202 --format xlsx --out 700202.xlsx
      leerid-idp students export --out everybody.csv

    Everybody is invented: the same seed makes the same people on every machine.
    """
