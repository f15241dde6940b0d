"""Defects in reading what LeerID says."""

from __future__ import annotations

import unicodedata

from relying_party.defects.registry import defect
from relying_party.signin.pupil import Claims, Name
from relying_party.signin.rules import reading


@defect(replaces=reading.merged_claims, requirements=("LR-59",))
def userinfo_ignored(id_token: Claims, userinfo: Claims) -> Claims:  # noqa: ARG001  that is the defect
    """Reads the pupil's data from the ID token alone."""
    return id_token


@defect(replaces=reading.read_school_number, requirements=("LR-55",))
def school_number_as_integer(number: str) -> str:
    """Drops the zeros in front of a school's number."""
    return str(int(number))


@defect(replaces=reading.read_name, requirements=("LR-53",))
def name_ascii_folded(claims: Claims) -> Name:
    """Drops the accents of names."""
    name = reading.read_name(claims)
    return Name(given_name=_folded(name.given_name), family_name=_folded(name.family_name))


@defect(replaces=reading.read_leer_id, requirements=("LR-29", "LR-59", "CLM-36"))
def crash_on_missing_claim(claims: Claims) -> str:
    """Crashes when the claim ov_leerid_uuid is missing."""
    told = claims["ov_leerid_uuid"]
    return reading.read_leer_id({"ov_leerid_uuid": told})


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
