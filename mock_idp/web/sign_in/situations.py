"""The situations to search by, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from flask_babel import format_date
from flask_babel import lazy_gettext as _

from mock_idp.domain.discimus import Identified, Left, Moved
from mock_idp.domain.population import Situation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mock_idp.domain.discimus import Life, Moment

WORDS: Final[Mapping[Situation, Any]] = {
    Situation.ORDINARY: _("Nothing particular"),
    Situation.NOT_IDENTIFIED: _("Not identified"),
    Situation.IDENTIFIED_SINCE: _("Identified in the meantime"),
    Situation.BIS_NUMBER: _("BIS number"),
    Situation.TWO_ACCOUNTS: _("Two accounts"),
    Situation.TWO_SCHOOLS: _("Two schools"),
    Situation.MOVED: _("Moved to another school"),
    Situation.ENDED: _("Not enrolled any more"),
    Situation.NO_EMAIL: _("No e-mail address"),
}
"""In the order in which they are offered."""

DATED_BY: Final[Mapping[Situation, type[Moment]]] = {
    Situation.IDENTIFIED_SINCE: Identified,
    Situation.MOVED: Moved,
    Situation.ENDED: Left,
}
"""The moment that brings a situation about."""


def words_of(situations: Iterable[Situation], life: Life) -> tuple[str, ...]:
    """Return situations in words, with the day on which each came or will come about."""
    return tuple(_dated(each, life) for each in situations if each is not Situation.ORDINARY)


def _dated(situation: Situation, life: Life) -> str:
    kind = DATED_BY.get(situation)
    on = next((each.on for each in life.moments if kind and isinstance(each, kind)), None)
    return f"{WORDS[situation]} ({format_date(on, 'medium')})" if on else str(WORDS[situation])
