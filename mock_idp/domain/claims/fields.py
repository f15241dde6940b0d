"""The fields that a claim can hold, and the forms in which each can be written. There is none for a national number."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from mock_idp.domain.datastore.facts import CitizenFacts, StudentFacts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mock_idp.domain.datastore.facts import Facts
    from mock_idp.domain.leerid.student import Enrolment

    Reader = Callable[[StudentFacts], Any]


class Shape(StrEnum):
    """How a field is written: `scalar` is absent when unset, `list` is then empty, `records` is a list of objects."""

    SCALAR = "scalar"
    LIST = "list"
    RECORDS = "records"


MEMBERS: Final = (
    "administratieve_groep_code",
    "administratieve_groep_omschrijving",
    "hoofdstructuur",
    "instellingsnummer",
    "stamnummer",
)
"""What is communicated about an enrolment (article 3)."""

DATES: Final = ("begindatum", "einddatum")
"""Sent only where ended and future enrolments are sent too (U5); names and form are a guess. An open end is absent."""

ONE: Final[Mapping[str, Reader]] = {
    "subject": lambda pupil: pupil.account_uuid,
    "account_uuid": lambda pupil: pupil.account_uuid,
    "leer_id_uuid": lambda pupil: pupil.leer_id_uuid,
    "given_name": lambda pupil: pupil.given_name,
    "family_name": lambda pupil: pupil.family_name,
    "birth_day": lambda pupil: pupil.birth_day,
    "birth_month": lambda pupil: pupil.birth_month,
    "birth_year": lambda pupil: pupil.birth_year,
    "birth_date": lambda pupil: iso_date(pupil.birth_year, pupil.birth_month, pupil.birth_day),
    "email": lambda pupil: pupil.email,
    "first_school": lambda pupil: next((each.instellingsnummer for each in pupil.enrolments), None),
    "first_school_name": lambda pupil: next((each.school_name for each in pupil.enrolments), None),
}
"""Fields of a pupil with at most one value."""

MANY: Final[Mapping[str, Reader]] = {
    "history": lambda pupil: pupil.history,
    "schools": lambda pupil: [each.instellingsnummer for each in pupil.enrolments],
    "school_names": lambda pupil: [each.school_name for each in pupil.enrolments],
    "stamnummers": lambda pupil: [each.stamnummer for each in pupil.enrolments],
    "hoofdstructuren": lambda pupil: [each.hoofdstructuur for each in pupil.enrolments],
    "group_codes": lambda pupil: [each.administratieve_groep_code for each in pupil.enrolments],
    "group_names": lambda pupil: [each.administratieve_groep_omschrijving for each in pupil.enrolments],
}
"""Fields of a pupil with any number of values; those of enrolments stand in the order of the enrolments."""

OBJECTS: Final[Mapping[str, Reader]] = {
    "enrolments": lambda pupil: [_record(each, is_dated=pupil.is_dated) for each in pupil.enrolments],
}
"""Fields of a pupil that are objects."""

VO: Final = frozenset({"vo_id", "vo_email", "vo_doelgroepcode", "vo_doelgroepnaam", "vo_orgcode", "vo_orgnaam"})
"""Fields that ACM has of others than pupils, and of pupils who chose an identity."""

ROLES: Final = "roles"
"""What an application calls <application>_rol_3d: a list of Role:ORGCODE. Only claims of a profile's own hold it."""

FIELDS: Final = frozenset({*ONE, *MANY, *OBJECTS, *VO, ROLES})


def shapes_of(field: str) -> tuple[Shape, ...]:
    """Return the forms in which a field can be written."""
    if field in OBJECTS:
        return (Shape.RECORDS,)
    return (Shape.LIST,) if field in MANY or field == ROLES else (Shape.SCALAR, Shape.LIST)


def values_of(facts: Facts) -> dict[str, Any]:
    """Return the fields of a person; an unset one is None, and one that this kind of person has not is not there."""
    if isinstance(facts, CitizenFacts):
        told = {name: value for name, value in facts.vo.items() if name in VO}
        names = {"given_name": facts.given_name, "family_name": facts.family_name}
        return {"subject": facts.subject, **names, **told, ROLES: facts.roles}
    readers = {**ONE, **MANY, **OBJECTS}
    return {name: read(facts) for name, read in readers.items()}


def iso_date(year: str, month: str, day: str) -> str:
    """Return YYYY-MM-DD, or the year alone when a part is unknown (OpenID Connect Core 5.1, `birthdate`)."""
    return year if "00" in {month, day} else f"{year}-{month}-{day}"


def _record(enrolment: Enrolment, *, is_dated: bool) -> dict[str, str]:
    record = {name: getattr(enrolment, name) for name in MEMBERS}
    if not is_dated:
        return record
    dates = zip(DATES, (enrolment.starts_on, enrolment.ends_on), strict=True)
    return record | {name: day.isoformat() for name, day in dates if day is not None}
