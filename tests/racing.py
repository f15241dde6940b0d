"""Many at once: 64 threads that begin at the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Result = TypeVar("Result")
MANY = 64


def raced(attempt: Callable[[], Result], times: int = MANY) -> list[Result]:
    """Return what each of so many attempts came to that were made at once."""
    begin = Barrier(times)

    def attempted(_: int) -> Result:
        begin.wait(timeout=30)
        return attempt()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(attempted, range(times)))
