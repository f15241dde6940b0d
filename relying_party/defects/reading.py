"""Defects in reading what LeerID says."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Final

from relying_party.defects.registry import defect
from relying_party.signin.pupil import BirthDate, Claims, Name, UnreadableError
from relying_party.signin.rules import reading

NARROW: Final = 255
BIRTH_PARTS: Final = ("ov_geboortedag", "ov_geboortemaand", "ov_geboortejaar")


@defect(replaces=reading.merged_claims, requirements=("LR-59",))
def userinfo_ignored(id_token: Claims, userinfo: Claims) -> Claims:  # noqa: ARG001  that is the defect
    """Reads the pupil's data from the ID token alone."""
    return id_token


@defect(replaces=reading.merged_claims, requirements=("UIN-09",))
def userinfo_wins(id_token: Claims, userinfo: Claims) -> Claims:
    """Believes userinfo where it says something else than the ID token, which is signed."""
    return {**id_token, **userinfo}


@defect(replaces=reading.merged_claims, requirements=("CLM-33", "LR-45"))
def unknown_claims_refused(id_token: Claims, userinfo: Claims) -> Claims:
    """Refuses claims that it cannot read, though it needs none of them."""
    claims = reading.merged_claims(id_token, userinfo)
    for name, value in claims.items():
        if isinstance(value, dict):
            raise UnreadableError(name)
    return claims


@defect(replaces=reading.read_account, requirements=("LR-59",))
def account_text_only(claims: Claims) -> str:
    """Refuses an ov_account_uuid that comes as a list of one."""
    if not isinstance(claims["ov_account_uuid"], str):
        raise UnreadableError("ov_account_uuid")
    return reading.read_account(claims)


@defect(replaces=reading.read_former_accounts, requirements=("LR-35",))
def history_required(claims: Claims) -> tuple[str, ...]:
    """Refuses pupils of whose earlier accounts nothing is said."""
    if "ov_historiek_account_uuid" not in claims:
        raise UnreadableError("ov_historiek_account_uuid")
    return reading.read_former_accounts(claims)


@defect(replaces=reading.read_birth_date, requirements=("LR-54",))
def birth_date_complete(claims: Claims) -> BirthDate:
    """Crashes on a birth date of which the day or the month is unknown."""
    told = reading.read_birth_date(claims)
    date(int(told.year), int(told.month), int(told.day))
    return told


@defect(replaces=reading.read_school_number, requirements=("LR-55",))
def school_number_as_integer(number: str) -> str:
    """Drops the zeros in front of a school's number."""
    return str(int(number))


@defect(replaces=reading.read_name, requirements=("LR-53",))
def name_ascii_folded(claims: Claims) -> Name:
    """Drops the accents of names."""
    name = reading.read_name(claims)
    return Name(given_name=_folded(name.given_name), family_name=_folded(name.family_name))


@defect(replaces=reading.read_name, requirements=("CLM-34",))
def name_in_latin_1(claims: Claims) -> Name:
    """Crashes on a name with letters that are not of western Europe."""
    name = reading.read_name(claims)
    f"{name.given_name}{name.family_name}".encode("latin-1")
    return name


@defect(replaces=reading.read_name, requirements=("CLM-34",))
def name_in_narrow_column(claims: Claims) -> Name:
    """Crashes on a name that its database does not take: too long, or with NUL in it."""
    name = reading.read_name(claims)
    if len(name.given_name) > NARROW or "\0" in name.given_name:
        raise ValueError("nobody thought of that")
    return name


@defect(replaces=reading.read_name, requirements=("CLM-35",))
def name_of_another_type_crashes(claims: Claims) -> Name:
    """Crashes on a name that is no text."""
    (claims.get("given_name") or "").strip()
    return reading.read_name(claims)


@defect(replaces=reading.read_birth_date, requirements=("CLM-35",))
def birth_part_of_another_type_crashes(claims: Claims) -> BirthDate:
    """Crashes on a birth date of which a part is no text."""
    "".join(claims.get(name) or "" for name in BIRTH_PARTS)
    return reading.read_birth_date(claims)


@defect(replaces=reading.read_leer_id, requirements=("LR-29", "LR-59", "CLM-36"))
def crash_on_missing_claim(claims: Claims) -> str:
    """Crashes when the claim ov_leerid_uuid is missing."""
    told = claims["ov_leerid_uuid"]
    return reading.read_leer_id({"ov_leerid_uuid": told})


@defect(replaces=reading.merged_claims, requirements=("LR-59",))
def id_token_unread(id_token: Claims, userinfo: Claims) -> Claims:
    """Reads the pupil's data from userinfo alone."""
    return {**userinfo, "sub": id_token["sub"]}


@defect(replaces=reading.read_leer_id, requirements=("LR-59",))
def leer_id_list_only(claims: Claims) -> str:
    """Refuses an ov_leerid_uuid that comes as a text."""
    if isinstance(claims.get("ov_leerid_uuid"), str):
        raise UnreadableError("ov_leerid_uuid")
    return reading.read_leer_id(claims)


@defect(replaces=reading.read_account, requirements=("LR-26",))
def uuid_in_small_letters_only(claims: Claims) -> str:
    """Refuses an ov_account_uuid that is written in capitals."""
    account = reading.read_account(claims)
    if account != account.lower():
        raise UnreadableError("ov_account_uuid")
    return account


@defect(replaces=reading.read_account, requirements=("LR-26",))
def subject_taken_for_account(claims: Claims) -> str:
    """Refuses pupils whose sub is not their ov_account_uuid."""
    account = reading.read_account(claims)
    if account and claims["sub"] != account:
        raise UnreadableError("sub")
    return account


@defect(replaces=reading.read_birth_date, requirements=("LR-54",))
def birth_parts_required(claims: Claims) -> BirthDate:
    """Crashes when the parts of the birth date are not all there."""
    is_pupil = "ov_account_uuid" in claims
    return reading.read_birth_date({name: claims[name] for name in BIRTH_PARTS} if is_pupil else claims)


@defect(replaces=reading.read_account, requirements=("LR-59",))
def one_orgcode_required(claims: Claims) -> str:
    """Refuses pupils whose ov_orgcode is not one number."""
    account = reading.read_account(claims)
    if account and not isinstance(claims.get("ov_orgcode"), str):
        raise UnreadableError("ov_orgcode")
    return account


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
