"""Finding anybody who can sign in: people who are written down first, then the crowd. One way for all who search.

The crowd computes who is meant (`population.search`). Here the same words and situations are recognised in the lives of
people who are written down, so that a search finds personas as well.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Final

from mock_idp.domain.discimus import Enrolled, Moved, NameCorrected, SchoolRenumbered, record_of
from mock_idp.domain.insz import Number
from mock_idp.domain.leerid import student_of
from mock_idp.domain.population import Situation
from mock_idp.domain.population.search import LONGEST_TEXT, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from mock_idp.domain.discimus import Life, School
    from mock_idp.domain.leerid import Student
    from mock_idp.domain.people.person import Person
    from mock_idp.domain.people.personas import Persona
    from mock_idp.domain.population import Population, Query

UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
AHEAD: Final = timedelta(days=3653)
"""How far ahead the uuids of written people are known: a temporary account gets another one each school year."""
LEER_IDS: Final = 2
"""A leer_id_uuid is replaced once at most (U9)."""


@dataclass(frozen=True, kw_only=True)
class Named:
    """Somebody who is written down, and the persona whom they are."""

    person: Person
    persona: Persona | None = None


@dataclass(frozen=True, kw_only=True)
class Hit:
    """Somebody who was found. `situations`: none for somebody who is no pupil; `found_by`: the kind of key."""

    person: Person
    persona: Persona | None = None
    situations: tuple[Situation, ...] = ()
    found_by: str = ""


@dataclass(frozen=True, kw_only=True)
class Hits:
    """Who was found, and whether there are more."""

    found: tuple[Hit, ...]
    is_more: bool


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """The text of a query, read once for all who may be meant; a text too long to be anybody's has no words."""

    is_anybody: bool
    uuid: str
    words: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> _Asked:
        """Return what a text asks for."""
        text = text.strip()
        words = words_of(text) if len(text) <= LONGEST_TEXT else ()
        uuid = text.lower() if UUID.fullmatch(text) else ""
        return cls(is_anybody=not text, uuid=uuid, words=tuple(dict.fromkeys(words)))


@dataclass(frozen=True, kw_only=True)
class Finder:
    """Finds people on a day. `named`: who is written down, in the order in which user names are asked for."""

    named: tuple[Named, ...]
    crowd: Population
    day: date

    def search(self, query: Query, limit: int) -> Hits:
        """Return the first people whom a query means, each user name once; keep the limit below 1,000."""
        found = tuple(islice(_once(self._everybody(query, limit + 1)), limit + 1))
        return Hits(found=found[:limit], is_more=len(found) > limit)

    def named_like(self, query: Query) -> Iterator[Hit]:
        """Yield those who are written down and whom a query means."""
        asked = _Asked.of(query.text)
        return (self.hit(each) for each in self.named if self._is_meant(each, query, asked))

    def by_uuid(self, uuid: str) -> Hit | None:
        """Return whom a uuid stands, stood or will stand for; `found_by` says which claim it is."""
        if not UUID.fullmatch(uuid):
            return None
        pupil = self.crowd.by_uuid(uuid)
        crowd = [Named(person=self.crowd.person(pupil, each)) for each in pupil.user_names] if pupil else []
        for each in (*self.named, *crowd):
            if claim := self._claim_of(each.person, uuid.lower()):
                hit = self.hit(each)
                return Hit(person=hit.person, persona=hit.persona, situations=hit.situations, found_by=claim)
        return None

    def hit(self, named: Named) -> Hit:
        """Return somebody as found."""
        life = named.person.life
        return Hit(
            person=named.person,
            persona=named.persona,
            situations=situations_of(life, self.day) if life else (),
        )

    def _everybody(self, query: Query, most: int) -> Iterator[Hit]:
        yield from self.named_like(query)
        changed = {each.person.user_name for each in self.named}
        for pupil in self.crowd.search(query, most).pupils:
            for user_name in pupil.user_names:
                if user_name not in changed:
                    yield Hit(person=self.crowd.person(pupil, user_name), situations=pupil.situations)

    def _is_meant(self, named: Named, query: Query, asked: _Asked) -> bool:
        """Return whether all that was asked holds for somebody; what takes longest to know is looked at last."""
        life = named.person.life
        schools = schools_of(life) if life else {}
        if query.school is not None and query.school not in schools:
            return False
        if not self._has_text(named, asked, schools):
            return False
        return query.situation is None or (life is not None and query.situation in situations_of(life, self.day))

    def _has_text(self, named: Named, asked: _Asked, schools: Mapping[str, School]) -> bool:
        if asked.uuid:
            return bool(self._claim_of(named.person, asked.uuid))
        return asked.is_anybody or is_called(asked.words, tuple(_words(named, schools, self.day)))

    def _claim_of(self, person: Person, uuid: str) -> str:
        """Return the claim that holds this uuid for a person on some day, or an empty text."""
        if person.life is None:
            return ""
        if uuid in {person.life.identities.leer_id_uuid(number) for number in range(LEER_IDS)}:
            return "leer_id_uuid"
        account = student_of(person.life, day=self.day + AHEAD).accounts.by_label.get(person.account)
        replaced = account.replaced if account else -1
        uuids = (person.life.identities.account_uuid(person.account, number) for number in range(replaced + 1))
        return "account_uuid" if uuid in uuids else ""


