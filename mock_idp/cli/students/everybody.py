"""Everybody whom a mock of the same settings knows: looked up by any key, and searched."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Final

import click

from mock_idp.cli.students.situations import situations_of
from mock_idp.domain.calendar import Calendar
from mock_idp.domain.clock import SystemClock
from mock_idp.domain.discimus import schools
from mock_idp.domain.leerid import student_of
from mock_idp.domain.population import Query
from mock_idp.domain.population.search import words_of
from mock_idp.domain.problems import did_you_mean
from mock_idp.provider.people import People
from mock_idp.settings import Settings
from mock_idp.state.memory import MemoryStore
from mock_idp.state.people import StagePeople

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from mock_idp.domain.discimus import Life
    from mock_idp.domain.people.person import Person
    from mock_idp.domain.people.personas import Persona
    from mock_idp.domain.population import Pupil, Situation

UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
AHEAD: Final = timedelta(days=3653)
"""How far ahead the uuids of written people are known: a temporary account gets another one each school year."""
LEER_IDS: Final = 2
"""A leer_id_uuid is replaced once at most (U9)."""


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A person, found. `situations`: those of the crowd, or the same words for somebody who is written down."""

    person: Person
    situations: tuple[Situation, ...] = ()
    persona: Persona | None = None
    found_by: str = ""


@dataclass(frozen=True, kw_only=True)
class Result:
    """What a search found, and whether there are more."""

    found: tuple[Seen, ...]
    is_more: bool


