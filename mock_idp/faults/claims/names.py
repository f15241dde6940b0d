"""Circumstances of the first name of a pupil, and one fault: texts that pages, databases and lists of letters fear."""

from __future__ import annotations

from typing import Any, Final

from mock_idp.faults.bending import put, put_if_present
from mock_idp.faults.material import MARKUP
from mock_idp.faults.registry import circumstance, fault
from mock_idp.faults.seam import Seam

Claims = dict[str, Any]

ACCOUNT: Final = "ov_account_uuid"
NAME: Final = "given_name"
BIRTH_PARTS: Final = ("ov_geboortejaar", "ov_geboortemaand", "ov_geboortedag")
RIGHT_TO_LEFT: Final = "\u202e\u05e0\u05d5\u05e2\u05d4\u202c"
EMOJI: Final = "Noor \N{FOX FACE}\N{WOMAN}\N{ZERO WIDTH JOINER}\N{ROCKET}"
WITH_NUL: Final = "No\0or"
LONG: Final = "Noor " * 1999 + "Noora"
"""Ten thousand characters."""


def _called(claims: Claims, name: str) -> Claims:
    return put_if_present(claims, **{NAME: name}) if ACCOUNT in claims else claims


@circumstance(Seam.CLAIMS, requirements=["CLM-34"])
def name_markup(claims: Claims) -> Claims:
    """The first name of a pupil is markup that loads a picture and runs a script."""
    return _called(claims, MARKUP)


@circumstance(Seam.CLAIMS, requirements=["CLM-34"])
def name_right_to_left(claims: Claims) -> Claims:
    """The first name of a pupil is Hebrew, between characters that turn the direction of writing."""
    return _called(claims, RIGHT_TO_LEFT)


@circumstance(Seam.CLAIMS, requirements=["CLM-34"])
def name_emoji(claims: Claims) -> Claims:
    """The first name of a pupil has pictures for letters, one of them joined of two."""
    return _called(claims, EMOJI)


@circumstance(Seam.CLAIMS, requirements=["CLM-34"])
def name_with_nul(claims: Claims) -> Claims:
    """The first name of a pupil has the character NUL in it, which many databases do not take."""
    return _called(claims, WITH_NUL)


@circumstance(Seam.CLAIMS, requirements=["CLM-34"])
def name_long(claims: Claims) -> Claims:
    """The first name of a pupil has ten thousand characters."""
    return _called(claims, LONG)


@fault(Seam.CLAIMS, requirements=["CLM-35"])
def name_object(claims: Claims) -> Claims:
    """The first name of a pupil is an object, one member for each language."""
    is_honest = ACCOUNT in claims and isinstance(claims.get(NAME), str)
    return put(claims, **{NAME: {"nl": claims[NAME]}}) if is_honest else claims


@circumstance(Seam.CLAIMS, requirements=["CLM-35"])
def birth_parts_numbers(claims: Claims) -> Claims:
    """The parts of the birth date of a pupil are numbers, so that zeros in front are lost."""
    told = {name: claims[name] for name in BIRTH_PARTS if name in claims}
    return put(claims, **{name: int(part) for name, part in told.items() if str(part).isdecimal()})
