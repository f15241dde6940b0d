"""Calls that no view answers: each gets a page or JSON, as fits, and every header."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from small_application import REDIRECT_URI

from mock_idp.web import create_app

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient

    from mock_idp.provider import Provider

FOR_PROGRAMS = ["/op/.well-known/openid-configuration", "/op/v1/keys", "/op/v1/token", "/op/v1/userinfo"]
FOR_PEOPLE = ["/", "/op/v1/auth", "/op/v1/logout", "/op/sign-in/anything", "/op/sign-in/anything/new"]
TOO_MUCH = "x=" + "9" * 1_000_001


def failing(change: Callable[[Flask], None], provider: Provider) -> FlaskClient:
    app = create_app(provider.settings, provider)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    change(app)
    return app.test_client()


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "BREW"])
@pytest.mark.parametrize("path", [*FOR_PROGRAMS, "/i/evil/op/v1/token"])
def test_a_program_learns_in_json_that_the_method_is_wrong(browser: FlaskClient, path: str, method: str) -> None:
    answer = browser.open(path, method=method)
    assert (answer.status_code, answer.get_json()) == (405, {"error": "invalid_request"})
    assert "OPTIONS" in answer.headers["Allow"]


@pytest.mark.parametrize("method", ["PUT", "TRACE"])
@pytest.mark.parametrize("path", FOR_PEOPLE)
def test_a_person_sees_a_page_when_the_method_is_wrong(browser: FlaskClient, path: str, method: str) -> None:
    answer = browser.open(path, method=method)
    assert (answer.status_code, answer.mimetype) == (405, "text/html")
    assert 'data-testid="provider-error"' in answer.text


@pytest.mark.parametrize("path", ["/op/v1/token", "/op/v1/userinfo"])
def test_a_body_that_is_too_large_is_told_to_a_program(browser: FlaskClient, path: str) -> None:
    answer = browser.post(path, data=TOO_MUCH, content_type="application/x-www-form-urlencoded")
    assert (answer.status_code, answer.get_json()) == (413, {"error": "invalid_request"})


@pytest.mark.parametrize(("path", "status"), [("/op/v1/auth", 413), ("/op/v1/logout", 413), ("/nowhere", 404)])
def test_a_body_that_is_too_large_is_told_to_a_person(browser: FlaskClient, path: str, status: int) -> None:
    answer = browser.post(f"{path}?ui_locales=en", data=TOO_MUCH, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == status
    assert '<html lang="en">' in answer.text


def test_what_breaks_is_told_without_a_word_of_why(provider: Provider) -> None:
    def break_both(app: Flask) -> None:
        for view in ("home.show", "jwks.keys"):
            app.view_functions[view] = lambda: 1 // 0

    browser = failing(break_both, provider)
    page, keys = browser.get("/"), browser.get("/op/v1/keys")
    assert (page.status_code, keys.status_code, keys.get_json()) == (500, 500, {"error": "server_error"})
    assert 'data-testid="provider-error"' in page.text
    assert "ZeroDivisionError" not in page.text + keys.text
    assert "Content-Security-Policy" in keys.headers


def test_two_slashes_are_redirected_nowhere(browser: FlaskClient) -> None:
    answer = browser.get("/op//v1/auth", headers={"Host": "evil.example"})
    assert (answer.status_code, answer.location) == (404, None)


@pytest.mark.parametrize("header", ["Basic é", "Basic \xff", "Basic", "Basic !", "Basic /v8=", "Bearer é"])
def test_credentials_of_odd_letters_are_refused(browser: FlaskClient, header: str) -> None:
    form = {"grant_type": "authorization_code", "code": "x", "redirect_uri": REDIRECT_URI}
    answer = browser.post("/op/v1/token", data=form, headers={"Authorization": header})
    assert (answer.status_code, answer.get_json()) == (401, {"error": "invalid_client"})


def test_a_hint_with_half_a_letter_as_key_is_refused(browser: FlaskClient) -> None:
    hint = "eyJhbGciOiJSUzI1NiIsImtpZCI6Ilx1ZDgwMCJ9.e30.AAAA"  # {"alg":"RS256","kid":"\ud800"}
    assert browser.get("/op/v1/logout", query_string={"id_token_hint": hint}).status_code == 400
