"""Telling a person that something cannot be used: every problem at once, exit code 2, no traceback."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, NoReturn

import click
from pydantic import ValidationError

from mock_idp.domain.problems import ProblemsError

if TYPE_CHECKING:
    from collections.abc import Iterator

USAGE: Final = 2


@contextmanager
def told() -> Iterator[None]:
    """Turn problems of files and settings into lines on standard error and exit code 2."""
    try:
        yield
    except ProblemsError as error:
        give_up(each.line for each in error.problems)
    except ValidationError as error:
        give_up(_line(each["loc"], each["msg"]) for each in error.errors())


def give_up(lines: Iterator[str] | list[str]) -> NoReturn:
    """Print the problems and leave with exit code 2."""
    for line in lines:
        click.echo(f"leerid-idp: {line}", err=True)
    raise SystemExit(USAGE)


def _line(location: tuple[int | str, ...], message: str) -> str:
    names = (str(part).removesuffix("_url").removesuffix("_file") for part in location)
    option = "".join(f"--{name.replace('_', '-')}: " for name in names)
    return option + message.removeprefix("Value error, ")
