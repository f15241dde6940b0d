"""The population: a school year of pupils as a pure function of seed and index. Nothing is made up front."""

from __future__ import annotations

from functools import lru_cache
from hmac import compare_digest
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from mock_idp.domain.people.credentials import password_of
from mock_idp.domain.people.person import Person
from mock_idp.domain.population.identifiers import Kind, Uuids
from mock_idp.domain.population.layout import Layout
from mock_idp.domain.population.lives import Lives
from mock_idp.domain.population.names import Names
from mock_idp.domain.population.pupil import Portraits
from mock_idp.domain.population.search import Query, Search
from mock_idp.domain.population.shape_file import read_shape
from mock_idp.domain.population.situations import Situations
from mock_idp.domain.population.sketch import Sketches

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mock_idp.domain.discimus import Group, Life, School
    from mock_idp.domain.population.pupil import Pupil
    from mock_idp.domain.population.search import Found
    from mock_idp.domain.population.shape import Shape

DEFAULT_YEAR: Final = 2026
SEARCH_LIMIT: Final = 50
LATEST: Final = 1_024
"""So many people are kept who were found last: a large school. One sign-in asks for the same person several times."""


class Population:
    """Everybody in one school year. A `Directory`: `find` gives the person of a user name.

    `seed`: makes the people; `school_year`: the year of its 1 September, from which dates follow and nothing else.
    Making one takes some fifty milliseconds and a few megabytes, whatever the size.
    """

    def __init__(self, seed: int = 0, school_year: int = DEFAULT_YEAR, shape: Shape | None = None) -> None:
        shape = shape or read_shape()
        self.seed, self.school_year, self.size = seed, school_year, shape.size
        self.groups: Mapping[str, Group] = MappingProxyType(shape.all_groups)
        self._uuids, self._names, self._layout = Uuids(seed), Names(seed, shape.size), Layout(seed, shape)
        situations = Situations(seed, shape.size, shape.shares)
        self._sketches = Sketches(
            seed=seed, school_year=school_year, shape=shape, layout=self._layout, situations=situations
        )
        self._portraits = Portraits(school_year=school_year, names=self._names, uuids=self._uuids, layout=self._layout)
        self._lives = Lives(school_year=school_year, uuids=self._uuids)
        self._found = lru_cache(LATEST)(self._find)
        self._search = Search(
            size=shape.size, names=self._names, layout=self._layout, situations=situations, lookup=self._exactly
        )
        self.schools: Mapping[str, School] = MappingProxyType(
            {place.school.number: place.school for place in self._layout.places}
        )

    def __len__(self) -> int:
        return self.size

    def __iter__(self) -> Iterator[Pupil]:
        return map(self._pupil, range(self.size))

    def pupil(self, index: int) -> Pupil:
        """Return the pupil of an index from 0 to `size` - 1; raise `IndexError` for another one."""
        if not 0 <= index < self.size:
            raise IndexError(f"There is no pupil {index}: they are numbered from 0 to {self.size - 1}.")
        return self._pupil(index)

    def by_user_name(self, user_name: str) -> Pupil | None:
        """Return the pupil of a first or second user name, in whatever case it is written; None when there is none."""
        read = self._names.read(user_name.strip().lower())
        pupil = self._pupil(read.pupil) if read else None
        return pupil if pupil and read and read.account < len(pupil.user_names) else None

    def by_uuid(self, uuid: str) -> Pupil | None:
        """Return the pupil of an account_uuid, old or current, or of a leer_id_uuid; None for every other uuid."""
        meaning = self._uuids.read(uuid.strip())
        if meaning is None or meaning.pupil >= self.size:
            return None
        pupil = self._pupil(meaning.pupil)
        exists = pupil.leer_id_uuid if meaning.kind == Kind.LEER_ID else meaning.account < len(pupil.user_names)
        return pupil if exists else None

    def with_credentials(self, user_name: str, password: str) -> Pupil | None:
        """Return the pupil whose user name and password these are; None when they are not."""
        pupil = self.by_user_name(user_name)
        expected = self.password(user_name)
        return pupil if pupil and compare_digest(expected.encode(), password.strip().encode()) else None

    def password(self, user_name: str) -> str:
        """Return the password of a user name: a word and four digits. Everybody can know it; it opens but this mock."""
        return password_of(user_name.strip().lower(), self.seed)

    def life(self, pupil: Pupil) -> Life:
        """Return the life of a pupil of this population. The labels of its accounts are the user names."""
        return self._lives.of(pupil, self._sketches.of(pupil.index))

    def find(self, user_name: str) -> Person | None:
        """Return the person of a user name, in whatever case it is written; None when there is none."""
        return self._found(user_name)

    def person(self, pupil: Pupil, user_name: str | None = None) -> Person:
        """Return the pupil as somebody who signs in with that user name: the first one, unless it says otherwise."""
        door = user_name.strip().lower() if user_name else pupil.user_name
        return Person(
            user_name=door,
            password=self.password(door),
            given_name=pupil.given_name,
            family_name=pupil.family_name,
            account=door,
            life=self.life(pupil),
        )

    def school(self, number: str) -> School | None:
        """Return the school of a number, or None."""
        return self.schools.get(number)

    def pupils_of(self, number: str) -> Iterator[Pupil]:
        """Yield everybody who is enrolled at a school during the school year, those who come late or leave as well."""
        return map(self._pupil, self._search.indexes(Query(school=number)))

    def search(self, query: Query, limit: int = SEARCH_LIMIT) -> Found:
        """Return the first `limit` pupils that a query means, always in the same order."""
        return self._search.found(query, limit, self._pupil)

    def _pupil(self, index: int) -> Pupil:
        return self._portraits.of(self._sketches.of(index))

    def _find(self, user_name: str) -> Person | None:
        pupil = self.by_user_name(user_name)
        return self.person(pupil, user_name) if pupil else None

    def _exactly(self, text: str) -> int | None:
        """Return the index of a whole user name or uuid."""
        pupil = self.by_user_name(text) or self.by_uuid(text)
        return pupil.index if pupil else None
