"""Decisions about reading: what a claim means when it comes in one of the forms it is seen in."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from relying_party.signin.pupil import BirthDate, Claims, Enrolment, Name, UnreadableError, padded, text, texts

if TYPE_CHECKING:
    from collections.abc import Callable

ENROLMENTS = "ov_inschrijvingen"
STARTS, ENDS = "begindatum", "einddatum"
"""A guess: the protocol lists no dates. If they come, they are expected under these names, as YYYY-MM-DD."""


def merged_claims(id_token: Claims, userinfo: Claims) -> Claims:
    """Read both. Where ID token and userinfo differ, the signed one counts (OpenID Connect Core 16.11)."""
    return {**userinfo, **id_token}


def read_name(claims: Claims) -> Name:
    """Names stay as delivered: no other case, no missing accents, no invented first name (LR-53)."""
    return Name(given_name=text(claims, "given_name"), family_name=text(claims, "family_name"))


def read_leer_id(claims: Claims) -> str:
    """A pupil without leer_id_uuid - absent, null, empty, empty list - is a pupil who is not identified (LR-29)."""
    return text(claims, "ov_leerid_uuid")


def read_school_number(number: str) -> str:
    """The number of a school is text of six digits; zeros in front belong to it (LR-55)."""
    return padded(number, 6)


def read_account(claims: Claims) -> str:
    """The LeerID account, one value or a list of one."""
    return text(claims, "ov_account_uuid")


def read_former_accounts(claims: Claims) -> tuple[str, ...]:
    """The accounts this pupil had before; absent and empty are the same (LR-35)."""
    return tuple(dict.fromkeys(texts(claims, "ov_historiek_account_uuid")))


def read_birth_date(claims: Claims) -> BirthDate:
    """Three parts as delivered; nothing is completed (LR-54)."""
    return BirthDate(
        day=padded(text(claims, "ov_geboortedag"), 2),
        month=padded(text(claims, "ov_geboortemaand"), 2),
        year=text(claims, "ov_geboortejaar"),
    )


def read_email(claims: Claims) -> str:
    """An address, or nothing; none is invented (LR-42)."""
    return text(claims, "email")


def read_enrolments(claims: Claims, read_school_number: Callable[[str], str]) -> tuple[Enrolment, ...]:
    """Every line of the list; one line that cannot be read spoils the list (LR-10).

    Raises:
        UnreadableError: when this is no list of enrolments.
    """
    lines = claims.get(ENROLMENTS, [])
    lines = [lines] if isinstance(lines, dict) else lines
    if not isinstance(lines, list) or not all(isinstance(line, dict) for line in lines):
        raise UnreadableError(ENROLMENTS)
    return tuple(_enrolment(line, read_school_number) for line in lines)


def _enrolment(line: Claims, read_school_number: Callable[[str], str]) -> Enrolment:
    number = text(line, "instellingsnummer")
    if not number.isdecimal():
        raise UnreadableError(ENROLMENTS)
    return Enrolment(
        school_number=read_school_number(number),
        pupil_number=padded(text(line, "stamnummer"), 7),
        main_structure=padded(text(line, "hoofdstructuur"), 3),
        group_code=text(line, "administratieve_groep_code"),
        group_name=text(line, "administratieve_groep_omschrijving"),
        starts=_day(line, STARTS),
        ends=_day(line, ENDS),
    )


def _day(line: Claims, name: str) -> date | None:
    told = text(line, name)
    try:
        return date.fromisoformat(told) if told else None
    except ValueError:
        raise UnreadableError(ENROLMENTS) from None
