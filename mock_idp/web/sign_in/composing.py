"""A pupil of one's own: from what was typed to the written form of a person, or to what is wrong field by field."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from mock_idp.domain.discimus import Sex
from mock_idp.domain.insz import Number
from mock_idp.domain.people.days import YEARS, school_year_of
from mock_idp.domain.people.written import PersonRow
from mock_idp.domain.problems import validated
from mock_idp.domain.randomness import drawn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from mock_idp.domain.discimus import Group, School

    Problems = Iterator[tuple[str, str]]

ENROLMENTS: Final = ("1", "2")
LONGEST: Final = 200
ONE_DAY: Final = timedelta(days=1)
SEQUENCES: Final = 100_000
FORM: Final = "form"
"""What problems call the place where somebody was written down."""

NUMBERS: Final[Mapping[str, Any]] = {
    Number.RRN.value: _("National Register number"),
    Number.BIS.value: _("BIS number"),
    Number.NONE.value: _("None: not identified, a temporary account"),
}
SEXES: Final[Mapping[str, Any]] = {Sex.FEMALE.value: _("Girl"), Sex.MALE.value: _("Boy")}
ACCOUNTS: Final[Mapping[str, Any]] = {
    "": _("In use"),
    "account-blocked": _("Blocked"),
    "password-expired": _("The password must be changed first"),
    "account-withheld": _("Not handed out yet"),
    "account-opened": _("Opened tomorrow"),
}
"""What can be chosen, with its words. The states of an account are the moments that bring them about."""


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What was typed, spaces around it taken off, on a stage of this day; and what people can be enrolled in."""

    typed: Mapping[str, str]
    day: date
    schools: Mapping[str, School]
    groups: Mapping[str, Group]

    def __getitem__(self, field: str) -> str:
        return self.typed.get(field, "").strip()

    def school(self, number: str) -> str:
        """Return the school of an enrolment: the one that was written, else the one that was chosen."""
        return self[f"other_school_{number}"] or self[f"school_{number}"]

    @property
    def enrolments(self) -> tuple[str, ...]:
        """The enrolments that name a school."""
        return tuple(each for each in ENROLMENTS if self.school(each))

    def date(self, field: str) -> date | None:
        """Return the date in a field; None when it holds none, or one that no register can hold."""
        try:
            found = date.fromisoformat(self[field])
        except ValueError:
            return None
        return found if found.year in YEARS else None


def defaults(day: date) -> dict[str, str]:
    """Return what the empty form begins with: an identified pupil, enrolled since the beginning of the school year."""
    begin = date(school_year_of(day), 9, 1).isoformat()
    return {
        "sex": Sex.FEMALE.value,
        "number": Number.RRN.value,
        "school_1": "700202",
        **{f"group_{each}": "900302" for each in ENROLMENTS},
        **{f"from_{each}": begin for each in ENROLMENTS},
    }


# What is wrong -------------------------------------------------------------------------------------------------------


def problems_of(wish: Wish) -> dict[str, str]:
    """Return what is wrong by field, in the order of the form, one sentence each; empty when nothing is."""
    found: dict[str, str] = {}
    for check in CHECKS:
        for field, words in check(wish):
            found.setdefault(field, words)
    return found


def _names(wish: Wish) -> Problems:
    for field in ("given_name", "family_name"):
        if len(wish[field]) > LONGEST:
            yield field, gettext("Write at most %(most)s characters.", most=LONGEST)
    if not wish["family_name"]:
        yield "family_name", gettext("Write a family name. Only the first name can be left out.")


def _birth(wish: Wish) -> Problems:
    if not _is_number(wish["birth_day"] or "0", 0, 31):
        yield "birth_day", gettext("Write a day from 1 to 31, or nothing if it is not known.")
    if not _is_number(wish["birth_month"] or "0", 0, 12):
        yield "birth_month", gettext("Write a month from 1 to 12, or nothing if it is not known.")
    if not _is_number(wish["birth_year"], YEARS.start, wish.day.year):
        first, last = YEARS.start, wish.day.year
        yield "birth_year", gettext("Write a year from %(first)s to %(last)s.", first=first, last=last)


def _is_number(text: str, least: int, most: int) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= len(str(most)) and least <= int(text) <= most


