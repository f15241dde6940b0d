"""Moments and durations as people read them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from flask_babel import format_decimal

if TYPE_CHECKING:
    from datetime import datetime

BRUSSELS: Final = ZoneInfo("Europe/Brussels")
MILLI: Final = 0.001


def clock_time(moment: datetime) -> str:
    """Return the time of day in Brussels."""
    return f"{moment.astimezone(BRUSSELS):%H:%M:%S}"


def seconds(duration_s: float) -> str:
    """Return a duration: in milliseconds below a second, else in seconds with at most two decimals."""
    if 0 <= duration_s < 1:
        return f"{format_decimal(round(duration_s / MILLI), format='0')} ms"
    return f"{format_decimal(duration_s, format='0.##')} s"
