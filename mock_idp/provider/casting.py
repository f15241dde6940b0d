"""Who plays the personas on a stage that has a cast: people who are found nowhere else."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from mock_idp.domain.people.cast import Cast

if TYPE_CHECKING:
    from collections.abc import Callable

    from mock_idp.domain.people.person import Directory, Person
    from mock_idp.domain.people.personas import Persona, Personas

MOST_KEPT: Final = 1024
"""So many who play a persona are kept: what was worked out of their lives is kept with them."""


class Casting:
    """Puts people of the stage's own in the place of the personas. `cast_of`: the label of a stage's cast, if any."""

    def __init__(self, personas: Personas, cast_of: Callable[[str], str | None]) -> None:
        self._personas = personas
        self._cast_of = cast_of
        self._standing = lru_cache(MOST_KEPT)(self._played_standing)

    def cast(self, person: Person, stage_id: str) -> Cast | None:
        """Return the cast of a stage, as far as it concerns somebody: a persona, or another account of one."""
        label = self._cast_of(stage_id)
        return Cast(label=label) if label and self._is_persona(person) else None

    def played(self, person: Person, stage_id: str) -> Person:
        """Return who plays a persona on a stage; anybody else as they are."""
        cast = self.cast(person, stage_id)
        if cast is None:
            return person
        standing = self._personas.find(person.user_name)
        return self._standing(cast.label, person.user_name) if person is standing else cast.person(person)

    def personas(self, stage_id: str) -> tuple[Persona, ...]:
        """Return every persona as played on a stage."""
        everybody = self._personas.all()
        if not self._cast_of(stage_id):
            return everybody
        return tuple(replace(each, person=self.played(each.person, stage_id)) for each in everybody)

    def _is_persona(self, person: Person) -> bool:
        keys = {person.user_name, *({person.life.key} if person.life else ())}
        return any(self._personas.find(key) or self._personas.get(key) for key in keys)

    def _played_standing(self, label: str, user_name: str) -> Person:
        person = self._personas.find(user_name)
        if person is None:
            raise LookupError(f"{user_name!r} is no persona.")
        return Cast(label=label).person(person)


class Played:
    """The `Directory` of a stage on which personas are played."""

    def __init__(self, directory: Directory, casting: Casting, stage_id: str) -> None:
        self._directory = directory
        self._casting = casting
        self._stage_id = stage_id

    def find(self, user_name: str) -> Person | None:
        """Return the person of a user name, or who plays them."""
        person = self._directory.find(user_name)
        return self._casting.played(person, self._stage_id) if person else None
