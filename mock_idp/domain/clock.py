"""The door to time: the rest of the mock asks a clock, so that tests and stages can move it."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator


class Clock(Protocol):
    """Tells the time; always with a time zone."""

    def now(self) -> datetime:
        """Return this moment in UTC."""
        ...


class SystemClock:
    """The clock of the machine."""

    def now(self) -> datetime:
        """Return this moment in UTC."""
        return datetime.now(UTC)


class StagedClock:
    """The clock of an issuer: while a request is answered, as far ahead of another clock as the request's stage is."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def now(self) -> datetime:
        """Return this moment in UTC."""
        return self._clock.now() + _AHEAD.get()


_AHEAD: Final[ContextVar[timedelta]] = ContextVar("how far ahead staged clocks are", default=timedelta())


@contextmanager
def running_ahead(seconds: int) -> Iterator[None]:
    """Let staged clocks be so many seconds ahead in this block, and nowhere else."""
    before = _AHEAD.set(timedelta(seconds=seconds))
    try:
        yield
    finally:
        _AHEAD.reset(before)


class SettableClock:
    """A clock that stands still until it is moved; for tests."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment

    def now(self) -> datetime:
        """Return the moment that was set."""
        return self._moment

    def advance(self, *, seconds: float) -> None:
        """Move the clock forward."""
        self._moment += timedelta(seconds=seconds)
