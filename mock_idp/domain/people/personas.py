"""The personas: named people, each of whom shows one situation. A readable data file, checked as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Annotated, Final

from pydantic import Field

from mock_idp.domain.discimus import groups, schools
from mock_idp.domain.people.book import Book, bound, keyed_row
from mock_idp.domain.people.credentials import user_name_of
from mock_idp.domain.people.reading import Reader
from mock_idp.domain.people.written import EnrolledRow, MovedRow, PersonRow, Row
from mock_idp.domain.problems import parsed, validated

if TYPE_CHECKING:
    from datetime import date

    from mock_idp.domain.people.person import Person

FILE: Final = files("mock_idp.domain.people") / "data" / "personas.toml"


class Group(StrEnum):
    """How the sign-in page groups the personas: by what they prove."""

    EVERYDAY = "everyday"
    IDENTITY = "identity"
    ENROLMENT = "enrolment"
    DATA = "data"
    TIME = "time"
    TROUBLE = "trouble"
    OTHERS = "others"


class PersonaRow(PersonRow):
    """One persona as it stands in the file: a person, and what signing in as them shows."""

    id: str = Field(pattern=r"^P[0-9]{2}[a-z]?$")
    slug: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    group: Group
    title: str = Field(min_length=1)
    title_en: str = Field(min_length=1)
    proves: str = Field(min_length=1)
    requirements: tuple[str, ...] = Field(min_length=1)
    visits: tuple[int, ...] = Field(default=(0,), min_length=1)
    suggests: tuple[Annotated[str, Field(pattern=r"^[a-z-]+\.[a-z0-9-]+$")], ...] = ()


class PersonasFile(Row):
    """The whole file."""

    personas: tuple[PersonaRow, ...] = Field(min_length=1)


@dataclass(frozen=True, kw_only=True)
class Persona:
    """Somebody to sign in as. `title` is Dutch; `proves` says in English what signing in shows.

    `visits`: days from the day at start on which to sign in, in order; `suggests`: faults to arm on a stage.
    """

    id: str
    slug: str
    group: Group
    title: str
    title_en: str
    proves: str
    requirements: tuple[str, ...]
    visits: tuple[int, ...]
    suggests: tuple[str, ...]
    schools: tuple[str, ...]
    person: Person

    @property
    def user_name(self) -> str:
        """The user name that opens the account."""
        return self.person.user_name

    @property
    def password(self) -> str:
        """The password; it opens nothing but this mock."""
        return self.person.password

    @property
    def given_name(self) -> str | None:
        """The given name at the beginning."""
        return self.person.given_name

    @property
    def family_name(self) -> str:
        """The family name at the beginning."""
        return self.person.family_name

    @property
    def full_name(self) -> str:
        """The name as a reader expects it."""
        return self.person.full_name

    @property
    def circumstances(self) -> tuple[str, ...]:
        """What always holds when this persona signs in."""
        return self.person.circumstances

    @property
    def school(self) -> str | None:
        """The names of the schools in their life, for a person to read."""
        return " + ".join(self.schools) or None


class Personas:
    """All personas by slug, in the order of the file. A `Directory`."""

    def __init__(self, personas: tuple[Persona, ...]) -> None:
        self._by_slug = {each.slug: each for each in personas}
        self._book = Book({each.slug: each.person for each in personas})

    def all(self) -> tuple[Persona, ...]:
        """Return every persona in the order of the file."""
        return tuple(self._by_slug.values())

    def get(self, slug: str) -> Persona | None:
        """Return the persona of that name, if there is one."""
        return self._by_slug.get(slug)

    def find(self, user_name: str) -> Person | None:
        """Return the person of a user name, in whatever case it is written."""
        return self._book.find(user_name)


def read_personas(*, anchor: date, seed: int = 0, text: str | None = None) -> Personas:
    """Return the personas that come with the mock, or of another file's `text`; raise `ProblemsError`."""
    return _built_in(anchor, seed) if text is None else _personas(text, anchor, seed)


@lru_cache(8)
def _built_in(anchor: date, seed: int) -> Personas:
    """Return the personas that come with the mock; they never change, and several mocks of one process share them."""
    return _personas(FILE.read_text("utf-8"), anchor, seed)


def _personas(text: str, anchor: date, seed: int) -> Personas:
    document = parsed(text, FILE.name)
    file = validated(PersonasFile, document, FILE.name)
    by_slug = {row.slug: row for row in file.personas}
    reader = Reader(anchor=anchor, seed=seed, schools=schools(), groups=groups())
    keyed = [
        keyed_row(row, row.slug, f"personas[{number}]", _user_name(row, by_slug))
        for number, row in enumerate(file.personas)
    ]
    people = bound(keyed, reader, FILE.name)
    return Personas(tuple(_persona(row, people[row.slug], by_slug) for row in file.personas))


def _user_name(row: PersonaRow, by_slug: dict[str, PersonaRow]) -> str:
    named = by_slug.get(row.same_pupil_as or "", row)
    return row.user_name or user_name_of(named.given_name, named.family_name or "", row.slug)


def _persona(row: PersonaRow, person: Person, by_slug: dict[str, PersonaRow]) -> Persona:
    shown = {name: getattr(row, name) for name in PersonaRow.model_fields if name in Persona.__dataclass_fields__}
    life = by_slug.get(row.same_pupil_as or "", row).life
    numbers = [number for each in life if (number := _school_begun(each))]
    numbers += [row.citizen.school] if row.citizen and row.citizen.school else []
    names = dict.fromkeys(schools()[number].name for number in numbers)
    return Persona(**shown, person=person, schools=tuple(names))


def _school_begun(moment: Row) -> str | None:
    if isinstance(moment, EnrolledRow):
        return moment.school
    return moment.to if isinstance(moment, MovedRow) else None
