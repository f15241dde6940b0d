"""Authorization codes: thirty seconds, once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from small_application import REDIRECT_URI

if TYPE_CHECKING:
    from small_application import Application

    from mock_idp.domain.clock import SettableClock


pytestmark = pytest.mark.usefixtures("explaining")


def test_a_code_yields_tokens_shaped_as_acm_gives_them(application: Application) -> None:
    response = application.redeem(application.code())
    body = response.get_json()
    assert response.status_code == 200
    assert (response.headers["Cache-Control"], response.headers["Pragma"]) == ("no-store", "no-cache")
    assert set(body) == {"access_token", "token_type", "expires_in", "id_token", "scope"}
    assert (body["token_type"], body["expires_in"]) == ("Bearer", 3600)
    assert len(body["access_token"]) == 43
    assert body["scope"] == "profile ov_leerling"


def test_a_code_is_redeemed_only_once(application: Application) -> None:
    code = application.code()
    assert application.redeem(code).status_code == 200
    second = application.redeem(code)
    assert (second.status_code, second.get_json()["error"]) == (400, "invalid_grant")


def test_a_second_use_revokes_the_tokens_of_the_first(application: Application) -> None:
    code = application.code()
    access_token = application.redeem(code).get_json()["access_token"]
    assert application.userinfo(access_token).status_code == 200
    application.redeem(code)
    assert application.userinfo(access_token).status_code == 401


def test_of_many_parallel_redemptions_one_succeeds(application: Application) -> None:
    code = application.code()

    def redeem(_: str) -> Any:
        with application.browser.application.test_client() as other:
            return other.post(
                "/op/v1/token",
                data={
                    "grant_type": "authorization_code",
                    "code": code,
                    "redirect_uri": application.sent["redirect_uri"],
                },
                headers=application.basic(),
            ).status_code

    with ThreadPoolExecutor(64) as pool:
        statuses = list(pool.map(redeem, range(64)))
    assert sorted(statuses) == [200] + [400] * 63


@pytest.mark.parametrize(("age_s", "status"), [(29, 200), (30, 400), (31, 400)])
def test_a_code_lives_thirty_seconds(application: Application, clock: SettableClock, age_s: int, status: int) -> None:
    code = application.code()
    clock.advance(seconds=age_s)
    assert application.redeem(code).status_code == status


def test_an_expired_code_is_refused_with_the_reason(application: Application, clock: SettableClock) -> None:
    code = application.code()
    clock.advance(seconds=31)
    assert "within 30 seconds" in application.redeem(code).get_json()["error_description"]


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"redirect_uri": "http://127.0.0.1:9200/other"}, "invalid_grant"),
        ({"redirect_uri": None}, "invalid_grant"),
        ({"code": "unknown"}, "invalid_grant"),
        ({"code": None}, "invalid_request"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"grant_type": None}, "unsupported_grant_type"),
    ],
)
def test_a_wrong_token_request_is_refused(application: Application, changes: dict[str, Any], error: str) -> None:
    code = application.code()
    response = application.redeem(**{"code": code, **changes})
    assert (response.headers["Cache-Control"], response.headers["Pragma"]) == ("no-store", "no-cache")
    assert (response.status_code, response.get_json()["error"]) == (400, error)


def test_a_code_of_another_client_is_refused_and_stays_good(application: Application, registered: Application) -> None:
    code = application.code()
    assert registered.redeem(code).get_json()["error"] == "invalid_grant"
    assert application.redeem(code).status_code == 200


def test_parameters_of_the_token_request_are_read_from_the_body_only(application: Application) -> None:
    code = application.code()
    query = {"grant_type": "authorization_code", "code": code, "redirect_uri": application.sent["redirect_uri"]}
    response = application.browser.post("/op/v1/token", query_string=query, headers=application.basic())
    assert response.get_json()["error"] == "unsupported_grant_type"


@pytest.mark.parametrize("name", ["code", "redirect_uri", "grant_type", "anything"])
def test_a_parameter_that_is_repeated_is_refused(application: Application, name: str) -> None:
    form = {"grant_type": "authorization_code", "code": application.code(), "redirect_uri": REDIRECT_URI}
    twice = {**form, name: [form.get(name, "x"), form.get(name, "x")]}
    response = application.browser.post("/op/v1/token", data=twice, headers=application.basic())
    assert response.get_json()["error"] == "invalid_request"
    assert name in response.get_json()["error_description"]
