"""Bad input told to a person: every problem in a line of its own, exit code 2, never a traceback."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Final, NoReturn, TypeVar

import click

from conformance.adapters.control import MockRefused
from conformance.errors import InputError, Problem

USAGE: Final = 2
Value = TypeVar("Value")


@contextmanager
def told() -> Iterator[None]:
    """Turn bad input into lines on standard error and exit code 2."""
    try:
        yield
    except MockRefused as error:
        _stop(Problem(key="mock", message=str(error)))
    except InputError as error:
        _stop(*error.problems)


def _stop(*problems: Problem) -> NoReturn:
    click.echo(f"leerid-check: {_count(len(problems))} to mend first", err=True)
    for problem in problems:
        click.echo(f"  {problem.line}", err=True)
    raise SystemExit(USAGE)


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
