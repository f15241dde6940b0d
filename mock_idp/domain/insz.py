"""National numbers (INSZ) that can belong to nobody: the sequence is 999 or 000, the check digits are right.

The mock holds one to know that a pupil is identified. It is no part of what is communicated (protocol, article 3), and
never leaves.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

MODULUS: Final = 97
BIS_MONTHS: Final = 40
"""Added to the month of a BIS number of which the sex is known. Never emitted, so nothing rests on it."""


class Number(StrEnum):
    """What kind of number a pupil has; with neither, the pupil is not identified."""

    RRN = "rrn"
    BIS = "bis"
    NONE = "none"


def fictitious_insz(*, year: int, month: int, day: int, male: bool, bis: bool = False) -> str:
    """Return 11 digits: YYMMDD, the never issued sequence 999 (male) or 000 (female), and the check digits."""
    month_digits = month + BIS_MONTHS if bis else month
    nine = f"{year % 100:02}{month_digits:02}{day:02}{'999' if male else '000'}"
    return nine + check_digits(nine, born_in_2000s=year >= 2000)  # noqa: PLR2004  the rule of the national number


def check_digits(nine: str, *, born_in_2000s: bool) -> str:
    """Return the two check digits: 97 minus the nine digits modulo 97, with a 2 in front for births from 2000."""
    return f"{MODULUS - int(('2' if born_in_2000s else '') + nine) % MODULUS:02}"
