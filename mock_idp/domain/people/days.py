"""Days as people write them down: from the day at start, by date, or from the beginning of the school year."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Annotated, Final

from pydantic import AfterValidator

SCHOOL_YEAR: Final = re.compile(r"school-year(?P<years>[+-]\d{1,2})?(?P<days>[+-]\d{1,5}d)?")
FORMS: Final = '-30 (days from the day at start), "2026-09-01", "school-year", "school-year+1" or "school-year-62d"'
FIRST_MONTH: Final = 9
CENTURY_DAYS: Final = 36_500
YEARS: Final = range(1900, 3000)
"""What a register can hold; beyond it nothing could be counted."""
LAST_DAY: Final = date(YEARS[-1], 12, 31)


def _checked(value: int | str) -> int | str:
    if isinstance(value, int):
        if abs(value) > CENTURY_DAYS:
            raise ValueError("This is more than a century away")
        return value
    if not SCHOOL_YEAR.fullmatch(value) and not _is_date(value):
        raise ValueError(f"This is no day; write {FORMS}")
    return value


def _is_date(value: str) -> bool:
    try:
        return date.fromisoformat(value).year in YEARS
    except ValueError:
        return False


Day = Annotated[int | str, AfterValidator(_checked)]
"""A day in its written form."""


def day_of(written: int | str, anchor: date) -> date:
    """Return the date of a day in its written form, `anchor` being the day at start."""
    if isinstance(written, int):
        return anchor + timedelta(days=written)
    found = SCHOOL_YEAR.fullmatch(written)
    if found is None:
        return date.fromisoformat(written)
    begin = school_year_of(anchor) + int(found["years"] or 0)
    return date(begin, FIRST_MONTH, 1) + timedelta(days=int((found["days"] or "0d")[:-1]))


def school_year_of(day: date) -> int:
    """Return the year in which the school year of that day began, on 1 September."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1