def schools_of(life: Life) -> dict[str, School]:
    """Return every school in a life, by number."""
    named = (
        each.to.school if isinstance(each, Moved) else each.to if isinstance(each, SchoolRenumbered) else each.school
        for each in life.moments
        if isinstance(each, Enrolled | Moved | SchoolRenumbered)
    )
    return {school.number: school for school in named}


def situations_of(life: Life, day: date) -> tuple[Situation, ...]:
    """Return the situations of a pupil on a day: one at least, for there is nothing particular too."""
    look = _Look(life=life, day=day, student=student_of(life, day=day))
    return tuple(each for each, holds in HOLDS.items() if holds(look)) or (Situation.ORDINARY,)


@dataclass(frozen=True, kw_only=True)
class _Look:
    """A life, looked at on a day."""

    life: Life
    day: date
    student: Student

    @property
    def schools(self) -> set[str]:
        return {each.instellingsnummer for each in self.student.enrolments if each.holds_on(self.day)}

    @property
    def open_accounts(self) -> int:
        return sum(account.merged_into is None for account in self.student.accounts.by_label.values())


HOLDS: Final[Mapping[Situation, Callable[[_Look], bool]]] = {
    Situation.NOT_IDENTIFIED: lambda look: look.student.leer_id_uuid is None,
    Situation.IDENTIFIED_SINCE: lambda look: bool(look.student.history),
    Situation.BIS_NUMBER: lambda look: record_of(look.life, day=look.day).number == Number.BIS,
    Situation.TWO_ACCOUNTS: lambda look: look.open_accounts > 1,
    Situation.TWO_SCHOOLS: lambda look: len(look.schools) > 1,
    Situation.MOVED: lambda look: any(
        isinstance(each, Moved) and each.has_come(look.day, look.day) for each in look.life.moments
    ),
    Situation.ENDED: lambda look: (
        not look.schools and any(each.starts_on < look.day for each in look.student.enrolments)
    ),
    Situation.NO_EMAIL: lambda look: look.student.email is None,
}
"""What each situation is in a life. Who is in none of them is ordinary."""


def _once(hits: Iterable[Hit]) -> Iterator[Hit]:
    """Leave out a user name that was found before: somebody who is changed on a stage is found as they are now."""
    seen = set()
    for hit in hits:
        if hit.person.user_name not in seen:
            seen.add(hit.person.user_name)
            yield hit


def is_called(asked: Collection[str], words: Collection[str]) -> bool:
    """Return whether each word that is asked for begins one of the words."""
    return bool(asked) and all(any(each.startswith(word) for each in words) for word in asked)


def _words(named: Named, schools: Mapping[str, School], day: date) -> Iterator[str]:
    """Yield the words of everything somebody can be called; names also in one piece: De Smet is desmet too.

    Names are those that they ever had until that day: the old ones are in somebody's papers, the new one on the page.
    """
    person = named.person
    moments = person.life.moments if person.life else ()
    corrected = [each for each in moments if isinstance(each, NameCorrected) and each.has_come(day, day)]
    names = [person.given_name, person.family_name]
    names += [name for each in corrected for name in (each.given_name, each.family_name)]
    for name in (*filter(None, names), person.user_name):
        yield from (*words_of(name), "".join(words_of(name)))
    for school in schools.values():
        yield from words_of(f"{school.number} {school.name}")
    if named.persona:
        yield from words_of(f"{named.persona.id} {named.persona.slug} {named.persona.title} {named.persona.title_en}")
