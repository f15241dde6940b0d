"""Canaries: what tells who somebody is, and so must turn up nowhere but where it belongs. Pure.

With people of each scenario's own nobody else has these values, so wherever one stands it was brought there.
"""

import json
from collections.abc import Iterator, Mapping
from html import escape
from types import MappingProxyType
from typing import Final
from urllib.parse import quote, quote_plus

from pydantic import JsonValue

from conformance.evidence import Visit, scalars

SHORTEST: Final = 5
"""Shorter values, such as a family name of three letters, turn up by chance."""
UNKNOWN_PART: Final = "00"
NUMBER: Final = "the pupil number"
SCHOOL: Final = "instellingsnummer"
BIRTH: Final = ("ov_geboortejaar", "ov_geboortemaand", "ov_geboortedag")
WRITTEN: Final[Mapping[str, str]] = MappingProxyType(
    {"family_name": "the family name", "email": "the e-mail address", "rrn": "the national number"}
)
"""Claims that no log needs, and what each is in words that give nothing away."""
KEYS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "sub": "the subject",
        "ov_account_uuid": "the account",
        "ov_leerid_uuid": "the leer_id_uuid",
        "ov_historiek_account_uuid": "a former account",
    }
)
"""Claims by which somebody is known again; a log may name who was here by one of them."""


def of_person(visit: Visit) -> dict[str, str]:
    """What was delivered that nobody else has: values, each with what it is."""
    return _claimed(visit.released, {**WRITTEN, **KEYS}) | _numbers(visit.released)


def for_no_log(visit: Visit) -> dict[str, str]:
    """What was delivered and belongs into no log: names, addresses, numbers and the birth date."""
    released = visit.released
    return _claimed(released, WRITTEN) | _numbers(released) | dict.fromkeys(_birth_dates(released), "the birth date")


def for_no_other(visit: Visit) -> dict[str, str]:
    """What no page shows to another pupil: who somebody is, and in which group."""
    return _groups(visit.released) | of_person(visit)


def national_numbers(visit: Visit) -> frozenset[str]:
    """The national numbers that were delivered."""
    return frozenset(scalars(visit.released.get("rrn")))


def found_in(text: str, canaries: Mapping[str, str]) -> tuple[str, ...]:
    """What stands in a text, in capitals or not, as it is or written for an address, a script or a page."""
    text = text.casefold()
    return tuple(sorted({what for value, what in canaries.items() if any(form in text for form in _forms(value))}))


def _forms(value: str) -> set[str]:
    forms = (value, quote(value), quote_plus(value), json.dumps(value)[1:-1], escape(value))
    return {form.casefold() for form in forms}


def _claimed(released: Mapping[str, JsonValue], wanted: Mapping[str, str]) -> dict[str, str]:
    told = ((text, what) for name, what in wanted.items() for text in scalars(released.get(name)))
    return {text: what for text, what in told if len(text) >= SHORTEST}


def _numbers(released: Mapping[str, JsonValue]) -> dict[str, str]:
    found = [text for each in _enrolments(released) for text in scalars(each.get("stamnummer"))]
    return {text: NUMBER for text in found if len(text) >= SHORTEST}


def _groups(released: Mapping[str, JsonValue]) -> dict[str, str]:
    """Everything told of an enrolment but the school, which many share, and the number, which is told apart."""
    members = [pair for each in _enrolments(released) for pair in each.items()]
    texts = [text for name, value in members if name not in {SCHOOL, "stamnummer"} for text in scalars(value)]
    return {text: "the group" for text in texts if len(text) >= SHORTEST}


def _enrolments(released: Mapping[str, JsonValue]) -> Iterator[dict[str, JsonValue]]:
    listed = released.get("ov_inschrijvingen")
    yield from (each for each in (listed if isinstance(listed, list) else ()) if isinstance(each, dict))


def _birth_dates(released: Mapping[str, JsonValue]) -> Iterator[str]:
    """The birth date as dates are written, when all of it is known."""
    yield from (text for text in scalars(released.get("birthdate")) if len(text) > len("2012"))
    parts = [text for name in BIRTH for text in scalars(released.get(name))]
    if len(parts) == len(BIRTH) and UNKNOWN_PART not in parts:
        year, month, day = parts
        yield from (f"{year}-{month}-{day}", f"{day}/{month}/{year}", f"{day}-{month}-{year}", f"{day}.{month}.{year}")
