"""The administrative groups of a school's export: it gives their description, and the mock wants a code (F8)."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from mock_idp.domain.discimus import groups
from mock_idp.domain.people.csv_table import folded
from mock_idp.domain.randomness import drawn

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mock_idp.domain.people.csv_filling import Filling

SUFFIX: Final = "(fictief)"
"""By which the invented groups are told from real ones; nobody needs to write it."""
DEFAULT_HOOFDSTRUCTUUR: Final = "311"
CODE: Final = "Administratieve groep code"
DESCRIPTION: Final = "Administratieve groep"
HOOFDSTRUCTUUR: Final = "Hoofdstructuur"
DIGITS: Final = 10
OWN_CODES: Final = 10**6


@dataclass(kw_only=True)
class OwnGroups:
    """Finds codes, and gives groups that are not known one of their own. `own`: their descriptions by code."""

    own: dict[str, str] = field(default_factory=dict)

    def place(self, values: Mapping[str, Any], filling: Filling) -> tuple[str, str]:
        """Return the code of the group that a line tells of, and its hoofdstructuur."""
        code = values.get(CODE) and self._named(values[CODE], values.get(DESCRIPTION))
        code = code or self._found(filling.told(values, DESCRIPTION, _any_of(values.get(HOOFDSTRUCTUUR))))
        known = groups().get(code)
        usual = DEFAULT_HOOFDSTRUCTUUR if known is None or code in self.own else known.hoofdstructuur
        return code, filling.told(values, HOOFDSTRUCTUUR, usual)

    def _found(self, told: str) -> str:
        """Return the code of a group that is told by its description, or by its code after all."""
        if told.isascii() and told.isdecimal() and len(told) <= DIGITS:
            return self._named(told, None)
        return _by_description().get(_short(told)) or self._given(told)

    def _named(self, code: str, description: str | None) -> str:
        """Return the code, which belongs from now on to a group of that description."""
        known = groups().get(code)
        if known is None or (description is not None and _short(description) != _short(known.name)):
            self.own.setdefault(code, description or f"Groep {code}")
        return code

    def _given(self, description: str) -> str:
        """Return the code of a group that is not known, always the same for one description."""
        same = (code for code, name in self.own.items() if _short(name) == _short(description))
        if code := next(same, None):
            return code
        begin = drawn("group", _short(description), below=OWN_CODES)
        codes = (f"99{(begin + step) % OWN_CODES:06}" for step in range(OWN_CODES))
        code = next(code for code in codes if code not in self.own)
        self.own[code] = description
        return code


def _short(description: str) -> str:
    return folded(description).removesuffix(SUFFIX).strip()


@cache
def _by_description() -> Mapping[str, str]:
    return {_short(group.name): code for code, group in groups().items()}


def _any_of(hoofdstructuur: str | None) -> str:
    """Return the code of a group that goes with a hoofdstructuur, or that stands for any."""
    same = (
        code for code, group in groups().items() if group.hoofdstructuur == (hoofdstructuur or DEFAULT_HOOFDSTRUCTUUR)
    )
    return next(same, next(iter(groups())))
