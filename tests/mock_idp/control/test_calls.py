"""Everything else of the control API: about, journal, clients, keys, clock, reset."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from mock_idp.provider.composition import Provider

CLIENT = {"client_secret": "synthetic-secret", "redirect_uris": ["http://127.0.0.1:9200/callback"]}


def test_it_says_what_it_is(control: FlaskClient) -> None:
    assert control.get("/control/v1").get_json() == {
        "product": "leerid-testbed",
        "version": "0.1.0",
        "api": "1",
        "issuer": "http://localhost:9100/op",
        "seed": 0,
    }


def test_every_fault_is_listed_with_its_sentence(control: FlaskClient) -> None:
    faults = {each["id"]: each for each in control.get("/control/v1/faults").get_json()["faults"]}

    assert faults["id-token.nonce-mismatch"] == {
        "id": "id-token.nonce-mismatch",
        "seam": "id-token",
        "kind": "fault",
        "sentence": "The ID token carries the nonce of another sign-in.",
        "requirements": ["CLM-24", "LR-60"],
    }


def test_every_persona_is_listed_with_a_password(control: FlaskClient) -> None:
    personas = control.get("/control/v1/personas").get_json()["personas"]

    assert {"primary-pupil", "secondary-pupil"} <= {each["slug"] for each in personas}
    assert all(each["password"] for each in personas)


def test_the_journal_is_read_per_stage_and_from_a_number_on(control: FlaskClient, provider: Provider) -> None:
    stage = control.post("/control/v1/stages", json={}).get_json()
    for stage_id in ("default", stage["id"], stage["id"]):
        provider.journal.begin("discovery", "GET", stage_id).finish(200, {})

    everything = control.get("/control/v1/journal").get_json()["exchanges"]
    later = control.get(f"/control/v1/journal?stage={stage['id']}&since=2").get_json()["exchanges"]
    own = control.get(f"/control/v1/stages/{stage['id']}/journal").get_json()["exchanges"]

    assert [each["number"] for each in everything] == [1, 2, 3]
    assert [each["number"] for each in later] == [3]
    assert [each["number"] for each in own] == [2, 3]


def test_the_journal_of_a_closed_stage_stays_readable(control: FlaskClient, provider: Provider) -> None:
    stage = control.post("/control/v1/stages", json={}).get_json()
    provider.journal.begin("discovery", "GET", stage["id"]).finish(200, {})
    control.delete(f"/control/v1/stages/{stage['id']}")

    assert len(control.get(f"/control/v1/journal?stage={stage['id']}").get_json()["exchanges"]) == 1


@pytest.mark.parametrize("query", ["since=-1", "since=x", "since=1&since=2", "sinse=1"])
def test_a_wrong_query_is_told(control: FlaskClient, query: str) -> None:
    assert control.get(f"/control/v1/journal?{query}").status_code == 422


def test_a_client_is_registered_read_replaced_and_forgotten(control: FlaskClient) -> None:
    path = "/control/v1/clients/my-app"

    assert control.put(path, json=CLIENT).status_code == 201
    assert control.put(path, json={**CLIENT, "client_id": "my-app", "require_pkce": True}).status_code == 200
    assert control.get(path).get_json()["require_pkce"] is True
    assert control.delete(path).status_code == 204
    assert control.get(path).status_code == 404


def test_a_client_secret_is_never_told(control: FlaskClient) -> None:
    answers = [
        control.put("/control/v1/clients/my-app", json=CLIENT),
        control.get("/control/v1/clients/my-app"),
        control.get("/control/v1/clients"),
    ]

    assert all("synthetic-secret" not in each.get_data(as_text=True) for each in answers)


@pytest.mark.parametrize(
    "members",
    [
        {**CLIENT, "client_id": "another"},
        {**CLIENT, "client_secret": None},
        {**CLIENT, "redirect_uris": []},
        {**CLIENT, "token_endpoint_auth_method": "client_secret_jwt"},
        {**CLIENT, "scopes": ["rrn"]},
        {**CLIENT, "redirect_uri": "x"},
    ],
)
def test_a_client_that_cannot_work_is_refused(control: FlaskClient, members: dict[str, Any]) -> None:
    assert control.put("/control/v1/clients/my-app", json=members).status_code == 422


def test_the_secret_of_a_refused_client_is_not_echoed(control: FlaskClient) -> None:
    answer = control.put("/control/v1/clients/my-app", json={**CLIENT, "redirect_uris": []})

    assert "synthetic-secret" not in answer.get_data(as_text=True)


def states(answer: TestResponse) -> list[str]:
    assert answer.status_code == 200
    return [each["state"] for each in answer.get_json()["keys"]]


def test_keys_are_published_activated_retired_and_rotated(control: FlaskClient) -> None:
    assert states(control.get("/control/v1/keys")) == ["active"]
    assert states(control.post("/control/v1/keys", json={"action": "publish"})) == ["active", "published"]
    assert states(control.post("/control/v1/keys", json={"action": "activate"})) == ["published", "active"]
    assert states(control.post("/control/v1/keys", json={"action": "retire"})) == ["retired", "active"]
    assert states(control.post("/control/v1/keys", json={"action": "rotate"})) == ["retired", "published", "active"]


def test_private_keys_stay_where_they_are(control: FlaskClient) -> None:
    assert all(each.keys() == {"kid", "state", "alg"} for each in control.get("/control/v1/keys").get_json()["keys"])


@pytest.mark.parametrize("action", ["activate", "retire"])
def test_the_only_key_stays(control: FlaskClient, action: str) -> None:
    answer = control.post("/control/v1/keys", json={"action": action})

    assert (answer.status_code, answer.get_json()["error"]) == (409, "conflict")


@pytest.mark.parametrize("action", ["__init__", "reset", "jwks", None])
def test_an_unknown_key_action_is_refused(control: FlaskClient, action: str | None) -> None:
    assert control.post("/control/v1/keys", json={"action": action}).status_code == 422
    assert states(control.get("/control/v1/keys")) == ["active"]


def test_the_calendar_moves_and_the_clock_does_not(control: FlaskClient) -> None:
    moved = control.put("/control/v1/clock", json={"calendar_offset_days": -60}).get_json()

    assert moved == {
        "now": "2026-03-02T09:30:00+00:00",
        "calendar_date": "2026-01-01",
        "calendar_offset_days": -60,
    }
    assert control.get("/control/v1/clock").get_json() == moved


def test_a_reset_goes_back_to_the_start(control: FlaskClient, provider: Provider) -> None:
    control.put("/control/v1/clock", json={"calendar_offset_days": 9})
    control.post("/control/v1/stages", json={})
    provider.journal.begin("discovery", "GET", "default").finish(200, {})

    assert control.post("/control/v1/reset").status_code == 204
    assert control.get("/control/v1/clock").get_json()["calendar_offset_days"] == 0
    assert len(control.get("/control/v1/stages").get_json()["stages"]) == 1
    assert control.get("/control/v1/journal").get_json() == {"exchanges": []}
