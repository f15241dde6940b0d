"""Everybody whom a mock of the same settings knows, as it would find them."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

import click

from mock_idp.domain.calendar import Calendar
from mock_idp.domain.clock import SystemClock
from mock_idp.domain.discimus import schools
from mock_idp.domain.finding import UUID, Finder, Named, schools_of
from mock_idp.domain.population import Query
from mock_idp.domain.problems import did_you_mean
from mock_idp.provider.finding import finder_on
from mock_idp.provider.people import People
from mock_idp.settings import Settings
from mock_idp.state.memory import MemoryStore
from mock_idp.state.people import StagePeople
from mock_idp.state.stages import DEFAULT_STAGE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from mock_idp.domain.finding import Hit, Hits
    from mock_idp.domain.people.person import Person

DIGITS: Final = "0123456789"


class Everybody:
    """The people of a file, the personas and the crowd. A `Directory`. Raises `ProblemsError` over the file."""

    def __init__(self, *, seed: int, today: date | None, people_file: Path | None) -> None:
        clock = SystemClock()
        self.anchor = Calendar(clock, today=today).anchor
        settings = Settings(seed=seed, people_file=people_file)
        self._people = People(settings, self.anchor, StagePeople(MemoryStore(clock)))
        self.crowd = self._people.crowd
        for note in self._people.notes:
            click.echo(note, err=True)

    @cached_property
    def named(self) -> Mapping[str, Named]:
        """Everybody who is written down, by user name; one of the file hides a persona of the same name."""
        named: dict[str, Named] = {}
        for each in finder_on(self._people, DEFAULT_STAGE, self.anchor).named:
            named.setdefault(each.person.user_name, each)
        return named

    @cached_property
    def schools(self) -> frozenset[str]:
        """The numbers of all schools that somebody can be enrolled at."""
        lives = [each.person.life for each in self.named.values() if each.person.life]
        return frozenset({*schools(), *self.crowd.schools}.union(*map(schools_of, lives)))

    def search(self, query: Query, limit: int) -> Hits:
        """Return the first people whom a query means: those who are written down before the crowd."""
        return self._finder.search(query, limit)

    def named_like(self, query: Query) -> Iterator[Hit]:
        """Yield those who are written down and whom a query means."""
        return self._finder.named_like(query)

    def find(self, user_name: str) -> Person | None:
        """Return the person of a user name, in whatever case it is written."""
        return self._people.standing.find(user_name)

    def look_up(self, key: str) -> Hit | None:
        """Return who has this user name, slug or id of a persona, account uuid of whatever day, or leer_id_uuid."""
        wanted = key.strip().lower()
        for persona in self._people.personas.all():
            if wanted in {persona.slug, persona.id.lower()}:
                return self._hit(Named(person=persona.person, persona=persona), "persona")
        person = self.find(wanted)
        if person is None:
            return self._finder.by_uuid(wanted)
        return self._hit(self.named.get(person.user_name, Named(person=person)), "user name")

    def nearest(self, key: str) -> str:
        """Return what may help whoever looked for a key that nobody has."""
        if UUID.fullmatch(key.strip()):
            return "Was the mock started with another --seed or --people, or on another day (--today)?"
        slugs = (name for each in self._people.personas.all() for name in (each.slug, each.id))
        if hint := did_you_mean(key.lower(), [*self.named, *slugs]):
            return hint
        names = key.strip().rstrip(DIGITS)
        if names and (like := self.crowd.search(Query(text=names), limit=1).pupils):
            return f"Did you mean {like[0].user_name!r}?"
        return "`leerid-idp students search` finds people by name, school and situation."

    @cached_property
    def _finder(self) -> Finder:
        return Finder(named=tuple(self.named.values()), crowd=self.crowd, day=self.anchor)

    def _hit(self, named: Named, found_by: str) -> Hit:
        return replace(self._finder.hit(named), found_by=found_by)
