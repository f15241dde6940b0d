"""What the cells of a school's export hold, column by column. A cell that cannot be read says what it should be."""

from __future__ import annotations

import re
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from mock_idp.domain.discimus.life import Sex
from mock_idp.domain.insz import Number
from mock_idp.domain.people.days import YEARS
from mock_idp.domain.people.written import USER_NAME

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LONGEST: Final = 200
PASSWORD: Final = range(4, 101)
SCHOOL_DIGITS: Final = 6
STAMNUMMER_DIGITS: Final = 7
GROUP_DIGITS: Final = 10
HOOFDSTRUCTUUR_DIGITS: Final = 3

BELGIAN: Final = re.compile(r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})", re.ASCII)
ISO: Final = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})", re.ASCII)
YEAR: Final = re.compile(r"(?P<year>\d{4})", re.ASCII)
UNKNOWN_BIRTH: Final[Mapping[str, str]] = MappingProxyType({"day": "00", "month": "00", "year": "0000"})
"""A date of birth of which nothing is known; "0000" is also how OpenID Connect leaves a year out (Core 5.1)."""

SEXES: Final[Mapping[str, Sex | None]] = MappingProxyType(
    {
        **dict.fromkeys(("v", "vrouw", "f"), Sex.FEMALE),
        **dict.fromkeys(("m", "man"), Sex.MALE),
        **dict.fromkeys(("x", "onbekend"), None),
    }
)
IDENTIFIED: Final[Mapping[str, Number]] = MappingProxyType(
    {
        **dict.fromkeys(("ja", "j", "1", "waar", "yes", "true"), Number.RRN),
        **dict.fromkeys(("nee", "n", "0", "onwaar", "no", "false"), Number.NONE),
    }
)
NUMBERS: Final[Mapping[str, Number]] = MappingProxyType({each.value: each for each in Number})


class WrongCellError(ValueError):
    """A cell cannot be read. `hint`: what it should be."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def _text(cell: str) -> str:
    if len(cell) > LONGEST:
        raise WrongCellError(f"This has {len(cell)} characters.", f"At most {LONGEST} are kept.")
    return " ".join(cell.split())


def _digits(count: int) -> Callable[[str], str]:
    """Return the reader of numbers of so many digits; zeros that a spreadsheet took away are put back."""

    def read(cell: str) -> str:
        if not (cell.isascii() and cell.isdecimal()) or len(cell) > count:
            raise WrongCellError(f"{cell!r} is no number of {count} digits.", "Leading zeros may be missing.")
        return cell.zfill(count)

    return read


def _hoofdstructuur(cell: str) -> str:
    if len(cell) != HOOFDSTRUCTUUR_DIGITS or not (cell.isascii() and cell.isdecimal()):
        raise WrongCellError(f"{cell!r} is no hoofdstructuur.", "It has three digits, as in 311.")
    return cell


def _group_code(cell: str) -> str:
    if not (cell.isascii() and cell.isdecimal()) or len(cell) > GROUP_DIGITS:
        raise WrongCellError(f"{cell!r} is no code of a group.", f"It has digits alone, at most {GROUP_DIGITS}.")
    return cell


def _user_name(cell: str) -> str:
    name = cell.lower()
    if not re.fullmatch(USER_NAME, name):
        hint = "Two to a hundred letters without accents, digits, dots, dashes and underscores."
        raise WrongCellError(f"{cell!r} is no user name.", hint)
    return name


def _password(cell: str) -> str:
    if len(cell) not in PASSWORD:
        raise WrongCellError("This password is too short or too long.", "It has 4 to 100 characters.")
    return cell


def _email(cell: str) -> str:
    name, _, domain = _text(cell).rpartition("@")
    if not name or not domain:
        raise WrongCellError(f"{cell!r} is no e-mail address.", "Leave the cell empty when there is none.")
    return cell


def _birth(cell: str) -> dict[str, str]:
    """Return the three parts; those that are not told are zeros."""
    found = BELGIAN.fullmatch(cell) or ISO.fullmatch(cell) or YEAR.fullmatch(cell)
    parts = {name: value.zfill(2) for name, value in (found.groupdict() if found else {}).items()}
    if not parts or int(parts.get("month", "0")) > 12 or int(parts.get("day", "0")) > 31:  # noqa: PLR2004  a calendar
        raise WrongCellError(
            f"{cell!r} is no date of birth.", "Write 31/12/2013; unknown parts are 00, as in 00/00/2013."
        )
    return {**UNKNOWN_BIRTH, **parts}


def _day(cell: str) -> date:
    found = BELGIAN.fullmatch(cell) or ISO.fullmatch(cell)
    try:
        day = date(**{name: int(value) for name, value in found.groupdict().items()}) if found else None
    except ValueError:
        day = None
    if day is None or day.year not in YEARS:
        raise WrongCellError(f"{cell!r} is no day.", "Write it as 01/09/2026.")
    return day


def _one_of(known: Mapping[str, Any]) -> Callable[[str], Any]:
    def read(cell: str) -> Any:
        if cell.casefold() not in known:
            raise WrongCellError(f"{cell!r} is not understood.", f"Write one of: {', '.join(known)}.")
        return known[cell.casefold()]

    return read


CELLS: Final[Mapping[str, Callable[[str], Any]]] = MappingProxyType(
    {
        "Achternaam": _text,
        "Voornaam": _text,
        "Stamnummer": _digits(STAMNUMMER_DIGITS),
        "Administratieve groep": _text,
        "LeerID Gebruikersnaam": _user_name,
        "LeerID Wachtwoord": _password,
        "Instellingsnummer": _digits(SCHOOL_DIGITS),
        "Instelling": _text,
        "Administratieve groep code": _group_code,
        "Hoofdstructuur": _hoofdstructuur,
        "Begindatum": _day,
        "Einddatum": _day,
        "Geboortedatum": _birth,
        "Geslacht": _one_of(SEXES),
        "Geïdentificeerd": _one_of(IDENTIFIED),
        "Soort nummer": _one_of(NUMBERS),
        "E-mailadres": _email,
    }
)
"""How each column is read. The first six are those of the real export (F7); the others are ours."""

ALSO: Final[Mapping[str, str]] = MappingProxyType({"E-mail": "E-mailadres"})
"""Headers that stand for a column of another name."""
