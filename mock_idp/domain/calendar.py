"""The calendar of the registers: the date in Flanders, which a setting or a stage can move. No token follows it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from mock_idp.domain.clock import Clock

HOUR_S: Final = 3600
SUMMER_MONTHS: Final = (3, 10)
"""The European Union changes its clocks on the last Sundays of March and October, at 01:00 UTC (2000/84/EC)."""


class Calendar:
    """Counts the days since start. `anchor` is the day at start: today, unless `today` says otherwise."""

    def __init__(self, clock: Clock, *, today: date | None = None) -> None:
        self._clock = clock
        self._started_on = flemish_date(clock.now())
        self.anchor = today or self._started_on

    def day(self, *, offset_days: int = 0) -> date:
        """Return the date on which the registers are read."""
        passed = flemish_date(self._clock.now()) - self._started_on
        return self.anchor + passed + timedelta(days=offset_days)


def flemish_date(moment: datetime) -> date:
    """Return the date in Brussels. By rule, because a bare machine may carry no time zone data."""
    return _date_of(int(moment.timestamp() // HOUR_S))


@lru_cache(8)
def _date_of(hour: int) -> date:
    """Return the date in Brussels in an hour since the epoch: no day and no summer begins within one."""
    utc = datetime.fromtimestamp(hour * HOUR_S, UTC)
    opens, closes = (_change(utc.year, month) for month in SUMMER_MONTHS)
    return (utc + timedelta(hours=2 if opens <= utc < closes else 1)).date()


def _change(year: int, month: int) -> datetime:
    last = datetime(year, month, 31, 1, tzinfo=UTC)
    return last - timedelta(days=(last.weekday() + 1) % 7)
