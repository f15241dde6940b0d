"""What is filled in where a school's export is silent, counted so that it can be told."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FILLED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "LeerID Gebruikersnaam": "a user name made of the names",
        "LeerID Wachtwoord": "a word and four digits",
        "Geboortedatum": "00/00/0000, a date of birth of which nothing is known",
        "Geslacht": "V (it is never communicated)",
        "Geïdentificeerd": "ja (of the national number the mock keeps the kind alone)",
        "Stamnummer": "99 and the number of the line",
        "Instellingsnummer": "the school number in the name of the file",
        "Administratieve groep": "a group that goes with the hoofdstructuur",
        "Hoofdstructuur": "311 for groups that are not known, else the one that goes with the group",
        "Begindatum": "1 September of this school year",
    }
)
"""What is filled in, by column."""


@dataclass(frozen=True, kw_only=True)
class Filling:
    """Counts, by column, the lines on which something was filled in or zeros were put back."""

    silent: Counter[str] = field(default_factory=Counter)
    padded: Counter[str] = field(default_factory=Counter)

    def told(self, values: Mapping[str, Any], column: str, default: Any) -> Any:
        """Return what a column says; where it says nothing the default, which is counted."""
        if values.get(column) is not None:
            return values[column]
        self.silent[column] += 1
        return default

    def notes(self, lines: int) -> Iterator[str]:
        """Yield what was filled in and put back on so many lines."""
        for column, filled in FILLED.items():
            if times := self.silent[column]:
                yield f"{column} is missing on {_of(times, lines)}. Filled in: {filled}."
        for column, times in self.padded.items():
            yield f"{column} has lost leading zeros on {_of(times, lines)}. They were put back."


def _of(times: int, lines: int) -> str:
    return f"{times} of {lines} lines" if times < lines else "every line"
