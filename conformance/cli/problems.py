"""Bad input told to a person: every problem in a line of its own, exit code 2, never a traceback."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Final, TypeVar

import click

from conformance.errors import InputError, Problem

USAGE: Final = 2
Value = TypeVar("Value")


@contextmanager
def told() -> Iterator[None]:
    """Turn bad input into lines on standard error and exit code 2."""
    try:
        yield
    except InputError as error:
        click.echo(f"leerid-check: {_count(len(error.problems))} to mend first", err=True)
        for problem in error.problems:
            click.echo(f"  {problem.line}", err=True)
        raise SystemExit(USAGE) from None


def _count(number: int) -> str:
    return "1 problem" if number == 1 else f"{number} problems"


class Gathered:
    """Collects problems from several readings, so that all are told at once."""

    def __init__(self) -> None:
        """Begin with none."""
        self._problems: list[Problem] = []

    def add(self, problems: Iterable[Problem]) -> None:
        """Keep some problems."""
        self._problems.extend(problems)

    def of(self, read: Callable[..., Value], *arguments: Any) -> Value | None:
        """What a reading gives; None, and its problems are kept, when it cannot be read."""
        try:
            return read(*arguments)
        except InputError as error:
            self.add(error.problems)
            return None

    def tell(self) -> None:
        """Raise what was gathered.

        Raises:
            InputError: when there is a problem.
        """
        if self._problems:
            raise InputError(*self._problems)
