"""A stage with a cast: at every turn one meets who plays a persona there, and nobody of the personas themselves."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from mock_idp.domain.datastore import InProcessDatastore

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from small_application import Application

    from mock_idp.provider import Provider

    Stages = Callable[..., str]

WHO = ("sub", "family_name", "email", "ov_account_uuid", "ov_leerid_uuid")
PUPIL = "secondary-pupil"


@pytest.fixture
def staged(browser: FlaskClient) -> Stages:
    """A browser on a stage that is opened with these members."""

    def opened(**members: Any) -> str:
        stage = browser.post("/control/v1/stages", json=members).get_json()
        assert stage["cast"] == members.get("cast")
        browser.set_cookie("leerid_stage", stage["id"], domain="localhost")
        return str(stage["id"])

    return opened


def who(claims: dict[str, Any]) -> dict[str, Any]:
    return {name: claims[name] for name in WHO}


def numbers(claims: dict[str, Any]) -> list[tuple[str, str]]:
    return [(each["instellingsnummer"], each["stamnummer"]) for each in claims["ov_inschrijvingen"]]


def test_a_cast_signs_in_with_names_numbers_and_uuids_of_its_own(staged: Stages, application: Application) -> None:
    persona = application.claims(PUPIL)
    staged(cast="one")
    one = application.claims(PUPIL)
    staged(cast="two")
    two = application.claims(PUPIL)

    for name in WHO:
        assert len({str(each[name]) for each in (persona, one, two)}) == 3
    assert one["sub"] == one["ov_account_uuid"]
    assert [school for school, _ in numbers(one)] == [school for school, _ in numbers(persona)]
    assert numbers(one) != numbers(persona)
    assert (one["given_name"], one["ov_geboortedag"]) == (persona["given_name"], persona["ov_geboortedag"])


def test_two_stages_of_one_cast_have_the_same_people(staged: Stages, application: Application) -> None:
    staged(cast="one")
    first = application.tokens(PUPIL)
    staged(cast="one")
    again = application.opened(application.tokens(PUPIL)["id_token"])

    assert who(again) == who(application.opened(first["id_token"]))
    assert who(application.userinfo(first["access_token"]).get_json()) == who(again)


def test_the_journal_names_who_plays_the_persona(staged: Stages, application: Application, provider: Provider) -> None:
    stage = staged(cast="one")
    claims = application.claims(PUPIL)

    accounts = {each.account for each in provider.journal.exchanges(stage=stage)} - {None}
    assert accounts == {claims["ov_account_uuid"]}


def test_the_sign_in_page_shows_the_cast_and_no_page_of_another_one(staged: Stages, application: Application) -> None:
    shown = {}
    for label in (None, "one", "two"):
        staged(cast=label, persona=PUPIL)
        name = application.claims(PUPIL)["family_name"]
        staged(cast=label, persona=PUPIL)
        shown[name] = application.browser.get(application.ask().location).text

    assert len(shown) == 3
    for name, page in shown.items():
        assert f"Noah {name}<" in page
        assert not [other for other in shown if other != name and f"{other}<" in page]


def test_somebody_of_a_cast_is_found_by_name_and_uuid_on_its_stage_only(
    staged: Stages, application: Application, browser: FlaskClient
) -> None:
    stage = staged(cast="one")
    claims = application.claims(PUPIL)
    word = claims["family_name"].split()[-1]

    (found,) = browser.get(f"/control/v1/students?text={word}&stage={stage}").get_json()["students"]
    assert (found["persona"], found["family_name"]) == (PUPIL, claims["family_name"])
    shown = browser.get(f"/control/v1/students/{claims['ov_account_uuid']}?stage={stage}").get_json()
    assert shown["facts"]["account_uuid"] == claims["ov_account_uuid"]
    assert shown["family_name"] == claims["family_name"]
    assert browser.get(f"/control/v1/students?text={word}").get_json()["students"] == []
    assert browser.get(f"/control/v1/students/{claims['ov_account_uuid']}").status_code == 404


def test_a_persona_who_is_changed_on_the_stage_stays_of_the_cast(
    staged: Stages, application: Application, browser: FlaskClient, provider: Provider
) -> None:
    stage = staged(cast="one")
    before = application.claims(PUPIL)
    persona = provider.personas.get(PUPIL)
    path = f"/control/v1/stages/{stage}/people/{persona.user_name}"
    told = browser.patch(path, json={"given_name": "Noa"}).get_json()

    staged(cast="one")
    assert application.claims(PUPIL)["given_name"] == "Noah"
    browser.set_cookie("leerid_stage", stage, domain="localhost")
    after = application.claims(PUPIL)
    assert who(after) == who(before)
    assert after["given_name"] == "Noa"
    assert (told["family_name"], told["document"]["family_name"]) == (before["family_name"], persona.family_name)
    assert browser.get(path).get_json() == told


def test_a_further_account_of_a_persona_is_one_of_who_plays_them(
    staged: Stages, application: Application, browser: FlaskClient, provider: Provider
) -> None:
    stage = staged(cast="one")
    first = application.claims(PUPIL)
    people = f"/control/v1/stages/{stage}/people"
    opened = {"is": "account-opened", "account": "second"}
    browser.post(f"{people}/{provider.personas.get(PUPIL).user_name}/moments", json=opened)
    made = {"user_name": "noah.tweede10", "account": "second", "same_pupil_as": PUPIL}
    assert browser.post(people, json=made).status_code == 201
    facts = provider.facts(provider.people.find("noah.tweede10", stage), stage)

    assert facts.leer_id_uuid in first["ov_leerid_uuid"]
    assert facts.family_name == first["family_name"]


def test_somebody_made_on_the_stage_is_as_written_down(staged: Stages, browser: FlaskClient) -> None:
    made = {
        "user_name": "sam.test10",
        "given_name": "Sam",
        "family_name": "Test",
        "birth": {"day": "23", "month": "01", "year": "2013"},
        "sex": "m",
    }
    facts = []
    for label in (None, "one"):
        answer = browser.post(f"/control/v1/stages/{staged(cast=label)}/people", json=made).get_json()
        assert answer["family_name"] == "Test"
        facts.append(answer["facts"])
    assert facts[0] == facts[1]


def test_a_datastore_elsewhere_knows_no_casts_and_the_same_person_signs_in(
    staged: Stages, application: Application, provider: Provider
) -> None:
    staged(cast="one")
    beside_us = application.claims(PUPIL)
    source: Any = provider.main.server.source
    provider.main.server.source = replace(source, remote=InProcessDatastore(provider.people.on("default")))
    staged(cast="one")

    assert who(application.claims(PUPIL)) == who(beside_us)


def test_a_citizen_has_a_subject_of_the_cast(staged: Stages, application: Application) -> None:
    persona = application.claims("teacher")
    staged(cast="one")
    played = application.claims("teacher")
    assert len(played["sub"]) == len(persona["sub"])
    assert played["sub"] != persona["sub"]


@pytest.mark.parametrize("label", ["", "One", "a-b", "x" * 33, 7])
def test_a_label_is_small_letters_and_digits(browser: FlaskClient, label: object) -> None:
    answer = browser.post("/control/v1/stages", json={"cast": label})
    assert (answer.status_code, answer.get_json()["problems"][0]["key"]) == (422, "cast")


def test_a_cast_comes_and_goes_with_a_change_of_the_stage(staged: Stages, application: Application) -> None:
    stage = staged()
    persona = application.claims(PUPIL)
    application.browser.patch(f"/control/v1/stages/{stage}", json={"cast": "one"})
    assert application.claims(PUPIL, prompt="login")["sub"] != persona["sub"]
    application.browser.patch(f"/control/v1/stages/{stage}", json={"cast": None})
    assert application.claims(PUPIL, prompt="login")["sub"] == persona["sub"]
