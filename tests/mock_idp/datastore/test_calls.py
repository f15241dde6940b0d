"""Calls of a served datastore, right and wrong."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from mock_idp.provider import Provider


@pytest.fixture
def path(provider: Provider) -> Any:
    persona = provider.personas.get("enrolment-ended")
    assert persona
    return f"/v1/accounts/{persona.user_name}"


def test_an_account_is_told_as_it_is_today(asked: FlaskClient, path: str) -> None:
    told = asked.get(path).get_json()
    assert (told["given_name"], told["family_name"], told["enrolments"]) == ("Nora", "Mertens", [])


def test_an_account_is_told_as_it_was_on_another_day(asked: FlaskClient, path: str) -> None:
    told = asked.get(f"{path}?day=2026-11-20").get_json()
    assert [each["instellingsnummer"] for each in told["enrolments"]] == ["700202"]


def test_an_account_is_told_with_what_was_known_on_another_day(asked: FlaskClient, path: str) -> None:
    told = asked.get(f"{path}?day=2026-11-23&known_on=2026-11-20").get_json()
    assert [each["instellingsnummer"] for each in told["enrolments"]] == ["700202"]


def test_ended_enrolments_are_told_when_asked_for(asked: FlaskClient, path: str) -> None:
    told = asked.get(f"{path}?with_all_enrolments=true").get_json()
    assert [each["ends_on"] for each in told["enrolments"]] == ["2026-11-22"]


def test_a_user_name_is_found_in_whatever_case(asked: FlaskClient, path: str) -> None:
    assert asked.get(path.replace("/v1/accounts/n", "/v1/accounts/N")).get_json() == asked.get(path).get_json()


@pytest.mark.parametrize("user_name", ["nobody", "katrien.vanacker27"])
def test_nobody_and_somebody_who_is_no_pupil_are_unknown(asked: FlaskClient, user_name: str) -> None:
    answer = asked.get(f"/v1/accounts/{user_name}")
    assert (answer.status_code, answer.get_json()["error"]) == (404, "unknown_account")


def test_every_wrong_value_is_told_at_once(asked: FlaskClient, path: str) -> None:
    answer = asked.get(f"{path}?day=yesterday&known_on=1066-10-14&changes_leer_id=maybe&rotations=lasting")
    problems = {each["key"]: each["hint"] for each in answer.get_json()["problems"]}
    assert answer.status_code == 422
    assert problems.keys() == {"day", "known_on", "changes_leer_id", "rotations"}
    assert problems["rotations"] == "Did you mean 'rotation'?"


def test_a_parameter_that_comes_twice_is_refused(asked: FlaskClient, path: str) -> None:
    answer = asked.get(f"{path}?day=2026-01-01&day=2026-01-02")
    assert (answer.status_code, answer.get_json()["problems"][0]["key"]) == (422, "day")


@pytest.mark.parametrize(("path", "error"), [("/", "not_found"), ("/v1/accounts/", "not_found")])
def test_a_wrong_path_is_told_in_json(asked: FlaskClient, path: str, error: str) -> None:
    answer = asked.get(path)
    assert (answer.status_code, answer.get_json()["error"]) == (404, error)
    assert "/v1/openapi.json" in answer.get_json()["message"]


def test_nothing_can_be_changed(asked: FlaskClient, path: str) -> None:
    answer = asked.put(path, json={})
    assert (answer.status_code, answer.get_json()["error"]) == (405, "method_not_allowed")
    assert set(answer.headers["Allow"].replace(" ", "").split(",")) == {"GET", "HEAD", "OPTIONS"}


@pytest.mark.parametrize("place", ["/healthz", "/v1/accounts/nobody", "/nowhere"])
def test_every_answer_says_that_it_is_for_testing_only_and_is_not_kept(asked: FlaskClient, place: str) -> None:
    headers = asked.get(place).headers
    assert (headers["X-LeerID-Testbed"], headers["Cache-Control"]) == ("testing-only", "no-store")


def test_no_password_and_no_national_number_is_told_of_anybody(asked: FlaskClient, provider: Provider) -> None:
    for persona in provider.personas.all():
        told = asked.get(f"/v1/accounts/{persona.user_name}?with_all_enrolments=true").text
        assert persona.password not in told
        assert not re.search(r'"[0-9]{11}"|[0-9]{2}\.[0-9]{2}\.[0-9]{2}-[0-9]{3}\.[0-9]{2}', told)
