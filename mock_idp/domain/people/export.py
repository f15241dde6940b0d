"""The export of a school's accounts, as schools get it: its headers, and a line per account and enrolment (F7 to F9).

What belongs here: what a line says. Files, Excel and progress do not: see `mock_idp.cli.students`.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from mock_idp.domain.discimus import Sex, record_of
from mock_idp.domain.leerid import AccountState, student_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from mock_idp.domain.discimus import Life
    from mock_idp.domain.leerid import Account, Enrolment, Rules, Student
    from mock_idp.domain.people.person import Person


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One account at one school on a day."""

    day: date
    person: Person
    life: Life
    student: Student
    enrolment: Enrolment


SCHOOL_COLUMNS: Final[Mapping[str, Callable[[Line], str]]] = MappingProxyType(
    {
        "Achternaam": lambda line: line.student.family_name,
        "Voornaam": lambda line: line.student.given_name or "",
        "Stamnummer": lambda line: line.enrolment.stamnummer,
        "Administratieve groep": lambda line: line.enrolment.administratieve_groep_omschrijving,
        "LeerID Gebruikersnaam": lambda line: line.person.user_name,
        "LeerID Wachtwoord": lambda line: line.person.password,
    }
)
"""The columns of the real export, in its order; the administrative group is its description (F7, F8)."""

FURTHER_COLUMNS: Final[Mapping[str, Callable[[Line], str]]] = MappingProxyType(
    {
        "Instellingsnummer": lambda line: line.enrolment.instellingsnummer,
        "Instelling": lambda line: line.enrolment.school_name,
        "Administratieve groep code": lambda line: line.enrolment.administratieve_groep_code,
        "Hoofdstructuur": lambda line: line.enrolment.hoofdstructuur,
        "Begindatum": lambda line: _belgian(line.enrolment.starts_on),
        "Einddatum": lambda line: _belgian(line.enrolment.ends_on),
        "Geboortedatum": lambda line: f"{line.life.birth.day}/{line.life.birth.month}/{line.life.birth.year}",
        "Geslacht": lambda line: SEXES.get(line.life.sex, ""),
        "Soort nummer": lambda line: record_of(line.life, day=line.day).number.value,
        "E-mail": lambda line: line.student.email or "",
    }
)
"""Columns that the real export is not known to have; with them a file can be read back whole."""

SEXES: Final[Mapping[Sex | None, str]] = MappingProxyType({Sex.FEMALE: "V", Sex.MALE: "M"})


def lines_of(person: Person, day: date, school: str | None = None) -> Iterator[Line]:
    """Yield a line for each enrolment that holds on the day, at one school or at all.

    Nobody without an account, or whose account is not handed out, stands in the export (F11).
    """
    if person.life is None:
        return
    student = student_of(person.life, day=day)
    account = student.account(person.account)
    if account is None or account.state == AccountState.WITHHELD:
        return
    for enrolment in student.enrolments:
        if enrolment.holds_on(day) and school in {None, enrolment.instellingsnummer}:
            yield Line(day=day, person=person, life=person.life, student=student, enrolment=enrolment)


def facts_of(
    person: Person, day: date, *, known_on: date | None = None, rules: Rules | None = None
) -> dict[str, Any] | None:
    """Return everything about a pupil on a day as JSON can hold it; None for somebody who is no pupil.

    `known_on`, `rules`: as of `student_of`. Enrolments: all, ended and future ones too, with dates. Of the national
    number only the kind.
    """
    if person.life is None:
        return None
    student = student_of(person.life, day=day, known_on=known_on, rules=rules)
    account = student.account(person.account)
    return {
        "user_name": person.user_name,
        "password": person.password,
        "day": day.isoformat(),
        "given_name": student.given_name,
        "family_name": student.family_name,
        "birth": {"day": student.birth.day, "month": student.birth.month, "year": student.birth.year},
        "sex": person.life.sex,
        "number": record_of(person.life, day=day, known_on=known_on).number.value,
        "email": student.email,
        "account_uuid": account.uuid if account else None,
        "account_state": account.state.value if account else None,
        "leer_id_uuid": student.leer_id_uuid,
        "history": _history(student, account),
        "accounts": [{"label": label, "uuid": each.uuid} for label, each in student.accounts.by_label.items()],
        "enrolments": [_enrolment(each, day) for each in student.enrolments],
        "circumstances": list(person.circumstances),
    }


def _history(student: Student, account: Account | None) -> list[str]:
    return list(student.history_of(account) if account else student.history)


def _enrolment(enrolment: Enrolment, day: date) -> dict[str, Any]:
    ends_on = enrolment.ends_on
    return {
        "instellingsnummer": enrolment.instellingsnummer,
        "school_name": enrolment.school_name,
        "stamnummer": enrolment.stamnummer,
        "administratieve_groep_code": enrolment.administratieve_groep_code,
        "administratieve_groep_omschrijving": enrolment.administratieve_groep_omschrijving,
        "hoofdstructuur": enrolment.hoofdstructuur,
        "starts_on": enrolment.starts_on.isoformat(),
        "ends_on": ends_on.isoformat() if ends_on else None,
        "holds": enrolment.holds_on(day),
    }


def _belgian(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
