"""The register as it reads on a day: a fold of the moments of a life, each with what it does to the record."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import reduce, singledispatch
from typing import TYPE_CHECKING

from mock_idp.domain.discimus.moments import (
    Cancelled,
    Enrolled,
    Identified,
    Left,
    Moved,
    NameCorrected,
    NumberLost,
    NumberReplaced,
    Regrouped,
    SchoolRenumbered,
    Status,
)
from mock_idp.domain.insz import Number

if TYPE_CHECKING:
    from collections.abc import Callable

    from mock_idp.domain.discimus.life import Life, Moment
    from mock_idp.domain.discimus.school import Group, School

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Registration:
    """An enrolment as registered: from `starts_on` up to and including `ends_on` (None: no end is known)."""

    school: School
    stamnummer: str
    hoofdstructuur: str
    group: Group
    starts_on: date
    ends_on: date | None = None
    status: Status = Status.REALISED
    free: bool = False

    def holds_on(self, day: date) -> bool:
        """Return whether the pupil is really enrolled on that day."""
        has_begun = self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)
        return has_begun and self.status == Status.REALISED


@dataclass(frozen=True, kw_only=True, slots=True)
class PupilRecord:
    """What the register says of a pupil. `registrations` in the order of their beginning, ended and future ones too."""

    given_name: str | None
    family_name: str
    number: Number
    registrations: tuple[Registration, ...] = ()

    @property
    def is_identified(self) -> bool:
        """Whether a national number is known; a BIS number is one."""
        return self.number != Number.NONE


def record_of(life: Life, *, day: date, known_on: date | None = None) -> PupilRecord:
    """Return the record of a pupil on a day, as the register knew it on `known_on` (that day, unless it lags)."""
    knowing = day if known_on is None else known_on
    start = PupilRecord(given_name=life.given_name, family_name=life.family_name, number=life.number)
    known = (each for each in life.moments if each.known_from <= knowing and _counts(each, day))
    in_order = sorted(known, key=lambda each: each.on)  # as it happened, however it was written down
    record = reduce(lambda so_far, each: applied(each, so_far), in_order, start)
    return replace(record, registrations=tuple(sorted(record.registrations, key=lambda each: each.starts_on)))


def _counts(moment: Moment, day: date) -> bool:
    """Return whether a moment shows in the register: dates of enrolments do before they come, the rest does not."""
    return moment.on <= day or isinstance(moment, Enrolled | Left | Cancelled)


@singledispatch
def applied(moment: Moment, record: PupilRecord) -> PupilRecord:
    """Return the record after a moment; what does not concern the register leaves it as it is."""
    del moment
    return record


@applied.register
def _(moment: Enrolled, record: PupilRecord) -> PupilRecord:
    registration = Registration(
        school=moment.school,
        stamnummer=moment.stamnummer,
        hoofdstructuur=moment.hoofdstructuur,
        group=moment.group,
        starts_on=moment.on,
        status=moment.status,
        free=moment.free,
    )
    return replace(record, registrations=(*record.registrations, registration))


@applied.register
def _(moment: Left, record: PupilRecord) -> PupilRecord:
    return _each(record, moment.school, lambda one: (_ended(one, moment.on),))


@applied.register
def _(moment: Cancelled, record: PupilRecord) -> PupilRecord:
    """Take back the enrolment at that school which began last; an earlier one stays as it was."""
    there = [one for one in record.registrations if one.school.number == moment.school.number]
    last = max(there, key=lambda one: one.starts_on, default=None)

    def cancelled(one: Registration) -> tuple[Registration, ...]:
        return (replace(one, status=Status.CANCELLED),) if one is last else (one,)

    return _each(record, moment.school, cancelled)


@applied.register
def _(moment: Moved, record: PupilRecord) -> PupilRecord:
    left = _each(record, moment.leaving, lambda one: (_ended(one, moment.on),))
    return applied(moment.to, left)


@applied.register
def _(moment: Regrouped, record: PupilRecord) -> PupilRecord:
    def regrouped(one: Registration) -> tuple[Registration, ...]:
        if not one.holds_on(moment.on):
            return (one,)
        return (replace(one, group=moment.group, hoofdstructuur=moment.hoofdstructuur),)

    return _each(record, moment.school, regrouped)


@applied.register
def _(moment: SchoolRenumbered, record: PupilRecord) -> PupilRecord:
    def renumbered(one: Registration) -> tuple[Registration, ...]:
        if not one.holds_on(moment.on):
            return (one,)
        return _ended(one, moment.on), replace(one, school=moment.to, starts_on=moment.on)

    return _each(record, moment.school, renumbered)


@applied.register
def _(moment: NameCorrected, record: PupilRecord) -> PupilRecord:
    return replace(
        record,
        given_name=moment.given_name or record.given_name,
        family_name=moment.family_name or record.family_name,
    )


@applied.register(Identified)
@applied.register(NumberReplaced)
def _(moment: Identified | NumberReplaced, record: PupilRecord) -> PupilRecord:
    return replace(record, number=moment.number)


@applied.register
def _(moment: NumberLost, record: PupilRecord) -> PupilRecord:
    del moment
    return replace(record, number=Number.NONE)


def _ended(one: Registration, on: date) -> Registration:
    """Return the registration ended before `on`; one that ended earlier or begins later stays as it is."""
    if one.starts_on > on or (one.ends_on is not None and one.ends_on < on):
        return one
    return replace(one, ends_on=on - ONE_DAY)


def _each(
    record: PupilRecord, school: School | None, change: Callable[[Registration], tuple[Registration, ...]]
) -> PupilRecord:
    """Return the record with the registrations of a school, or of all, changed."""
    changed = (
        change(one) if school is None or one.school.number == school.number else (one,) for one in record.registrations
    )
    return replace(record, registrations=tuple(each for several in changed for each in several))
