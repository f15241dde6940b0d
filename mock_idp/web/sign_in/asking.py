"""What was asked of the search: text, situation and school from the address, checked, and told what was not taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from flask_babel import gettext

from mock_idp.domain.finding import is_called
from mock_idp.domain.population import Situation
from mock_idp.domain.population.search import words_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mock_idp.domain.discimus import School

LONGEST: Final = 200
MOST_SCHOOLS: Final = 3
"""How many schools of one name are told of."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Whom somebody looks for. `school`: as it was typed; `number`: of the school that it means.

    `notes`: what was not taken as it came; `can_search`: whether what is left makes sense.
    """

    text: str = ""
    situation: Situation | None = None
    school: str = ""
    number: str | None = None
    notes: tuple[str, ...] = ()
    can_search: bool = True


def asked_of(arguments: Mapping[str, str], schools: Mapping[str, School]) -> Asked:
    """Return what the arguments of an address ask for; a school may be written by number or by name."""
    text, school = arguments.get("q", "").strip(), arguments.get("school", "").strip()
    situation, unknown = _situation(arguments.get("situation", ""))
    number, trouble = _number(school[:LONGEST], schools) if school else (None, "")
    too_long = _too_long(text) if len(text) > LONGEST else ""
    nothing = "" if text or situation or school else gettext("Write a name, or choose a situation or a school.")
    return Asked(
        text=text[:LONGEST],
        situation=situation,
        school=school[:LONGEST],
        number=number,
        notes=tuple(filter(None, (too_long, unknown, trouble, nothing))),
        can_search=not (too_long or trouble or nothing),
    )


def _too_long(text: str) -> str:
    sentence: str = gettext(
        "That is a text of %(length)s characters; nobody is called that. Search for at most %(most)s.",
        length=len(text),
        most=LONGEST,
    )
    return sentence


def _situation(value: str) -> tuple[Situation | None, str]:
    """Return the situation of a value, or why there is none."""
    if not value:
        return None, ""
    try:
        return Situation(value), ""
    except ValueError:
        return None, gettext("There is no situation %(value)s, so it was left out.", value=value[:LONGEST])


def _number(written: str, schools: Mapping[str, School]) -> tuple[str | None, str]:
    """Return the number of the school that is meant, or why it is not known which."""
    if written in schools:
        return written, ""
    words = words_of(written)
    found = [each for each in schools.values() if is_called(words, words_of(f"{each.number} {each.name}"))]
    if len(found) == 1:
        return found[0].number, ""
    if not found:
        return None, gettext("There is no school %(school)s. Write its number, or words of its name.", school=written)
    names = ", ".join(f"{each.name} ({each.number})" for each in found[:MOST_SCHOOLS])
    return None, gettext(
        "%(count)s schools are called %(school)s, among them %(names)s. Write one number, or more of the name.",
        count=len(found),
        school=written,
        names=names,
    )
