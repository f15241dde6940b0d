"""Everybody who can sign in, found over HTTP: personas, people of the stage and of the file, the crowd."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mock_idp.domain.population import Query, Situation

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from mock_idp.provider import Provider

MADE = {
    "user_name": "sam.zoekmij10",
    "given_name": "Sam",
    "family_name": "Zoekmij",
    "birth": {"day": "23", "month": "01", "year": "2013"},
    "sex": "m",
}


def found(control: FlaskClient, **query: Any) -> list[dict[str, Any]]:
    answer = control.get("/control/v1/students", query_string=query)
    assert answer.status_code == 200, answer.text
    students: list[dict[str, Any]] = answer.get_json()["students"]
    return students


def test_a_persona_is_found_by_slug_id_title_and_name(control: FlaskClient) -> None:
    for text in ("secondary-pupil", "P02", "secundair onderwijs", "noah wouters"):
        assert "secondary-pupil" in {each["persona"] for each in found(control, text=text)}


def test_pupils_of_the_crowd_are_found_behind_the_personas(control: FlaskClient) -> None:
    students = found(control, text="peeters", limit=200)

    origins = [each["origin"] for each in students]
    assert origins == sorted(origins, key=["persona", "crowd"].index)
    assert {"persona", "crowd"} == set(origins)


@pytest.mark.parametrize("situation", list(Situation))
def test_everybody_who_is_found_is_in_the_situation(control: FlaskClient, situation: str) -> None:
    students = found(control, situation=situation, limit=120)

    assert len(students) == 120
    assert all(situation in each["situations"] for each in students)


def test_a_school_has_personas_and_a_school_of_the_crowd_has_its_pupils(
    control: FlaskClient, provider: Provider
) -> None:
    number = provider.people.crowd.pupil(0).school.number

    assert "secondary-pupil" in {each["persona"] for each in found(control, school="700202")}
    assert len(found(control, school=number)) == 50


def test_no_more_are_told_than_were_asked_for(control: FlaskClient) -> None:
    some = control.get("/control/v1/students?limit=3").get_json()
    one = control.get("/control/v1/students?text=secondary-pupil").get_json()

    assert (len(some["students"]), some["is_more"]) == (3, True)
    assert (len(one["students"]), one["is_more"]) == (1, False)


def test_somebody_of_a_stage_is_found_on_that_stage_only(control: FlaskClient) -> None:
    stage = control.post("/control/v1/stages", json={}).get_json()["id"]
    control.post(f"/control/v1/stages/{stage}/people", json=MADE)

    assert [each["origin"] for each in found(control, text="zoekmij", stage=stage)] == ["stage"]
    assert found(control, text="zoekmij") == []
    assert control.get(f"/control/v1/students/sam.zoekmij10?stage={stage}").status_code == 200
    assert control.get("/control/v1/students/sam.zoekmij10").status_code == 404


def test_a_changed_persona_is_found_once_and_as_changed(control: FlaskClient) -> None:
    (persona,) = found(control, text="secondary-pupil")
    path = f"/control/v1/stages/default/people/{persona['user_name']}"

    control.patch(path, json={"family_name": "Zoekmij"})

    assert [each["persona"] for each in found(control, text="zoekmij")] == ["secondary-pupil"]
    assert len(found(control, text=persona["user_name"])) == 1


@pytest.mark.parametrize("situation", [Situation.ORDINARY, Situation.IDENTIFIED_SINCE, Situation.TWO_ACCOUNTS])
def test_a_pupil_of_the_crowd_is_shown_by_user_name_and_by_every_uuid(
    control: FlaskClient, provider: Provider, situation: Situation
) -> None:
    (pupil,) = provider.people.crowd.search(Query(situation=situation), 1).pupils
    shown = control.get(f"/control/v1/students/{pupil.user_name}").get_json()
    uuids = [shown["facts"]["account_uuid"], shown["facts"]["leer_id_uuid"], *shown["facts"]["history"]]

    assert shown["origin"] == "crowd"
    assert all(control.get(f"/control/v1/students/{each}").get_json() == shown for each in uuids)


def test_a_persona_is_shown_by_every_uuid_and_on_the_day_of_a_stage(control: FlaskClient) -> None:
    persona = next(each for each in found(control, text="identified-since") if each["persona"] == "identified-since")
    path = f"/control/v1/students/{persona['user_name']}"
    past = control.post("/control/v1/stages", json={"calendar_offset_days": -60}).get_json()["id"]

    now, then = control.get(path).get_json(), control.get(f"{path}?stage={past}").get_json()

    assert now["facts"]["history"] == [then["facts"]["account_uuid"]]
    assert then["facts"]["leer_id_uuid"] is None
    assert control.get(f"/control/v1/students/{now['facts']['leer_id_uuid'].upper()}").get_json() == now
    assert control.get(f"/control/v1/students/{now['facts']['history'][0]}").get_json() == now


def test_what_is_shown_can_be_sent_again(control: FlaskClient, provider: Provider) -> None:
    stage = control.post("/control/v1/stages", json={}).get_json()["id"]
    (pupil,) = provider.people.crowd.search(Query(situation=Situation.MOVED), 1).pupils
    shown = control.get(f"/control/v1/students/{pupil.user_name}").get_json()

    made = control.put(f"/control/v1/stages/{stage}/people/{pupil.user_name}", json=shown["document"])

    assert made.status_code == 201
    assert made.get_json()["facts"] == shown["facts"]


@pytest.mark.parametrize(
    ("query", "key", "hint"),
    [
        ("situation=moved-on", "situation", "Did you mean 'moved'?"),
        ("school=70020", "school", None),
        ("limit=0", "limit", None),
        ("limit=201", "limit", None),
        ("txt=a", "txt", "Did you mean 'text'?"),
    ],
)
def test_a_wrong_query_is_told(control: FlaskClient, query: str, key: str, hint: str | None) -> None:
    answer = control.get(f"/control/v1/students?{query}")

    assert answer.status_code == 422
    assert [(each["key"], each["hint"]) for each in answer.get_json()["problems"]] == [(key, hint)]


@pytest.mark.parametrize(
    "path", ["students?stage=unknown", "students/nobody.here10", "students/00000000-0000-4000-8000-000000000000"]
)
def test_nobody_and_nowhere_are_told(control: FlaskClient, path: str) -> None:
    assert control.get(f"/control/v1/{path}").get_json()["error"] == "not_found"


@settings(
    max_examples=80,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(text=st.text(max_size=250))
def test_no_text_brings_the_mock_down(control: FlaskClient, text: str) -> None:
    assert control.get("/control/v1/students", query_string={"text": text}).status_code in {200, 422}


def test_a_text_has_at_most_200_characters(control: FlaskClient) -> None:
    assert found(control, text="x" * 200) == []
    answer = control.get("/control/v1/students", query_string={"text": "x" * 201})
    assert (answer.status_code, answer.get_json()["problems"][0]["key"]) == (422, "text")
