"""Who can sign in: people of the stage first, then those of a file, the personas, and the crowd."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any

from mock_idp.domain.people.book import book_of, reader_for
from mock_idp.domain.people.days import school_year_of
from mock_idp.domain.people.person import Directories
from mock_idp.domain.people.personas import read_personas
from mock_idp.domain.people.telling import document_of
from mock_idp.domain.people.written import PeopleFile
from mock_idp.domain.population import Population
from mock_idp.provider.casting import Casting, Played
from mock_idp.provider.circumstances import check_circumstances
from mock_idp.provider.made_people import MadePeople, slug_of_a_persona
from mock_idp.provider.people_file import read_people_file

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from mock_idp.domain.people.book import Book
    from mock_idp.domain.people.person import Person
    from mock_idp.settings import Settings
    from mock_idp.state.people import StagePeople


class Origin(StrEnum):
    """Whose user name it is, in the order of asking."""

    STAGE = "stage"
    FILE = "file"
    PERSONA = "persona"
    CROWD = "crowd"


class People:
    """Everybody whom the mock knows. Raises `ProblemsError` when the file of people cannot be used.

    `making`: makes and changes people on one stage; `crowd`: the school year of the day at start; `schools` and
    `groups`: where anybody can be enrolled; `notes`: what was filled in where the file said nothing; `cast_of`: the
    label of the people who play the personas on a stage, and none at all when left out.
    """

    def __init__(
        self,
        settings: Settings,
        anchor: date,
        made: StagePeople,
        cast_of: Callable[[str], str | None] = lambda _: None,
    ) -> None:
        self._settings = settings
        self._anchor = anchor
        self.made = made
        self.personas = read_personas(anchor=anchor, seed=settings.seed)
        self.casting = Casting(self.personas, cast_of)
        self.crowd = _crowd(settings.seed, school_year_of(anchor))
        file = read_people_file(settings.people_file) if settings.people_file else None
        self.notes = file.notes if file else ()
        self.of_file: Book | None = self.book(file.document, file.name) if file else None
        self.standing = Directories([*([self.of_file] if self.of_file else []), self.personas, self.crowd])
        reader = reader_for(
            file.document if file else None,
            anchor=anchor,
            seed=settings.seed,
            known_schools=self.crowd.schools,
            known_groups=self.crowd.groups,
        )
        self.schools, self.groups = reader.schools, reader.groups
        self.making = MadePeople(made, reader, self)
        check_circumstances((each.person for each in self.personas.all()), "personas.toml")
        if self.of_file and file:
            self._check_file(self.of_file, file.name)

    def on(self, stage_id: str) -> Directories:
        """Return the directory of a stage."""
        everybody = Directories([_OfStage(self.making, stage_id), self.standing])
        return Directories([Played(everybody, self.casting, stage_id)])

    def find(self, user_name: str, stage_id: str) -> Person | None:
        """Return the person whom a user name opens on a stage."""
        return self.on(stage_id).find(user_name)

    def made_on(self, stage_id: str) -> tuple[Person, ...]:
        """Return the people who were made or changed on a stage, oldest first."""
        return tuple(self.casting.played(each, stage_id) for each in self.making.all(stage_id))

    def origin(self, user_name: str) -> Origin:
        """Return whose user name this is: also of somebody who is changed on a stage."""
        if self.of_file and self.of_file.find(user_name):
            return Origin.FILE
        if self.personas.find(user_name):
            return Origin.PERSONA
        return Origin.CROWD if self.crowd.by_user_name(user_name) else Origin.STAGE

    def named(self) -> tuple[Person, ...]:
        """Return everybody who was written down: the people of the file, then the personas."""
        return (*(self.of_file.all() if self.of_file else ()), *(each.person for each in self.personas.all()))

    def copies(self, user_name: str) -> Mapping[str, dict[str, Any]]:
        """Return the documents, by user name, of a standing person and of who is the same pupil; the pupil's first."""
        person = self.standing.find(user_name)
        if person is None:
            return {}
        first, *others = self._doors(person)
        copies = {first.user_name: {**document_of(first), **self._sex(first)}}
        return copies | {each.user_name: document_of(each, first.user_name) for each in others}

    def book(self, document: dict[str, Any] | PeopleFile, name: str) -> Book:
        """Return the people of a document, which `name` stands for in problems; raise `ProblemsError`."""
        file = document if isinstance(document, PeopleFile) else PeopleFile.model_validate(document)
        known = self.crowd.schools
        return book_of(file, name, anchor=self._anchor, seed=self._settings.seed, known_schools=known)

    def _check_file(self, book: Book, file: str) -> None:
        """Raise `ProblemsError` with what is wrong with people of a file only because of what the mock knows."""
        names = [each.user_name for each in book.all() if self.personas.get(each.user_name)]
        slugs = [slug_of_a_persona(name, file, f"{name}: user_name") for name in names]
        check_circumstances(book.all(), file, slugs)

    def _doors(self, person: Person) -> tuple[Person, ...]:
        """Return everybody standing who is the same pupil, the first account first."""
        life = person.life
        if life is None:
            return (person,)
        if self.origin(person.user_name) == Origin.CROWD:
            pupil = self.crowd.by_user_name(person.user_name)
            return tuple(self.crowd.person(pupil, each) for each in pupil.user_names) if pupil else (person,)
        same = (each for each in self.named() if each.life is life)
        return tuple(sorted(same, key=lambda each: each.account != life.account))

    def _sex(self, person: Person) -> dict[str, str]:
        """Return what the life of a pupil of the crowd does not tell, and a written one has to."""
        is_told = person.life is None or person.life.sex is not None
        pupil = None if is_told else self.crowd.by_user_name(person.user_name)
        return {"sex": pupil.sex.value} if pupil else {}


class _OfStage:
    """The `Directory` of people who were made or changed on one stage."""

    def __init__(self, making: MadePeople, stage_id: str) -> None:
        self._making = making
        self._stage_id = stage_id

    def find(self, user_name: str) -> Person | None:
        """Return the person of a user name, made now from the document."""
        return self._making.find(self._stage_id, user_name)


@cache
def _crowd(seed: int, school_year: int) -> Population:
    """Return the crowd; it never changes, and several mocks of one process share it."""
    return Population(seed=seed, school_year=school_year)
