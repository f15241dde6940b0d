"""Options that the commands share: whose mock it is, and whom to choose."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from mock_idp.cli.serving import day
from mock_idp.cli.trouble import give_up
from mock_idp.domain.population import Situation
from mock_idp.domain.problems import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable

    from mock_idp.cli.students.everybody import Everybody

Command = TypeVar("Command", bound="Callable[..., Any]")


def choosing(command: Command) -> Command:
    """Add the options by which a mock was started: they decide who there is."""
    for option in (
        click.option("--today", metavar="DATE", callback=day, help="As if the mock was started on this day."),
        click.option(
            "--people", "people_file", type=click.Path(path_type=Path), metavar="FILE", help="As given to serve."
        ),
        click.option("--seed", type=int, default=0, show_default=True, help="The seed that the mock was started with."),
    ):
        command = option(command)
    return command


def selecting(command: Command) -> Command:
    """Add the options that choose among everybody."""
    situations = click.Choice([each.value for each in Situation])
    for option in (
        click.option("--school", metavar="NUMBER", help="Only pupils of this school (instellingsnummer)."),
        click.option("--situation", type=situations, help="Only pupils in this situation."),
    ):
        command = option(command)
    return command


def checked_school(number: str | None, everybody: Everybody) -> str | None:
    """Return the number of a school; leave with the nearest one when there is none."""
    if number is not None and number not in everybody.schools:
        near = did_you_mean(number, everybody.schools)
        give_up(
            [f"--school: there is no school {number!r}. {near or '`leerid-idp students search NAME` tells numbers.'}"]
        )
    return number
