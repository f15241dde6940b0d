"""Stages over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse


def problems(answer: TestResponse) -> set[tuple[str, str | None]]:
    return {(each["key"], each["hint"]) for each in answer.get_json()["problems"]}


def test_a_stage_is_opened_with_its_cookie(control: FlaskClient) -> None:
    answer = control.post("/control/v1/stages", json={"faults": ["id-token.expired"], "persona": "secondary-pupil"})

    stage = answer.get_json()
    assert answer.status_code == 201
    assert answer.headers["Location"].endswith(stage["id"])
    assert stage["cookie"] == {"name": "leerid_stage", "value": stage["id"]}
    assert stage["faults"] == ["id-token.expired"]
    assert stage["created_at"] == "2026-03-02T09:30:00+00:00"


def test_a_stage_changes_only_in_the_members_given(control: FlaskClient) -> None:
    stage = control.post("/control/v1/stages", json={"label": "one", "circumstances": ["claims.email-null"]}).get_json()

    changed = control.patch(f"/control/v1/stages/{stage['id']}", json={"calendar_offset_days": -60}).get_json()

    assert changed == {**stage, "calendar_offset_days": -60}
    assert control.get(f"/control/v1/stages/{stage['id']}").get_json() == changed


def test_a_label_is_removed_with_null(control: FlaskClient) -> None:
    stage = control.post("/control/v1/stages", json={"label": "one"}).get_json()

    assert control.patch(f"/control/v1/stages/{stage['id']}", json={"label": None}).get_json()["label"] is None


def test_a_closed_stage_is_gone(control: FlaskClient) -> None:
    stage = control.post("/control/v1/stages", json={}).get_json()

    assert control.delete(f"/control/v1/stages/{stage['id']}").status_code == 204
    assert control.get(f"/control/v1/stages/{stage['id']}").status_code == 404
    assert control.delete(f"/control/v1/stages/{stage['id']}").status_code == 404


def test_the_default_stage_is_changed_but_not_closed(control: FlaskClient) -> None:
    assert control.patch("/control/v1/stages/default", json={"faults": ["id-token.expired"]}).status_code == 200
    assert control.get("/control/v1/stages").get_json()["stages"][0]["faults"] == ["id-token.expired"]
    assert control.delete("/control/v1/stages/default").status_code == 409


def test_all_problems_are_told_at_once_and_nothing_is_opened(control: FlaskClient) -> None:
    answer = control.post(
        "/control/v1/stages",
        json={
            "faults": ["id-token.nonce-mismach", "claims.email-null", "signature.altered", "signature.removed"],
            "circumstances": ["userinfo.subject-other"],
            "persona": "secundary-pupil",
            "calendar_offset_days": "5",
            "claims_profile": "meemoo-2022",
            "labl": "x",
        },
    )

    assert answer.status_code == 422
    assert problems(answer) == {
        ("faults[0]", "Did you mean 'id-token.nonce-mismatch'?"),
        ("faults[1]", "List it under circumstances."),
        ("faults", None),
        ("circumstances[0]", "List it under faults."),
        ("persona", "Did you mean 'secondary-pupil'?"),
        ("calendar_offset_days", None),
        ("claims_profile", "Did you mean 'meemoo-2023'?"),
        ("labl", "Did you mean 'label'?"),
    }
    assert len(control.get("/control/v1/stages").get_json()["stages"]) == 1


def test_a_second_signature_fault_is_refused_when_a_stage_changes_too(control: FlaskClient) -> None:
    stage = control.post("/control/v1/stages", json={"faults": ["signature.altered"]}).get_json()

    answer = control.patch(f"/control/v1/stages/{stage['id']}", json={"circumstances": ["signature.kid-absent"]})

    assert answer.status_code == 422


def test_a_fault_listed_twice_is_refused(control: FlaskClient) -> None:
    answer = control.post("/control/v1/stages", json={"faults": ["id-token.expired", "id-token.expired"]})

    assert problems(answer) == {("faults", None)}


def test_only_one_stage_bends_the_whole_issuer(control: FlaskClient) -> None:
    first = control.post("/control/v1/stages", json={"faults": ["discovery.issuer-other"]}).get_json()

    second = control.post("/control/v1/stages", json={"faults": ["jwks.empty"]})
    same = control.patch(f"/control/v1/stages/{first['id']}", json={"faults": ["jwks.empty"]})
    control.delete(f"/control/v1/stages/{first['id']}")
    third = control.post("/control/v1/stages", json={"faults": ["jwks.empty"]})

    assert (second.status_code, same.status_code, third.status_code) == (409, 200, 201)
    assert first["id"] in second.get_json()["message"]


@pytest.mark.parametrize("path", ["/control/v1/stages/unknown", "/control/v1/stages/unknown/journal"])
def test_an_unknown_stage_is_told(control: FlaskClient, path: str) -> None:
    assert control.get(path).get_json()["error"] == "not_found"
