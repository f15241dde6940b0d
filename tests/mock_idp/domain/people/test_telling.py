"""People are written down again as they were read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from mock_idp.domain.discimus import groups, schools
from mock_idp.domain.leerid import student_of
from mock_idp.domain.people.personas import read_personas
from mock_idp.domain.people.reading import Reader
from mock_idp.domain.people.telling import WORD_OF, document_of
from mock_idp.domain.people.written import MOMENTS, PersonRow
from mock_idp.domain.population import Population, Query, Situation

if TYPE_CHECKING:
    from mock_idp.domain.people.person import Person

ANCHOR = date(2026, 11, 23)
CROWD = Population()
READER = Reader(
    anchor=ANCHOR,
    seed=0,
    schools={**CROWD.schools, **schools()},
    groups={**CROWD.groups, **groups()},
)
PERSONAS = [each.person for each in read_personas(anchor=ANCHOR).all()]
FIRST = [each for each in PERSONAS if not each.life or each.account == each.life.account]
SECOND = [each for each in PERSONAS if each.life and each.account != each.life.account]
PUPILS = [CROWD.person(each) for kind in Situation for each in CROWD.search(Query(situation=kind), 2).pupils]


def named(person: Person) -> str:
    return person.user_name


@pytest.mark.parametrize("person", FIRST, ids=named)
def test_a_persona_is_read_back_as_it_was(person: Person) -> None:
    again = READER.person(PersonRow.model_validate(document_of(person)), person.user_name)

    assert _under(person, again) == person
    if again.life and person.life:
        assert student_of(again.life, day=ANCHOR).accounts.used == student_of(person.life, day=ANCHOR).accounts.used
        assert again.life.identities.leer_id_uuid(0) == person.life.identities.leer_id_uuid(0)


def _under(key: Person, person: Person) -> Person:
    """Return a person whose life has the key of another one: a persona's is the slug."""
    return replace(person, life=replace(person.life, key=key.life.key)) if person.life and key.life else person


@pytest.mark.parametrize("person", SECOND, ids=named)
def test_a_second_account_names_the_pupil_and_tells_no_life(person: Person) -> None:
    document = document_of(person, "somebody.else10")

    assert document["same_pupil_as"] == "somebody.else10"
    assert document["account"] == person.account
    assert "life" not in document


@pytest.mark.parametrize("person", PUPILS, ids=named)
def test_a_pupil_of_the_crowd_is_read_back_but_for_the_identifiers(person: Person) -> None:
    assert READER.person(PersonRow.model_validate(document_of(person)), person.user_name) == person


def test_every_kind_of_moment_can_be_told() -> None:
    told = {moment["is"] for person in FIRST for moment in document_of(person).get("life", [])}

    assert told <= MOMENTS
    assert set(WORD_OF.values()) <= MOMENTS


def test_days_are_told_as_dates() -> None:
    (enrolled,) = document_of(next(each for each in FIRST if each.account == "secondary-pupil"))["life"]

    assert date.fromisoformat(enrolled["on"]) < ANCHOR
