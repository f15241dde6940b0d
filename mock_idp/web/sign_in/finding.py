"""Finding anybody who can sign in: people of the stage and of the file, personas, and the crowd, in this order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from mock_idp.domain.discimus import Enrolled, Moved, SchoolRenumbered
from mock_idp.domain.leerid import student_of
from mock_idp.domain.population import Query
from mock_idp.domain.population.search import words_of
from mock_idp.web.current import current_provider
from mock_idp.web.sign_in.shown import Card, person_card, persona_card
from mock_idp.web.sign_in.situations import situations_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mock_idp.domain.discimus import Life, School
    from mock_idp.domain.people.person import Person
    from mock_idp.domain.people.personas import Persona
    from mock_idp.domain.population import Population
    from mock_idp.provider.sign_in import Interaction
    from mock_idp.web.sign_in.asking import Asked

MOST: Final = 25
UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Found:
    """Who was found, and whether there are more."""

    cards: tuple[Card, ...] = ()
    is_more: bool = False


def found(asked: Asked, interaction: Interaction) -> Found:
    """Return who is meant: everything that was asked must hold for each."""
    if not asked.can_search:
        return Found()
    cards = tuple(islice(_once(_everybody(asked, interaction)), MOST + 1))
    return Found(cards=cards[:MOST], is_more=len(cards) > MOST)


def _once(cards: Iterator[Card]) -> Iterator[Card]:
    """Leave out who was found before: a persona who is changed on the stage is both."""
    seen = set()
    for card in cards:
        if card.user_name not in seen:
            seen.add(card.user_name)
            yield card


def _everybody(asked: Asked, interaction: Interaction) -> Iterator[Card]:
    """Yield who is meant, in the order in which user names are asked for; somebody changed comes as they are now."""
    provider = current_provider()
    people, day = provider.people, provider.calendar(provider.stages.get(interaction.stage_id))
    made = people.made_on(interaction.stage_id)
    written = (*made, *(people.of_file.all() if people.of_file else ()))
    yield from (person_card(each, day) for each in written if _is_meant(each, asked, day))
    personas = people.personas.all()
    yield from (persona_card(each) for each in personas if _is_meant(each.person, asked, day, _words(each)))
    changed = {each.user_name for each in made}
    yield from (card for card in _crowd(asked, people.crowd, day) if card.user_name not in changed)


def _crowd(asked: Asked, crowd: Population, day: date) -> Iterator[Card]:
    """Yield a card for each account of the pupils found."""
    query = Query(text=asked.text, situation=asked.situation, school=asked.number)
    for pupil in crowd.search(query, MOST + 1).pupils:
        for user_name in pupil.user_names:
            yield person_card(crowd.person(pupil, user_name), day, pupil.situations)


# People who are written down -----------------------------------------------------------------------------------------


def _is_meant(person: Person, asked: Asked, day: date, words: tuple[str, ...] = ()) -> bool:
    """Return whether all that was asked holds for somebody; what is quick to see is looked at first."""
    life = person.life
    schools = _schools(life) if life else {}
    if asked.number and asked.number not in schools:
        return False
    if UUID.fullmatch(asked.text):
        if life is None or asked.text.lower() not in _uuids(life, day):
            return False
    elif asked.text and not _is_called(asked.text, (*words, *_names(person), *_names_of(schools))):
        return False
    return asked.situation is None or (life is not None and asked.situation in situations_of(life, day))


def _is_called(text: str, words: tuple[str, ...]) -> bool:
    """Return whether each word of the text begins one of the words."""
    asked = words_of(text)
    return bool(asked) and all(any(each.startswith(word) for each in words) for word in asked)


def _names(person: Person) -> tuple[str, ...]:
    """Return the words of the names, and each name in one piece: Desmedt is found as de smedt and as desmedt."""
    names = (person.given_name or "", person.family_name, person.user_name)
    return tuple(word for name in names for word in (*words_of(name), "".join(words_of(name))))


def _words(persona: Persona) -> tuple[str, ...]:
    return tuple(words_of(f"{persona.id} {persona.slug} {persona.title} {persona.title_en}"))


def _names_of(schools: dict[str, School]) -> tuple[str, ...]:
    return tuple(word for each in schools.values() for word in words_of(f"{each.number} {each.name}"))


def _schools(life: Life) -> dict[str, School]:
    """Return every school in a life, by number."""
    named = (
        each.to.school if isinstance(each, Moved) else each.to if isinstance(each, SchoolRenumbered) else each.school
        for each in life.moments
        if isinstance(each, (Enrolled, Moved, SchoolRenumbered))
    )
    return {school.number: school for school in named}


def _uuids(life: Life, day: date) -> set[str]:
    """Return everything that stands or stood for a pupil."""
    student = student_of(life, day=day)
    return {*student.accounts.used, *student.history, student.leer_id_uuid or ""}
