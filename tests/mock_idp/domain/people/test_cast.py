"""A cast: everybody in it is somebody else than the persona, and stands to the others as the personas do."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from datetime import date, timedelta
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_idp.domain.datastore import Enquiry, InProcessDatastore, StudentFacts
from mock_idp.domain.people.cast import LABEL, Cast
from mock_idp.domain.people.person import Directories
from mock_idp.domain.people.personas import read_personas
from mock_idp.provider.casting import Casting, Played

if TYPE_CHECKING:
    from mock_idp.domain.datastore import Facts

TODAY = date(2026, 11, 23)
PERSONAS = read_personas(anchor=TODAY)
ONE, OTHER = Cast(label="one"), Cast(label="other")
LABELS = st.from_regex(LABEL, fullmatch=True).map(lambda label: Cast(label=label))
NAMES = st.text(min_size=1, max_size=20)
NUMBERS = st.from_regex(r"[0-9]{7}", fullmatch=True)
DAYS = tuple(TODAY + timedelta(days=offset) for offset in (-1200, -90, -60, 0, 90))
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


def told(facts: Facts | None) -> dict[str, tuple[str, ...]]:
    """What tells who somebody is, by kind."""
    if facts is None:
        return {}
    if not isinstance(facts, StudentFacts):
        parts = (facts, *facts.others)
        emails = tuple(each.vo["vo_email"] for each in parts if "vo_email" in each.vo)
        ids = tuple(each.vo["vo_id"] for each in parts if "vo_id" in each.vo)
        return {"subject": (facts.subject,), "uuid": ids, "name": (facts.family_name,), "email": emails}
    uuids = (facts.account_uuid, *((facts.leer_id_uuid,) if facts.leer_id_uuid else ()), *facts.history)
    numbers = tuple(each.stamnummer for each in facts.enrolments)
    emails = (facts.email,) if facts.email else ()
    return {"uuid": uuids, "name": (facts.family_name,), "email": emails, "number": numbers}


def everything(cast: Cast | None) -> list[tuple[str, str]]:
    """Kind and value of all that tells who the personas are, or who plays them, always in the same order."""
    directory = Directories([PERSONAS])
    if cast:
        directory = Directories([Played(directory, Casting(PERSONAS, lambda _: cast.label), "a stage")])
    datastore = InProcessDatastore(directory)
    listed = []
    for persona in PERSONAS.all():
        person = directory.find(persona.user_name)
        for day in DAYS:
            asked = Enquiry(user_name=persona.user_name, day=day, known_on=day, with_all_enrolments=True)
            facts = person.citizen or datastore.facts(asked)
            listed += [(kind, value) for kind, values in told(facts).items() for value in values]
    return listed


OF_PERSONAS, OF_ONE, OF_OTHER = everything(None), everything(ONE), everything(OTHER)


def test_there_is_something_of_every_kind() -> None:
    assert {kind for kind, _ in OF_PERSONAS} == {"uuid", "name", "email", "number", "subject"}


@pytest.mark.parametrize("played", [OF_ONE, OF_OTHER])
def test_what_is_equal_stays_equal_and_what_differs_stays_different(played: list[tuple[str, str]]) -> None:
    pairs = set(zip(OF_PERSONAS, played, strict=True))
    assert Counter(before for before, _ in pairs).most_common(1)[0][1] == 1
    assert Counter(after for _, after in pairs).most_common(1)[0][1] == 1


@pytest.mark.parametrize(
    ("here", "there"), list(combinations([OF_PERSONAS, OF_ONE, OF_OTHER], 2)), ids=["one", "other", "each other"]
)
def test_two_casts_share_nobody(here: list[tuple[str, str]], there: list[tuple[str, str]]) -> None:
    assert not [pair for pair in zip(here, there, strict=True) if pair[0] == pair[1]]
    kept = {pair for pair in here if pair[0] != "number"}  # a school gives a number without asking another school
    assert not kept & set(there)


def test_the_same_label_plays_the_same_people_again() -> None:
    assert everything(Cast(label="one")) == OF_ONE


def test_the_forms_stay() -> None:
    for (kind, before), (_, after) in zip(OF_PERSONAS, OF_ONE, strict=True):
        if kind == "uuid":
            assert UUID.fullmatch(after)
        elif kind in {"number", "subject"}:
            assert len(after) == len(before)
        elif kind == "name":
            assert after.startswith(f"{before} ")
        else:
            assert after.partition("@")[2] == before.partition("@")[2]


def test_who_plays_a_persona_signs_in_as_they_do_and_has_their_birth_date_and_schools() -> None:
    for persona in PERSONAS.all():
        before, after = persona.person, ONE.person(persona.person)
        assert (after.user_name, after.password, after.given_name) == (
            before.user_name,
            before.password,
            before.given_name,
        )
        assert after.circumstances == before.circumstances
        if before.life:
            assert after.life.birth == before.life.birth
            assert [(type(each), each.on) for each in after.life.moments] == [
                (type(each), each.on) for each in before.life.moments
            ]


@pytest.mark.parametrize(
    ("first", "second"),
    [("Vermeulen", "VERMEULEN"), ("Zoë", unicodedata.normalize("NFD", "Zoë"))],
    ids=["capitals", "accents"],
)
def test_a_name_written_otherwise_gets_the_same_word(first: str, second: str) -> None:
    assert ONE.word(first) == ONE.word(second)
    assert ONE.name(first) != ONE.name(second)


def test_a_name_in_capitals_stays_in_capitals_and_one_in_small_letters_in_small_letters() -> None:
    assert ONE.name("DE SMET").isupper()
    assert ONE.name("de smet").islower()
    assert ONE.name("De Smet").startswith("De Smet ")


@given(LABELS, NUMBERS, NUMBERS)
def test_numbers_keep_their_length_and_a_zero_in_front(cast: Cast, one: str, other: str) -> None:
    played = cast.number(one)
    assert len(played) == len(one)
    assert played.startswith("0") == one.startswith("0")
    assert played != one
    assert (played == cast.number(other)) == (one == other)


@pytest.mark.parametrize("number", ["0", "7", "07"])
def test_a_short_number_stays_a_number(number: str) -> None:
    assert re.fullmatch(rf"[0-9]{{{len(number)}}}", ONE.number(number))


@given(LABELS, NAMES, NAMES)
def test_texts_differ_where_those_of_the_personas_do(cast: Cast, one: str, other: str) -> None:
    same = one == other
    assert (cast.name(one) == cast.name(other)) == same
    assert (cast.email(one) == cast.email(other)) == same
    assert (cast.uuid(one) == cast.uuid(other)) == same
    assert (cast.subject(one) == cast.subject(other)) == same


@given(LABELS, LABELS, NAMES)
def test_labels_differ_in_everything(one: Cast, other: Cast, text: str) -> None:
    same = one == other
    values: tuple[Any, ...] = ("word", "uuid", "subject", "email")
    assert all((getattr(one, each)(text) == getattr(other, each)(text)) == same for each in values)


def test_facts_told_of_a_persona_become_those_of_who_plays_them() -> None:
    """A datastore elsewhere knows no casts, and the answer is the same."""
    there, here = InProcessDatastore(Directories([PERSONAS])), Casting(PERSONAS, lambda _: "one")
    played = InProcessDatastore(Directories([Played(PERSONAS, here, "a stage")]))
    for persona in PERSONAS.all():
        for day in DAYS:
            asked = Enquiry(user_name=persona.user_name, day=day, known_on=day, with_all_enrolments=True)
            facts = there.facts(asked)
            assert played.facts(asked) == (ONE.facts(facts) if facts else None)
