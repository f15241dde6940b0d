"""The data file of the personas: every situation of the list, unique, invented, and told in whole sentences."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from met_personas import TODAY, met, personas_of

from mock_idp import faults
from mock_idp.domain.discimus import Enrolled, Identified, Moved, NumberReplaced
from mock_idp.domain.people.personas import Group, Persona
from mock_idp.faults import Seam

if TYPE_CHECKING:
    from collections.abc import Iterator

REQUIREMENTS = Path(__file__).parents[4] / "conformance" / "requirement" / "leerid-protocol.toml"
SENTENCE = re.compile(r"[A-Z][^.!?\n]{20,130}\.")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+){0,5}")
EVERYBODY = personas_of(TODAY).all()
PUPILS = [each for each in EVERYBODY if each.person.life]

each_persona = pytest.mark.parametrize("persona", EVERYBODY, ids=lambda persona: persona.slug)
each_pupil = pytest.mark.parametrize("persona", PUPILS, ids=lambda persona: persona.slug)


def enrolments(persona: Persona) -> Iterator[Enrolled]:
    """The enrolments of a life, by whatever moment they began."""
    for moment in persona.person.life.moments if persona.person.life else ():
        if isinstance(moment, Enrolled | Moved):
            yield moment.to if isinstance(moment, Moved) else moment


def numbers_of(persona: Persona) -> set[str]:
    """Every national number that a life ever has."""
    life = persona.person.life
    if life is None:
        return set()
    later = {each.number for each in life.moments if isinstance(each, Identified | NumberReplaced)}
    return {number for kind in {life.number, *later} if (number := life.insz(kind))}


# The list ------------------------------------------------------------------------------------------------------------


def test_every_situation_of_the_list_has_a_persona() -> None:
    assert {each.id[:3] for each in EVERYBODY} == {f"P{number:02}" for number in range(1, 78)}


def test_a_situation_of_two_people_has_them_as_a_and_b() -> None:
    for number, ids in Counter(each.id[:3] for each in EVERYBODY).items():
        expected = {number} if ids == 1 else {f"{number}{letter}" for letter in "ab"}
        assert {each.id for each in EVERYBODY if each.id[:3] == number} == expected


def test_slugs_titles_and_identifiers_belong_to_one_persona() -> None:
    for column in ("id", "slug", "title", "title_en", "user_name"):
        values = Counter(getattr(each, column) for each in EVERYBODY)
        assert [value for value, times in values.items() if times > 1] == []


def test_personas_of_a_group_stand_together_in_the_order_of_the_list() -> None:
    groups = [(group, [each.id for each in members]) for group, members in groupby(EVERYBODY, lambda each: each.group)]
    assert [group for group, _ in groups] == [Group(each) for each in ORDER]
    assert all(ids == sorted(ids) for _, ids in groups)


ORDER = ["everyday", "identity", "enrolment", "data", "time", "trouble", "others"]


@each_persona
def test_slugs_are_short_and_plain(persona: Persona) -> None:
    assert SLUG.fullmatch(persona.slug)
    assert len(persona.slug) <= 32


@each_persona
def test_titles_name_the_situation(persona: Persona) -> None:
    for title in (persona.title, persona.title_en):
        assert not re.search(r"\b(should|must be|test that|tests?|zou|moeten)\b", title.lower())
        assert title[0].isupper() or title[0].isdigit()
        assert not title.endswith(".")
        assert len(title) <= 70


@each_persona
def test_what_a_persona_proves_is_one_sentence(persona: Persona) -> None:
    assert SENTENCE.fullmatch(persona.proves)
    assert not re.search(r"\b(should|test that)\b", persona.proves.lower())


@each_persona
def test_requirements_are_those_of_the_protocol(persona: Persona) -> None:
    rows = tomllib.loads(REQUIREMENTS.read_text("utf-8"))["requirements"]
    assert set(persona.requirements) <= {row["id"] for row in rows}
    assert len(set(persona.requirements)) == len(persona.requirements)


@each_persona
def test_circumstances_exist_and_hold_for_one_person(persona: Persona) -> None:
    for name in persona.circumstances:
        found = faults.catalogue()[name]
        assert found.seam in {Seam.DATASTORE, Seam.CLAIMS}
        assert found.kind == faults.Kind.CIRCUMSTANCE


@each_persona
def test_suggested_faults_exist_and_can_be_armed_on_a_stage(persona: Persona) -> None:
    for name in persona.suggests:
        assert faults.catalogue()[name].seam not in faults.ISSUER_WIDE


@each_persona
def test_visits_come_in_the_order_of_time(persona: Persona) -> None:
    assert list(persona.visits) == sorted(persona.visits)


# Invented people -----------------------------------------------------------------------------------------------------


def test_a_national_number_belongs_to_one_pupil() -> None:
    owners: dict[str, set[str]] = {}
    for persona in PUPILS:
        for number in numbers_of(persona):
            owners.setdefault(number, set()).add(met(persona.slug).leer_id_uuid or persona.slug)
    assert [number for number, pupils in owners.items() if len(pupils) > 1] == []


def test_no_national_number_was_ever_issued() -> None:
    sequences = {number[6:9] for persona in PUPILS for number in numbers_of(persona)}
    assert sequences == {"000", "999"}


@each_pupil
def test_no_school_is_a_real_one(persona: Persona) -> None:
    for enrolled in enrolments(persona):
        assert re.fullmatch(r"7\d{5}|000007", enrolled.school.number)
        assert "(fictief)" in enrolled.group.name


@each_pupil
def test_no_address_can_receive_mail(persona: Persona) -> None:
    assert (met(persona.slug).email or "none.example").endswith(".example")


@each_pupil
def test_the_age_fits_the_class(persona: Persona) -> None:
    facts = met(persona.slug)
    for enrolment in facts.enrolments:
        age = TODAY.year - int(facts.birth_year)
        youngest, oldest = AGES[enrolment.administratieve_groep_code]
        assert youngest <= age <= oldest, (age, enrolment.administratieve_groep_omschrijving)


AGES = {
    "900103": (5, 5),
    "900205": (10, 11),
    "900301": (12, 13),
    "900302": (13, 14),
    "900303": (14, 15),
    "900304": (15, 16),
    "900305": (16, 17),
    "900306": (17, 18),
    "900307": (18, 19),
    "900308": (12, 18),
    "900401": (6, 13),
    "900402": (12, 21),
    "900403": (12, 21),
    "900404": (15, 25),
    "900405": (15, 25),
    "900499": (12, 18),
}
"""Years of age at the end of the year in which the school year begins, by administrative group."""


def test_a_register_number_belongs_to_one_pupil_of_a_school() -> None:
    owners: dict[tuple[str, str], set[str]] = {}
    for persona in PUPILS:
        for each in enrolments(persona):
            pupil = met(persona.slug).leer_id_uuid or persona.slug
            owners.setdefault((each.school.number, each.stamnummer), set()).add(pupil)
    assert [number for number, pupils in owners.items() if len(pupils) > 1] == []


def test_register_numbers_tell_the_school_year_of_the_enrolment_but_for_one_that_deviates() -> None:
    assert {persona.slug for persona in PUPILS for each in enrolments(persona) if not begins_with_its_year(each)} == {
        "leading-zeros"
    }


def begins_with_its_year(each: Enrolled) -> bool:
    year = each.on.year if each.on.month >= 9 else each.on.year - 1
    return each.stamnummer[:2] == f"{year % 100:02}"
