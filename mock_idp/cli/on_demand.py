"""Commands that are imported one by one, when they are asked for: none waits for what only another one needs."""

from __future__ import annotations

from pkgutil import resolve_name
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Mapping


class OnDemand(click.Group):
    """A group of commands, in the order of `places`: by name, where each stands, as in `package.module:command`."""

    def __init__(self, *arguments: Any, places: Mapping[str, str], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._places = places

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names."""
        del ctx
        return list(self._places)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of that name, if there is one."""
        del ctx
        if cmd_name not in self._places:
            return None
        command: click.Command = resolve_name(self._places[cmd_name])
        return command
