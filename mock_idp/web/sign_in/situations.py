"""The situations to search by: their words, and whether somebody who is written down is in one on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from flask_babel import format_date
from flask_babel import lazy_gettext as _

from mock_idp.domain.discimus import Identified, Left, Moved, record_of
from mock_idp.domain.insz import Number
from mock_idp.domain.leerid import student_of
from mock_idp.domain.population import Situation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from mock_idp.domain.discimus import Life, Moment

WORDS: Final[Mapping[Situation, Any]] = {
    Situation.ORDINARY: _("Nothing particular"),
    Situation.NOT_IDENTIFIED: _("Not identified"),
    Situation.IDENTIFIED_SINCE: _("Identified in the meantime, with history"),
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


def situations_of(life: Life, day: date) -> tuple[Situation, ...]:
    """Return the situations of a pupil on a day: one at least, for there is nothing particular too."""
    return tuple(_particular(life, day)) or (Situation.ORDINARY,)


def _particular(life: Life, day: date) -> Iterator[Situation]:
    student = student_of(life, day=day)
    today = {each.instellingsnummer for each in student.enrolments if each.holds_on(day)}
    if student.leer_id_uuid is None:
        yield Situation.NOT_IDENTIFIED
    if student.history:
        yield Situation.IDENTIFIED_SINCE
    if record_of(life, day=day).number == Number.BIS:
        yield Situation.BIS_NUMBER
    if len(student.accounts.by_label) > 1:
        yield Situation.TWO_ACCOUNTS
    if len(today) > 1:
        yield Situation.TWO_SCHOOLS
    if any(isinstance(each, Moved) and each.has_come(day, day) for each in life.moments):
        yield Situation.MOVED
    if not today and any(each.starts_on < day for each in student.enrolments):
        yield Situation.ENDED
    if student.email is None:
        yield Situation.NO_EMAIL


def words_of(situations: Iterable[Situation], life: Life) -> tuple[str, ...]:
    """Return situations in words, with the day on which each came or will come about."""
    return tuple(_dated(each, life) for each in situations if each is not Situation.ORDINARY)


def _dated(situation: Situation, life: Life) -> str:
    kind = DATED_BY.get(situation)
    on = next((each.on for each in life.moments if kind and isinstance(each, kind)), None)
    return f"{WORDS[situation]} ({format_date(on, 'medium')})" if on else str(WORDS[situation])
