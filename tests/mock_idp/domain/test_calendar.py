"""The calendar of the registers."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_idp.domain.calendar import Calendar, flemish_date
from mock_idp.domain.clock import SettableClock


def brussels() -> Any:
    try:
        return ZoneInfo("Europe/Brussels")
    except ZoneInfoNotFoundError:
        return None


@pytest.mark.skipif(brussels() is None, reason="this machine has no time zone data to compare with")
@given(moment=st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2037, 12, 31), timezones=st.just(UTC)))  # noqa: DTZ001  the zone is added by the strategy
def test_the_rule_agrees_with_the_time_zone_database(moment: datetime) -> None:
    assert flemish_date(moment) == moment.astimezone(brussels()).date()


def test_the_calendar_counts_from_the_day_that_was_set() -> None:
    clock = SettableClock(datetime(2026, 11, 23, 22, 30, tzinfo=UTC))
    calendar = Calendar(clock, today=date(2026, 9, 1))
    clock.advance(seconds=3600)
    assert calendar.day() == date(2026, 9, 2)


def test_a_stage_moves_the_calendar_by_days() -> None:
    calendar = Calendar(SettableClock(datetime(2026, 11, 23, 12, tzinfo=UTC)))
    assert calendar.day(offset_days=-60) == date(2026, 9, 24)
