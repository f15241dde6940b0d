"""Who can sign in: people of the stage first, then those of a file, the personas, and the crowd."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mock_idp.domain.people.book import book_of, read_people
from mock_idp.domain.people.person import Directories
from mock_idp.domain.people.personas import read_personas
from mock_idp.domain.people.written import PeopleFile
from mock_idp.domain.problems import Problem, ProblemsError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    from mock_idp.domain.people.book import Book
    from mock_idp.domain.people.person import Directory, Person
    from mock_idp.settings import Settings
    from mock_idp.state.people import StagePeople


class People:
    """Everybody whom the mock knows. Raises `ProblemsError` when the file of people cannot be used."""

    def __init__(self, settings: Settings, anchor: date, made: StagePeople, crowd: Iterable[Directory] = ()) -> None:
        self._settings = settings
        self._anchor = anchor
        self.made = made
        self.personas = read_personas(anchor=anchor, seed=settings.seed)
        self.of_file: Book | None = _of_file(settings.people_file, anchor, settings.seed)
        standing = [self.of_file] if self.of_file else []
        self._standing = Directories([*standing, self.personas, *crowd])

    def on(self, stage_id: str) -> Directories:
        """Return the directory of a stage."""
        return Directories([_OfStage(self, stage_id), self._standing])

    def find(self, user_name: str, stage_id: str) -> Person | None:
        """Return the person whom a user name opens on a stage."""
        return self.on(stage_id).find(user_name)

    def made_on(self, stage_id: str) -> tuple[Person, ...]:
        """Return the people who were made on a stage, oldest first."""
        documents = self.made.all(stage_id)
        return self.book({"people": list(documents.values())}, stage_id).all() if documents else ()

    def book(self, document: dict[str, Any], name: str) -> Book:
        """Return the people of a document, which `name` stands for in problems; raise `ProblemsError`."""
        file = PeopleFile.model_validate(document)
        return book_of(file, name, anchor=self._anchor, seed=self._settings.seed)


class _OfStage:
    """The `Directory` of people who were made on one stage."""

    def __init__(self, people: People, stage_id: str) -> None:
        self._people = people
        self._stage_id = stage_id

    def find(self, user_name: str) -> Person | None:
        """Return the person of a user name, made now from the document."""
        wanted = user_name.strip().lower()
        if self._people.made.get(self._stage_id, wanted) is None:
            return None
        return next((each for each in self._people.made_on(self._stage_id) if each.user_name == wanted), None)


def _of_file(path: Path | None, anchor: date, seed: int) -> Book | None:
    if path is None:
        return None
    try:
        return read_people(path.read_text("utf-8"), str(path), anchor=anchor, seed=seed)
    except OSError as error:
        problem = Problem(file=str(path), key="", message=f"This file cannot be read: {error.strerror}.")
    except UnicodeDecodeError:
        problem = Problem(file=str(path), key="", message="This is no text in UTF-8.")
    raise ProblemsError([problem])