class Everybody:
    """The people of a file, the personas and the crowd. A `Directory`. Raises `ProblemsError` over the file."""

    def __init__(self, *, seed: int, today: date | None, people_file: Path | None) -> None:
        clock = SystemClock()
        self.anchor = Calendar(clock, today=today).anchor
        settings = Settings(seed=seed, people_file=people_file)
        self._people = People(settings, self.anchor, StagePeople(MemoryStore(clock)))
        self._personas = {each.user_name: each for each in self._people.personas.all()}
        self.crowd = self._people.crowd
        for note in self._people.notes:
            click.echo(note, err=True)

    @cached_property
    def named(self) -> Mapping[str, Person]:
        """Everybody who is written down by user name; one of the file hides a persona of the same name."""
        named: dict[str, Person] = {}
        for each in self._people.named():
            named.setdefault(each.user_name, each)
        return named

    @cached_property
    def schools(self) -> frozenset[str]:
        """The numbers of all schools that somebody can be enrolled at."""
        of_named = (each for person in self.named.values() for each in self.schools_of(person))
        return frozenset({*schools(), *self.crowd.schools, *of_named})

    def find(self, user_name: str) -> Person | None:
        """Return the person of a user name, in whatever case it is written."""
        return self._people.standing.find(user_name)

    # By any key ------------------------------------------------------------------------------------------------------

    def look_up(self, key: str) -> Seen | None:
        """Return who has this user name, slug or id of a persona, account uuid of whatever day, or leer_id_uuid."""
        wanted = key.strip().lower()
        for persona in self._people.personas.all():
            if wanted in {persona.slug, persona.id.lower()}:
                return self._seen(persona.person, "persona")
        person = self.find(wanted)
        return self._seen(person, "user name") if person else self._by_uuid(wanted)

    def nearest(self, key: str) -> str:
        """Return what may help whoever looked for a key that nobody has."""
        if UUID.fullmatch(key.strip()):
            return "Was the mock started with another --seed or --people, or on another day (--today)?"
        slugs = (name for each in self._people.personas.all() for name in (each.slug, each.id))
        if hint := did_you_mean(key.lower(), [*self.named, *slugs]):
            return hint
        names = key.strip().rstrip("0123456789")
        if names and (like := self.crowd.search(Query(text=names), limit=1).pupils):
            return f"Did you mean {like[0].user_name!r}?"
        return "`leerid-idp students search` finds people by name, school and situation."

    def _by_uuid(self, uuid: str) -> Seen | None:
        found = self._uuids_of_named.get(uuid)
        if found is None and (pupil := self.crowd.by_uuid(uuid)):
            people = [self.crowd.person(pupil, each) for each in pupil.user_names]
            found = self._uuids(people).get(uuid, (people[0], "account_uuid"))
        return self._seen(*found) if found else None

    @cached_property
    def _uuids_of_named(self) -> Mapping[str, tuple[Person, str]]:
        return self._uuids(self.named.values())

    def _uuids(self, people: Iterable[Person]) -> dict[str, tuple[Person, str]]:
        """Return whom each uuid of a long time leads to, and what it is."""
        found: dict[str, tuple[Person, str]] = {}
        for person in people:
            if person.life is not None:
                found |= dict.fromkeys(self._account_uuids(person.life, person.account), (person, "account_uuid"))
                for number in range(LEER_IDS):
                    found.setdefault(person.life.identities.leer_id_uuid(number), (person, "leer_id_uuid"))
        return found

    def _account_uuids(self, life: Life, label: str) -> Iterator[str]:
        account = student_of(life, day=self.anchor + AHEAD).accounts.by_label.get(label)
        for number in range(account.replaced + 1 if account else 0):
            yield life.identities.account_uuid(label, number)

    # Searching -------------------------------------------------------------------------------------------------------

    def search(self, query: Query, limit: int) -> Result:
        """Return the first people whom a query means: those who are written down before the crowd."""
        named = list(islice(self.named_like(query), limit + 1))
        crowd = self.crowd.search(query, limit)
        pupils = (each for each in crowd.pupils if each.user_name not in self.named)
        found = [*named, *(self.seen_pupil(each) for each in pupils)]
        return Result(found=tuple(found[:limit]), is_more=crowd.is_more or len(found) > limit)

    def named_like(self, query: Query) -> Iterator[Seen]:
        """Yield those who are written down and whom a query means."""
        exactly = self.find(query.text) or (self._uuids_of_named.get(query.text.strip().lower()) or (None,))[0]
        words = words_of(query.text)
        for person in self.named.values():
            seen = self._seen(person)
            if (
                (query.school is None or query.school in self.schools_of(person))
                and (query.situation is None or query.situation in seen.situations)
                and (person is exactly if exactly else _has(words, self._told(seen)))
            ):
                yield seen

    def seen_pupil(self, pupil: Pupil) -> Seen:
        """Return a pupil of the crowd as somebody found."""
        return Seen(person=self.crowd.person(pupil), situations=pupil.situations)

    def schools_of(self, person: Person) -> frozenset[str]:
        """Return the numbers of all schools in the life of somebody, whenever they are there."""
        enrolments = student_of(person.life, day=self.anchor).enrolments if person.life else ()
        return frozenset(each.instellingsnummer for each in enrolments)

    def _told(self, seen: Seen) -> Iterator[str]:
        """Yield what the words of a search are looked for in."""
        person, persona = seen.person, seen.persona
        yield from (person.user_name, person.given_name or "", person.family_name)
        if persona:
            yield from (persona.id, persona.slug, persona.title, persona.title_en)
        if person.life:
            for each in student_of(person.life, day=self.anchor).enrolments:
                yield from (each.instellingsnummer, each.school_name)

    def _seen(self, person: Person, found_by: str = "") -> Seen:
        persona = self._personas.get(person.user_name)
        pupil = None if person.user_name in self.named else self.crowd.by_user_name(person.user_name)
        of_life = situations_of(person.life, self.anchor) if person.life and not pupil else ()
        return Seen(
            person=person,
            situations=pupil.situations if pupil else of_life,
            persona=persona if persona and persona.person is person else None,
            found_by=found_by,
        )


def _has(words: Iterable[str], told: Iterable[str]) -> bool:
    """Return whether each word begins a word of what is told, or one of the names in one piece."""
    known = {word for each in told for word in (*words_of(each), "".join(words_of(each)))}
    return all(any(each.startswith(word) for each in known) for word in words)
