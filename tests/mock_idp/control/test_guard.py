"""Who may call, and what a wrong call is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from flask.testing import FlaskClient

TOKEN = {"Authorization": "Bearer synthetic-control-token"}


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer wrong"},
        {"Authorization": "Bearer "},
        {"Authorization": "Basic synthetic-control-token"},
        {"Authorization": "Bearer s\u00ebcret"},
    ],
)
@pytest.mark.parametrize("path", ["/control/v1", "/control/v1/journal", "/control/v1/nowhere"])
def test_without_the_control_token_nothing_is_told(guarded: FlaskClient, path: str, headers: dict[str, str]) -> None:
    answer = guarded.get(path, headers=headers)

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert answer.get_json()["error"] == "unauthorized"


def test_with_the_control_token_every_host_may_call(guarded: FlaskClient) -> None:
    assert guarded.get("/control/v1", headers={**TOKEN, "Host": "testbed.example:9100"}).status_code == 200


@pytest.mark.parametrize("host", ["stranger.example", "localhost.stranger.example", "192.0.2.1:9100"])
def test_a_name_that_is_not_loopback_is_refused(control: FlaskClient, host: str) -> None:
    answer = control.get("/control/v1", headers={"Host": host})

    assert (answer.status_code, answer.get_json()["error"]) == (403, "forbidden")


@pytest.mark.parametrize("host", ["localhost:9100", "127.0.0.1:9100", "[::1]:9100", "mock.localhost"])
def test_a_loopback_name_may_call(control: FlaskClient, host: str) -> None:
    assert control.get("/control/v1", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("origin", ["https://stranger.example", "null", "http://[", ""])
def test_a_page_of_a_stranger_cannot_reset_the_mock(control: FlaskClient, origin: str) -> None:
    assert control.post("/control/v1/reset", headers={"Origin": origin}).status_code == 403


def test_a_page_on_loopback_may_call(control: FlaskClient) -> None:
    assert control.post("/control/v1/reset", headers={"Origin": "http://localhost:9100"}).status_code == 204


@pytest.mark.parametrize("path", ["/control/v1/", "/control/v1/nowhere", "/control/v1//stages", "/control/v1/stages/"])
def test_an_unknown_path_is_told_in_json(control: FlaskClient, path: str) -> None:
    answer = control.get(path)

    assert (answer.status_code, answer.get_json()["error"]) == (404, "not_found")


def test_a_wrong_method_is_told_in_json(control: FlaskClient) -> None:
    answer = control.put("/control/v1/reset")

    assert (answer.status_code, answer.get_json()["error"]) == (405, "method_not_allowed")
    assert answer.headers["Allow"] == "OPTIONS, POST"


def test_paths_of_others_are_left_alone(control: FlaskClient) -> None:
    assert not control.get("/control/v10").is_json


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", None])
def test_another_content_type_is_told(control: FlaskClient, content_type: str | None) -> None:
    answer = control.post("/control/v1/stages", data="{}", content_type=content_type)

    assert (answer.status_code, answer.get_json()["error"]) == (415, "unsupported_media_type")


@pytest.mark.parametrize("body", ["", "{", '{"label": NaN}', "\xff", "[" * 200_000])
def test_what_is_not_json_is_told(control: FlaskClient, body: str) -> None:
    answer = control.post("/control/v1/stages", data=body.encode("latin-1"), content_type="application/json")

    assert (answer.status_code, answer.get_json()["error"]) == (400, "invalid_json")


@pytest.mark.parametrize("body", ["[]", "null", "1", '"text"'])
def test_a_body_that_is_no_object_is_told(control: FlaskClient, body: str) -> None:
    answer = control.post("/control/v1/stages", data=body, content_type="application/json")

    assert (answer.status_code, answer.get_json()["error"]) == (422, "invalid_values")


def test_a_lone_surrogate_is_refused(control: FlaskClient) -> None:
    answer = control.post("/control/v1/stages", data=r'{"label": "\ud800"}', content_type="application/json")

    assert answer.status_code == 422


def test_a_body_that_is_too_large_is_told_in_json(control: FlaskClient) -> None:
    answer = control.post("/control/v1/stages", data=b" " * 1_000_001, content_type="application/json")

    assert (answer.status_code, answer.get_json()["error"]) == (413, "too_large")
