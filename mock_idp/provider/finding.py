"""Finding anybody who can sign in: personas, people of the stage and of the file, and the crowd, in this order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from mock_idp.domain.discimus import Enrolled, Moved, SchoolRenumbered, record_of
from mock_idp.domain.insz import Number
from mock_idp.domain.leerid import student_of
from mock_idp.domain.population import Query, Situation
from mock_idp.domain.population.search import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mock_idp.domain.discimus import Life, School
    from mock_idp.domain.people.person import Person
    from mock_idp.domain.people.personas import Persona
    from mock_idp.provider.people import People

UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Hit:
    """Somebody who was found. `situations`: those of the day; none for somebody who is no pupil."""

    person: Person
    persona: Persona | None = None
    situations: tuple[Situation, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Hits:
    """Who was found, and whether there are more."""

    hits: tuple[Hit, ...]
    is_more: bool


def find_people(people: People, query: Query, *, stage_id: str, day: date, limit: int) -> Hits:
    """Return the first people whom a query means, as they are on a stage and its day; each user name once."""
    found = tuple(islice(_once(_everybody(people, query, stage_id, day, limit + 1)), limit + 1))
    return Hits(hits=found[:limit], is_more=len(found) > limit)


def find_person(people: People, key: str, *, stage_id: str, day: date) -> Person | None:
    """Return the person of a user name, or of a uuid that stands or stood for the pupil."""
    if not UUID.fullmatch(key):
        return people.find(key, stage_id)
    named = (hit.person for hit in _named(people, stage_id, day) if _has_uuid(hit.person, key, day))
    pupil = people.crowd.by_uuid(key)
    return next(named, None) or (people.find(pupil.user_name, stage_id) if pupil else None)


def situations_of(life: Life, day: date) -> tuple[Situation, ...]:
    """Return the situations of a pupil on a day: one at least, for there is nothing particular too."""
    return tuple(_particular(life, day)) or (Situation.ORDINARY,)


def schools_of(life: Life) -> dict[str, School]:
    """Return every school in a life, by number."""
    named = (
        each.to.school if isinstance(each, Moved) else each.to if isinstance(each, SchoolRenumbered) else each.school
        for each in life.moments
        if isinstance(each, Enrolled | Moved | SchoolRenumbered)
    )
    return {school.number: school for school in named}


def _once(hits: Iterator[Hit]) -> Iterator[Hit]:
    """Leave out who was found before: a persona who is changed on the stage is both."""
    seen = set()
    for hit in hits:
        if hit.person.user_name not in seen:
            seen.add(hit.person.user_name)
            yield hit


def _everybody(people: People, query: Query, stage_id: str, day: date, most: int) -> Iterator[Hit]:
    yield from (hit for hit in _named(people, stage_id, day) if _is_meant(hit, query, day))
    for pupil in people.crowd.search(query, most).pupils:
        for user_name in pupil.user_names:
            yield Hit(person=people.crowd.person(pupil, user_name), situations=pupil.situations)


def _named(people: People, stage_id: str, day: date) -> Iterator[Hit]:
    """Yield everybody who is written down, as they are on the stage."""
    made = {person.user_name: person for person in people.made_on(stage_id)}
    for persona in people.personas.all():
        yield _hit(made.pop(persona.user_name, persona.person), day, persona)
    yield from (_hit(person, day) for person in made.values())
    yield from (_hit(person, day) for person in (people.of_file.all() if people.of_file else ()))


def _hit(person: Person, day: date, persona: Persona | None = None) -> Hit:
    situations = situations_of(person.life, day) if person.life else ()
    return Hit(person=person, persona=persona, situations=situations)


# Whether somebody who is written down is meant -----------------------------------------------------------------------


def _is_meant(hit: Hit, query: Query, day: date) -> bool:
    schools = schools_of(hit.person.life) if hit.person.life else {}
    if query.school is not None and query.school not in schools:
        return False
    if query.situation is not None and query.situation not in hit.situations:
        return False
    text = query.text.strip()
    return not text or _has_uuid(hit.person, text, day) or _is_called(text, tuple(_words(hit, schools)))


def _has_uuid(person: Person, text: str, day: date) -> bool:
    """Return whether a text stands or stood for a pupil."""
    if person.life is None or not UUID.fullmatch(text):
        return False
    student = student_of(person.life, day=day)
    return text.lower() in {*student.accounts.used, *student.history, student.leer_id_uuid}


def _is_called(text: str, words: tuple[str, ...]) -> bool:
    """Return whether each word of the text begins one of the words."""
    asked = words_of(text)
    return bool(asked) and all(any(each.startswith(word) for each in words) for word in asked)


def _words(hit: Hit, schools: dict[str, School]) -> Iterator[str]:
    """Yield the words of everything somebody can be called; names also in one piece: De Smet is desmet too."""
    for name in (hit.person.given_name or "", hit.person.family_name, hit.person.user_name):
        yield from (*words_of(name), "".join(words_of(name)))
    for school in schools.values():
        yield from words_of(f"{school.number} {school.name}")
    if hit.persona:
        yield from words_of(f"{hit.persona.id} {hit.persona.slug} {hit.persona.title} {hit.persona.title_en}")


def _particular(life: Life, day: date) -> Iterator[Situation]:
    student = student_of(life, day=day)
    today = {each.instellingsnummer for each in student.enrolments if each.holds_on(day)}
    holds = {
        Situation.NOT_IDENTIFIED: student.leer_id_uuid is None,
        Situation.IDENTIFIED_SINCE: bool(student.history),
        Situation.BIS_NUMBER: record_of(life, day=day).number == Number.BIS,
        Situation.TWO_ACCOUNTS: len(student.accounts.by_label) > 1,
        Situation.TWO_SCHOOLS: len(today) > 1,
        Situation.MOVED: any(isinstance(each, Moved) and each.has_come(day, day) for each in life.moments),
        Situation.ENDED: not today and any(each.starts_on < day for each in student.enrolments),
        Situation.NO_EMAIL: student.email is None,
    }
    yield from (situation for situation, is_so in holds.items() if is_so)
