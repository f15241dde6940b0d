"""Circumstances of the forms in which claims come, or do not come."""

from __future__ import annotations

from typing import Any, Final

from mock_idp.domain.claims.fields import iso_date
from mock_idp.faults.bending import drop, put, put_if_present
from mock_idp.faults.material import ANOTHER_PERSON
from mock_idp.faults.registry import circumstance, fault
from mock_idp.faults.seam import Seam

Claims = dict[str, Any]

ACCOUNT: Final = "ov_account_uuid"
LEER_ID: Final = "ov_leerid_uuid"
HISTORY: Final = "ov_historiek_account_uuid"
ORGCODE: Final = "ov_orgcode"
ENROLMENTS: Final = "ov_inschrijvingen"
SCHOOL: Final = "instellingsnummer"
BIRTH_PARTS: Final = ("ov_geboortejaar", "ov_geboortemaand", "ov_geboortedag")
UNKNOWN_PART: Final = "00"


def _of_pupil(claims: Claims, **members: Any) -> Claims:
    return put_if_present(claims, **members) if ACCOUNT in claims else claims


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _records(claims: Claims) -> list[dict[str, Any]] | None:
    """Return the enrolments; None when there are none as a list of objects."""
    found = claims.get(ENROLMENTS)
    return found if isinstance(found, list) and all(isinstance(each, dict) for each in found) else None


# Shapes of the identifiers


@circumstance(Seam.CLAIMS, requirements=["LR-26"])
def uuids_upper_case(claims: Claims) -> Claims:
    """The uuids of a pupil are written in capitals."""
    if ACCOUNT not in claims:
        return claims
    uuids = {name: _capital(claims[name]) for name in (ACCOUNT, LEER_ID, HISTORY) if name in claims}
    is_account = claims.get("sub") in _listed(claims[ACCOUNT])
    return put(claims, **uuids, **({"sub": _capital(claims["sub"])} if is_account else {}))


def _capital(value: Any) -> Any:
    if isinstance(value, list):
        return [_capital(each) for each in value]
    return value.upper() if isinstance(value, str) else value


@circumstance(Seam.CLAIMS, requirements=["LR-59"])
def leer_id_scalar(claims: Claims) -> Claims:
    """The claim ov_leerid_uuid is a text and no list; without an identification it is absent."""
    found = claims.get(LEER_ID)
    if not isinstance(found, list):
        return claims
    return put(claims, **{LEER_ID: found[0]}) if found else drop(claims, LEER_ID)


@circumstance(Seam.CLAIMS, requirements=["LR-34"])
def history_untidy(claims: Claims) -> Claims:
    """The history of an identified pupil holds accounts twice, the current one too, and one that nobody knows."""
    found = claims.get(HISTORY)
    if not isinstance(found, list) or not claims.get(ACCOUNT) or not claims.get(LEER_ID):
        return claims
    account = _listed(claims[ACCOUNT])[0]
    if account in found:
        return claims
    return put(claims, **{HISTORY: [*found, account, ANOTHER_PERSON, *found, account]})


# Shapes of the birth date


@circumstance(Seam.CLAIMS, requirements=["LR-54"])
def birth_parts_absent(claims: Claims) -> Claims:
    """A part of the birth date that is not known is absent, where 00 is usual."""
    return drop(claims, *(name for name in BIRTH_PARTS if claims.get(name) == UNKNOWN_PART))


@circumstance(Seam.CLAIMS, requirements=["LR-54", "LR-59"])
def birthdate_one(claims: Claims) -> Claims:
    """The birth date is one claim, birthdate, as YYYY-MM-DD, or YYYY when day or month are not known."""
    if not claims.get(BIRTH_PARTS[0]):
        return claims
    year, month, day = (claims.get(name, UNKNOWN_PART) for name in BIRTH_PARTS)
    return put(drop(claims, *BIRTH_PARTS), birthdate=iso_date(year, month, day))


# Shapes of the enrolments; the school code comes first, because it reads them


@circumstance(Seam.CLAIMS, requirements=["LR-59"])
def orgcode_list(claims: Claims) -> Claims:
    """The claim ov_orgcode is a list with the school of every enrolment; of the first one where no others are told."""
    if ORGCODE not in claims:
        return claims
    schools = [each[SCHOOL] for each in _records(claims) or () if SCHOOL in each]
    return put(claims, **{ORGCODE: schools or _listed(claims[ORGCODE])})


@circumstance(Seam.CLAIMS, requirements=["LR-59"])
def orgcode_none(claims: Claims) -> Claims:
    """The claim ov_orgcode is never sent."""
    return drop(claims, ORGCODE)


@circumstance(Seam.CLAIMS, requirements=["LR-59"])
def enrolments_parallel(claims: Claims) -> Claims:
    """The enrolments are parallel lists, one for each of their members, in place of a list of objects."""
    records = _records(claims)
    if records is None:
        return claims
    names = dict.fromkeys(name for each in records for name in each)
    lists = {f"ov_{name}": [each.get(name) for each in records] for name in names}
    return put(drop(claims, ENROLMENTS), **lists)


@circumstance(Seam.CLAIMS, requirements=["LR-59"])
def enrolments_compound(claims: Claims) -> Claims:
    """The enrolments are a list of texts, each with its members between upright bars, in place of objects."""
    records = _records(claims)
    if not records:
        return claims
    return put(claims, **{ENROLMENTS: ["|".join(map(str, each.values())) for each in records]})


# E-mail, and what is missing


@circumstance(Seam.CLAIMS, requirements=["LR-41"])
def email_null(claims: Claims) -> Claims:
    """The e-mail address of a pupil is null."""
    return _of_pupil(claims, email=None)


@circumstance(Seam.CLAIMS, requirements=["LR-41", "LR-42"])
def email_empty(claims: Claims) -> Claims:
    """The e-mail address of a pupil is an empty text."""
    return _of_pupil(claims, email="")


@circumstance(Seam.CLAIMS, requirements=["LR-29"])
def leer_id_missing(claims: Claims) -> Claims:
    """The claim ov_leerid_uuid is absent, where an empty list is usual."""
    return drop(claims, "ov_leerid_uuid")


@circumstance(Seam.CLAIMS, requirements=["LR-29", "LR-59"])
def leer_id_null(claims: Claims) -> Claims:
    """The claim ov_leerid_uuid is null, where an empty list is usual."""
    return put_if_present(claims, ov_leerid_uuid=None)


@circumstance(Seam.CLAIMS, requirements=["LR-59"])
def account_uuid_list(claims: Claims) -> Claims:
    """The claim ov_account_uuid is a list of one."""
    return put_if_present(claims, ov_account_uuid=_listed(claims.get("ov_account_uuid")))


@circumstance(Seam.CLAIMS, requirements=["LR-35"])
def history_absent(claims: Claims) -> Claims:
    """The claim ov_historiek_account_uuid is absent."""
    return drop(claims, "ov_historiek_account_uuid")


@fault(Seam.CLAIMS, requirements=["LR-10"])
def enrolments_missing(claims: Claims) -> Claims:
    """Nothing is released about enrolments: neither ov_inschrijvingen nor ov_orgcode."""
    return drop(claims, "ov_inschrijvingen", "ov_orgcode")
