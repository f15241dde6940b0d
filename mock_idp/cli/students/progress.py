"""How far an export is: on the terminal of whoever waits, and nowhere else."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Item = TypeVar("Item")

STEP: Final = 500
"""Lines between two looks at the bar, which cost more than a line does."""


class Tally:
    """Counts the lines that pass, and shows now and then how many there were."""

    def __init__(self, show: Callable[[int], None] | None = None) -> None:
        self.lines = 0
        self._show = show

    def over(self, items: Iterable[Item]) -> Iterator[Item]:
        """Yield the items, counted."""
        for each in items:
            self.lines += 1
            if self._show and self.lines % STEP == 0:
                self._show(self.lines)
            yield each


@contextmanager
def tallied(total: int | None, *, is_hidden: bool) -> Iterator[Tally]:
    """Give what counts the lines, with a bar when standard error is a terminal. `total`: None when nobody knows."""
    if is_hidden or not sys.stderr.isatty():
        yield Tally()
        return
    from rich import progress  # noqa: PLC0415  only somebody who waits needs it
    from rich.console import Console  # noqa: PLC0415  same

    columns = (
        progress.TextColumn("{task.completed:,} lines"),
        progress.BarColumn(),
        progress.TimeElapsedColumn(),
        progress.TimeRemainingColumn(),
    )
    with progress.Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("lines", total=total)
        yield Tally(lambda lines: bar.update(task, completed=lines))
