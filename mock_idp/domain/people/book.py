"""A book of people: one document, checked as a whole, and everybody in it by name and by user name."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from mock_idp.domain.discimus import Group, School, groups, schools
from mock_idp.domain.people.credentials import user_name_of
from mock_idp.domain.people.reading import Reader
from mock_idp.domain.people.rules import Keyed, Known, broken_rules
from mock_idp.domain.people.written import PeopleFile, PersonRow
from mock_idp.domain.problems import ProblemsError, parsed, validated

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from mock_idp.domain.people.person import Person


class Book:
    """People by key (slug or user name) and by user name. A `Directory`."""

    def __init__(self, people: Mapping[str, Person]) -> None:
        self._people = MappingProxyType(dict(people))
        self._by_user_name = {person.user_name: person for person in people.values()}

    def all(self) -> tuple[Person, ...]:
        """Return everybody in the order of the document."""
        return tuple(self._people.values())

    def get(self, key: str) -> Person | None:
        """Return the person of that key, if there is one."""
        return self._people.get(key)

    def find(self, user_name: str) -> Person | None:
        """Return the person of a user name, in whatever case it is written."""
        return self._by_user_name.get(user_name.strip().lower())


def read_people(
    text: str, file: str, *, anchor: date, seed: int = 0, known_schools: Mapping[str, School] | None = None
) -> Book:
    """Return the people of a TOML document of `[[people]]` tables; raise `ProblemsError` with all problems."""
    document = validated(PeopleFile, parsed(text, file), file)
    return book_of(document, file, anchor=anchor, seed=seed, known_schools=known_schools)


def book_of(
    document: PeopleFile, file: str, *, anchor: date, seed: int = 0, known_schools: Mapping[str, School] | None = None
) -> Book:
    """Return the people of a document; raise `ProblemsError` with everything that does not hold in it."""
    reader = reader_for(document, anchor=anchor, seed=seed, known_schools=known_schools)
    keyed = [keyed_row(row, key_of(row), f"people[{number}]") for number, row in enumerate(document.people)]
    return Book(bound(keyed, reader, file))


def reader_for(
    document: PeopleFile | None,
    *,
    anchor: date,
    seed: int = 0,
    known_schools: Mapping[str, School] | None = None,
    known_groups: Mapping[str, Group] | None = None,
) -> Reader:
    """Return the reader of people who may name what is known, what comes with the mock, and what a document adds."""
    own_schools = document.schools if document else {}
    own_groups = document.groups if document else {}
    added_schools = {number: School(number=number, name=name) for number, name in own_schools.items()}
    added_groups = {code: Group(code=code, name=name, hoofdstructuur="311") for code, name in own_groups.items()}
    return Reader(
        anchor=anchor,
        seed=seed,
        schools={**(known_schools or {}), **schools(), **added_schools},
        groups={**(known_groups or {}), **groups(), **added_groups},
    )


def bound(rows: Iterable[Keyed], reader: Reader, file: str) -> dict[str, Person]:
    """Return the people of the rows by key, second accounts joined to their pupils; raise `ProblemsError`."""
    keyed = tuple(rows)
    pupils = {each.key: each.row for each in keyed if each.row.citizen is None and each.row.same_pupil_as is None}
    pupils |= {each.user_name: each.row for each in keyed if each.key in pupils}
    known = Known(schools=reader.schools, groups=reader.groups, pupils=pupils)
    if problems := broken_rules(keyed, known, file):
        raise ProblemsError(problems)
    first = {each.key: reader.person(each.row, each.key) for each in keyed if each.row.same_pupil_as is None}
    by_any_name = {**{person.user_name: person for person in first.values()}, **first}
    return {
        each.key: first.get(each.key) or reader.person(each.row, each.key, by_any_name[each.row.same_pupil_as or ""])
        for each in keyed
    }


def key_of(row: PersonRow) -> str:
    """Return what a row without slug is called: its user name, written or made up."""
    if row.user_name:
        return row.user_name
    birth = row.birth.model_dump() if row.birth else ""
    return user_name_of(row.given_name, row.family_name or "", f"{row.given_name}|{row.family_name}|{birth}")


def keyed_row(row: PersonRow, key: str, where: str, user_name: str | None = None) -> Keyed:
    """Return a row with its key and the user name it will have."""
    return Keyed(key=key, user_name=user_name or row.user_name or key, where=f"{where} ({key})", row=row)
