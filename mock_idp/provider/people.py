"""Who can sign in: people of the stage first, then those of a file, the personas, and the crowd."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from mock_idp.domain.people.book import book_of, reader_for
from mock_idp.domain.people.person import Directories
from mock_idp.domain.people.personas import read_personas
from mock_idp.domain.people.written import PeopleFile
from mock_idp.provider.circumstances import check_circumstances
from mock_idp.provider.made_people import MadePeople
from mock_idp.provider.people_file import read_people_file

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from mock_idp.domain.people.book import Book
    from mock_idp.domain.people.person import Directory, Person
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

    `making`: to make and change people on one stage; `notes`: what was filled in where the file said nothing.
    """

    def __init__(self, settings: Settings, anchor: date, made: StagePeople, crowd: Iterable[Directory] = ()) -> None:
        self._settings = settings
        self._anchor = anchor
        self.made = made
        self.personas = read_personas(anchor=anchor, seed=settings.seed)
        file = read_people_file(settings.people_file) if settings.people_file else None
        self.notes = file.notes if file else ()
        self.of_file: Book | None = self.book(file.document, file.name) if file else None
        self._crowd = Directories(crowd)
        self.standing = Directories([*([self.of_file] if self.of_file else []), self.personas, self._crowd])
        reader = reader_for(file.document if file else None, anchor=anchor, seed=settings.seed)
        self.making = MadePeople(made, reader, self)
        check_circumstances((each.person for each in self.personas.all()), "personas.toml")
        check_circumstances(self.of_file.all() if self.of_file else (), file.name if file else "")

    def on(self, stage_id: str) -> Directories:
        """Return the directory of a stage."""
        return Directories([_OfStage(self.making, stage_id), self.standing])

    def find(self, user_name: str, stage_id: str) -> Person | None:
        """Return the person whom a user name opens on a stage."""
        return self.on(stage_id).find(user_name)

    def made_on(self, stage_id: str) -> tuple[Person, ...]:
        """Return the people who were made or changed on a stage, oldest first."""
        return self.making.all(stage_id)

    def origin(self, user_name: str, stage_id: str) -> Origin | None:
        """Return whose user name this is: of a standing person, also one who is changed on the stage; None: nobody's.

        Only somebody who stands nowhere else is of the stage.
        """
        if self.of_file and self.of_file.find(user_name):
            return Origin.FILE
        if self.personas.find(user_name):
            return Origin.PERSONA
        if self._crowd.find(user_name):
            return Origin.CROWD
        return Origin.STAGE if self.making.find(stage_id, user_name) else None

    def doors(self, person: Person) -> tuple[Person, ...]:
        """Return everybody standing who is the same pupil as this standing one, the first account first."""
        life = person.life
        if life is None:
            return (person,)
        written = [*(self.of_file.all() if self.of_file else ()), *(each.person for each in self.personas.all())]
        same = [each for each in written if each.life is life]
        return tuple(sorted(same, key=lambda each: each.account != life.account)) or (person,)

    def book(self, document: dict[str, Any] | PeopleFile, name: str) -> Book:
        """Return the people of a document, which `name` stands for in problems; raise `ProblemsError`."""
        file = document if isinstance(document, PeopleFile) else PeopleFile.model_validate(document)
        return book_of(file, name, anchor=self._anchor, seed=self._settings.seed)


class _OfStage:
    """The `Directory` of people who were made or changed on one stage."""

    def __init__(self, making: MadePeople, stage_id: str) -> None:
        self._making = making
        self._stage_id = stage_id

    def find(self, user_name: str) -> Person | None:
        """Return the person of a user name, made now from the document."""
        return self._making.find(self._stage_id, user_name)
