"""Finding people: the same words and situations for those who are written down and for the crowd."""

from __future__ import annotations

from datetime import date

import pytest

from mock_idp.domain.finding import Finder, Named, situations_of
from mock_idp.domain.people.book import read_people
from mock_idp.domain.people.personas import read_personas
from mock_idp.domain.population import Population, Query, Situation

TODAY = date(2026, 11, 23)
CROWD = Population()
PERSONAS = read_personas(anchor=TODAY)


def finder(*others: Named) -> Finder:
    named = tuple(Named(person=each.person, persona=each) for each in PERSONAS.all())
    return Finder(named=(*others, *named), crowd=CROWD, day=TODAY)


def slugs(query: Query) -> list[str]:
    return [hit.persona.slug for hit in finder().named_like(query)]


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("lotte peeters", "primary-pupil"),
        ("PEETERS lot", "primary-pupil"),
        ("P07", "identified-since"),
        ("zonder e-mail", "no-email"),
        ("desmedt", "leading-zeros"),
        ("zoe agnes", "diacritics"),
    ],
)
def test_a_persona_is_found_by_words(text: str, slug: str) -> None:
    assert slug in slugs(Query(text=text))


def test_all_words_must_be_met() -> None:
    assert "primary-pupil" not in slugs(Query(text="lotte wouters"))


def test_personas_come_before_the_crowd_and_the_limit_is_kept() -> None:
    found = finder().search(Query(text="peeters"), 5)
    assert found.found[0].persona.slug == "primary-pupil"
    assert (len(found.found), found.is_more) == (5, True)


def test_a_situation_is_recognised_in_the_life_of_a_persona() -> None:
    assert slugs(Query(situation=Situation.BIS_NUMBER, text="Mateo")) == ["bis-number"]
    assert {"two-accounts-first", "two-accounts-second"} <= set(slugs(Query(situation=Situation.TWO_ACCOUNTS)))
    assert "primary-pupil" not in slugs(Query(situation=Situation.TWO_ACCOUNTS))


@pytest.mark.parametrize("situation", list(Situation))
def test_the_crowd_is_in_the_situation_by_its_own_life(situation: Situation) -> None:
    (pupil,) = CROWD.search(Query(situation=situation), 1).pupils
    end_of_year = date(2027, 6, 30)
    assert situation in situations_of(CROWD.life(pupil), end_of_year)


def test_a_uuid_leads_to_its_pupil_whenever_it_was_in_use() -> None:
    life = PERSONAS.get("identified-since").person.life
    for number in range(2):
        hit = finder().by_uuid(life.identities.account_uuid(life.account, number).upper())
        assert (hit.persona.slug, hit.found_by) == ("identified-since", "account_uuid")
    assert finder().by_uuid(life.identities.leer_id_uuid(0)).found_by == "leer_id_uuid"
    assert finder().by_uuid("aaaaaaaa-1111-4111-8111-111111111111") is None


def test_a_uuid_of_the_crowd_leads_to_its_pupil() -> None:
    pupil = CROWD.pupil(123_456)
    assert finder().by_uuid(pupil.account_uuid).person.user_name == pupil.user_name


def test_a_pupil_of_the_crowd_who_is_changed_is_found_as_they_are_now() -> None:
    pupil = CROWD.pupil(123_456)
    text = f"""
[[people]]
user_name = "{pupil.user_name}"
given_name = "Hernoemd"
family_name = "Testleerling"
birth = {{ day = "01", month = "02", year = "2013" }}
sex = "f"
"""
    (renamed,) = read_people(text, "people.toml", anchor=TODAY).all()
    there = finder(Named(person=renamed))
    query = Query(text=f"{pupil.given_name} {pupil.family_name}")
    assert [hit.person.full_name for hit in there.search(Query(text="hernoemd"), 5).found] == ["Hernoemd Testleerling"]
    names = {hit.person.user_name: hit.person.full_name for hit in there.search(query, 50).found}
    assert names[pupil.user_name] == "Hernoemd Testleerling"
    names = {hit.person.user_name: hit.person.full_name for hit in finder().search(query, 50).found}
    assert names[pupil.user_name] == pupil.full_name


def test_a_text_that_is_longer_than_any_name_means_nobody_and_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "lotte " * 33
    assert slugs(Query(text=text)) == slugs(Query(text="lotte")) != []
    assert slugs(Query(text=f"{text}lotte")) == []
    read = []
    monkeypatch.setattr("mock_idp.domain.finding.words_of", lambda text: read.append(text) or [text])
    slugs(Query(text="zzz"))
    assert read.count("zzz") == 1