def _choices(wish: Wish) -> Problems:
    for field, choices in (("sex", SEXES), ("number", NUMBERS), ("account", ACCOUNTS)):
        if wish[field] not in choices:
            yield field, gettext("Choose one of the list.")


def _email(wish: Wish) -> Problems:
    email = wish["email"]
    name, _at, domain = email.partition("@")
    if email and not (name and domain and len(email) <= LONGEST and email.isprintable() and " " not in email):
        yield "email", gettext("Write an address with an @ in it, or nothing.")


def _identified(wish: Wish) -> Problems:
    if not wish["identified_on"]:
        return
    if wish.date("identified_on") is None:
        yield "identified_on", gettext("Write a date, as 2026-09-01, or nothing.")
    if wish["number"] == Number.NONE:
        yield "identified_on", gettext("Leave this empty, or choose the number that was found.")


def _enrolments(wish: Wish) -> Problems:
    for each in wish.enrolments:
        field = f"other_school_{each}" if wish[f"other_school_{each}"] else f"school_{each}"
        if wish.school(each) not in wish.schools:
            yield field, gettext("There is no school with the number %(number)s.", number=wish.school(each)[:LONGEST])
        if wish[f"group_{each}"] not in wish.groups:
            yield f"group_{each}", gettext("Choose one of the list.")
        yield from _period(wish, f"from_{each}", f"until_{each}")
    if len(wish.enrolments) > len({wish.school(each) for each in wish.enrolments}):
        yield "school_2", gettext("This is the school of the first enrolment; a second one is at another school.")


def _period(wish: Wish, begin: str, end: str) -> Problems:
    starts_on, ends_on = wish.date(begin), wish.date(end)
    if starts_on is None:
        yield begin, gettext("Write a date, as 2026-09-01.")
    if wish[end] and (ends_on is None or (ends_on + ONE_DAY).year not in YEARS):
        yield end, gettext("Write a date, as 2026-09-01, or nothing.")
    if starts_on and ends_on and ends_on < starts_on:
        yield end, gettext("The last day comes before the first one.")


CHECKS: Final[tuple[Callable[[Wish], Problems], ...]] = (_names, _birth, _choices, _email, _identified, _enrolments)


# What it makes -------------------------------------------------------------------------------------------------------


def row_of(wish: Wish) -> PersonRow:
    """Return the written form of the pupil of a wish; raise `ProblemsError` by member when it cannot be written."""
    identified = wish["identified_on"]
    document = {
        "given_name": wish["given_name"] or None,
        "family_name": wish["family_name"],
        "birth": {
            "day": wish["birth_day"].zfill(2),
            "month": wish["birth_month"].zfill(2),
            "year": wish["birth_year"],
        },
        "sex": wish["sex"],
        "number": Number.NONE.value if identified else wish["number"],
        "email": wish["email"] or None,
        "life": list(_life(wish)),
    }
    return validated(PersonRow, document, FORM)


def _life(wish: Wish) -> Iterator[dict[str, Any]]:
    for each in wish.enrolments:
        yield from _enrolment(wish, each)
    if wish["identified_on"]:
        yield {"on": wish["identified_on"], "is": "identified", "number": wish["number"]}
    if wish["account"] == "account-opened":
        yield {"on": (wish.day + ONE_DAY).isoformat(), "is": "account-opened"}
    elif wish["account"]:
        yield {"on": _beginning(wish).isoformat(), "is": wish["account"]}


def _enrolment(wish: Wish, number: str) -> Iterator[dict[str, Any]]:
    """Yield the moments of an enrolment: nobody is asked for a register number, so it is made up."""
    begin, end, school = wish[f"from_{number}"], wish.date(f"until_{number}"), wish.school(number)
    sequence = drawn("stamnummer", wish["given_name"], wish["family_name"], school, below=SEQUENCES)
    stamnummer = f"{begin[2:4]}{sequence:05}"
    yield {"on": begin, "is": "enrolled", "school": school, "stamnummer": stamnummer, "group": wish[f"group_{number}"]}
    if end:
        yield {"on": (end + ONE_DAY).isoformat(), "is": "left", "school": school}


def _beginning(wish: Wish) -> date:
    """Return the first day of the life: a temporary account gets a new uuid each school year from then on."""
    begins = (wish.date(f"from_{each}") for each in wish.enrolments)
    return min([*(each for each in begins if each), wish.day])
