"""LeerID: students and accounts made from DISCIMUS. What is true at a date is a function of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from datetime import date

    from mock_idp.domain.discimus import Pupil, Registration


@dataclass(frozen=True, kw_only=True)
class Account:
    """A LeerID account, used from `opened_on` (None: always) until the next one of the same user name is opened."""

    uuid: str
    opened_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Enrolment:
    """An enrolment as LeerID hands it on: without dates."""

    administratieve_groep_code: str
    administratieve_groep_omschrijving: str
    hoofdstructuur: str
    instellingsnummer: str
    stamnummer: str


@dataclass(frozen=True, kw_only=True)
class Student:
    """A pupil in LeerID with one user name, and the accounts that stood for it, oldest first."""

    pupil: Pupil
    leer_id_uuid: str | None
    accounts: tuple[Account, ...]
    email: str | None = None

    @property
    def account_uuids(self) -> frozenset[str]:
        """Every account that ever stood for this pupil."""
        return frozenset(account.uuid for account in self.accounts)


@dataclass(frozen=True, kw_only=True)
class StudentFacts:
    """What is true of a student's account on one day. `history`: accounts used before identification."""

    account_uuid: str
    leer_id_uuid: str | None
    history: tuple[str, ...]
    given_name: str | None
    family_name: str
    birth_day: str
    birth_month: str
    birth_year: str
    email: str | None
    enrolments: tuple[Enrolment, ...]


@dataclass(frozen=True, kw_only=True)
class CitizenFacts:
    """What ACM knows of somebody who is no pupil; LeerID knows nothing of them."""

    subject: str
    given_name: str
    family_name: str
    vo: dict[str, str]


Facts: TypeAlias = StudentFacts | CitizenFacts


def student_on(student: Student, day: date) -> StudentFacts:
    """Return the state of a student on a day: the account in use, identification, enrolments that hold."""
    pupil = student.pupil
    identified = pupil.is_identified_on(day)
    current = _account_on(student, day)
    return StudentFacts(
        account_uuid=current.uuid,
        leer_id_uuid=student.leer_id_uuid if identified else None,
        history=_history(student, current) if identified else (),
        given_name=pupil.given_name,
        family_name=pupil.family_name,
        birth_day=pupil.birth.day,
        birth_month=pupil.birth.month,
        birth_year=pupil.birth.year,
        email=student.email,
        enrolments=tuple(_enrolment(each) for each in pupil.registrations if each.holds_on(day)),
    )


def _account_on(student: Student, day: date) -> Account:
    opened = [each for each in student.accounts if each.opened_on is None or each.opened_on <= day]
    return opened[-1] if opened else student.accounts[0]


def _history(student: Student, current: Account) -> tuple[str, ...]:
    before = student.accounts[: student.accounts.index(current)]
    return tuple(account.uuid for account in before)


def _enrolment(registration: Registration) -> Enrolment:
    return Enrolment(
        administratieve_groep_code=registration.group_code,
        administratieve_groep_omschrijving=registration.group_name,
        hoofdstructuur=registration.hoofdstructuur,
        instellingsnummer=registration.school.number,
        stamnummer=registration.stamnummer,
    )
