"""The moments that schools and AGODI write down. One class each; its docstring says what happens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from mock_idp.domain.discimus.life import Moment
from mock_idp.domain.insz import Number

if TYPE_CHECKING:
    from mock_idp.domain.discimus.school import Group, School


class Status(StrEnum):
    """How far an enrolment came, as school software knows it; only a realised one counts."""

    REALISED = "realised"
    NOT_REALISED = "not-realised"
    POSTPONED = "postponed"
    PARALLEL = "parallel"
    CANCELLED = "cancelled"


@dataclass(frozen=True, kw_only=True)
class Enrolled(Moment):
    """A school enrols the pupil from this day. Known in advance, unless `known_on` says otherwise."""

    school: School
    stamnummer: str
    group: Group
    hoofdstructuur: str
    status: Status = Status.REALISED
    free: bool = False

    @property
    def known_from(self) -> date:
        """The first day on which the register knows: enrolments for the next year are visible in advance."""
        return self.known_on or date.min


@dataclass(frozen=True, kw_only=True)
class Left(Moment):
    """The pupil is enrolled no longer, from this day on: at one school, or (None) at all."""

    school: School | None = None


@dataclass(frozen=True, kw_only=True)
class Cancelled(Moment):
    """An enrolment is taken back, as if it had never been."""

    school: School


@dataclass(frozen=True, kw_only=True)
class Moved(Moment):
    """The pupil leaves one school, or (None) all, and begins in another on the same day."""

    to: Enrolled
    leaving: School | None = None


@dataclass(frozen=True, kw_only=True)
class Regrouped(Moment):
    """The pupil goes to another administrative group of the same school: the next grade, say."""

    school: School
    group: Group
    hoofdstructuur: str


@dataclass(frozen=True, kw_only=True)
class SchoolRenumbered(Moment):
    """The school gets a new number and takes its enrolments along."""

    school: School
    to: School


@dataclass(frozen=True, kw_only=True)
class AgreementEnded(Moment):
    """The agreement of a school with applications ends. No register knows of it: each application has to."""

    school: School


@dataclass(frozen=True, kw_only=True)
class NameCorrected(Moment):
    """AGODI corrects the spelling of the official name. None leaves that part as it is."""

    given_name: str | None = None
    family_name: str | None = None


@dataclass(frozen=True, kw_only=True)
class Identified(Moment):
    """The national number is found."""

    number: Number = Number.RRN


@dataclass(frozen=True, kw_only=True)
class NumberReplaced(Moment):
    """One kind of national number takes the place of the other: a BIS number becomes a number of the register."""

    number: Number = Number.RRN


@dataclass(frozen=True, kw_only=True)
class NumberLost(Moment):
    """The match with the national number turns out wrong: the pupil is no longer identified."""
