"""The pupil as LeerID describes them, read from claims. Reading forgives form and never invents content.

Names, birth dates and numbers stay what they are: text, as delivered. "" means that LeerID said nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date

Claims = Mapping[str, Any]


class UnreadableError(Exception):
    """A claim has a form that leaves its meaning open; guessing would be worse than refusing."""

    def __init__(self, claim: str) -> None:
        super().__init__(f"{claim} cannot be read")
        self.claim = claim


@dataclass(frozen=True, kw_only=True)
class Name:
    """A name as delivered; a pupil may have no first name."""

    given_name: str
    family_name: str


@dataclass(frozen=True, kw_only=True)
class BirthDate:
    """Three parts; any of them may be "" or "00"."""

    day: str
    month: str
    year: str


@dataclass(frozen=True, kw_only=True)
class Enrolment:
    """One line of `ov_inschrijvingen`. The dates are None when LeerID sends none, which is what we expect (a guess)."""

    school_number: str
    pupil_number: str
    main_structure: str
    group_code: str
    group_name: str
    starts: date | None = None
    ends: date | None = None


@dataclass(frozen=True, kw_only=True)
class Applicant:
    """Somebody the provider vouches for and who asks to come in. Only for a pupil is there an `account_uuid`."""

    subject: str
    issuer: str = ""
    account_uuid: str = ""
    leer_id_uuid: str = ""
    former_account_uuids: tuple[str, ...] = ()
    name: Name = Name(given_name="", family_name="")
    birth_date: BirthDate = BirthDate(day="", month="", year="")
    email: str = ""
    enrolments: tuple[Enrolment, ...] = ()
    enrolments_readable: bool = True

    @property
    def is_pupil(self) -> bool:
        """Whether this person came with a LeerID account."""
        return bool(self.account_uuid)

    @property
    def is_identified(self) -> bool:
        """Whether LeerID knows who this pupil is: only then there is a leer_id_uuid."""
        return bool(self.leer_id_uuid)


def texts(claims: Claims, name: str) -> tuple[str, ...]:
    """Read a claim that may be absent, null, one value or a list of values (LR-59); "" and null count for nothing.

    Raises:
        UnreadableError: when an element is neither text nor number.
    """
    value = claims.get(name)
    elements = value if isinstance(value, list) else [value]
    return tuple(text for element in elements if (text := _text(name, element)))


def text(claims: Claims, name: str) -> str:
    """Read a claim that holds at most one value; "" when there is none.

    Raises:
        UnreadableError: when there are several.
    """
    found = texts(claims, name)
    if len(set(found)) > 1:
        raise UnreadableError(name)
    return found[0] if found else ""


def padded(value: str, digits: int) -> str:
    """Give a number back the leading zeros that some system dropped."""
    return value.zfill(digits) if value.isdecimal() else value


def _text(name: str, element: object) -> str:
    if element is None:
        return ""
    if isinstance(element, str):
        return element
    if isinstance(element, int) and not isinstance(element, bool):
        return str(element)
    raise UnreadableError(name)
