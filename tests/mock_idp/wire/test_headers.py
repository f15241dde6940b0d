"""The headers of every answer, whatever its status; and which answers a script of another site may read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mock_idp.settings import Policy
from mock_idp.settings.policy import CrossOrigin

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from small_application import Application

    from mock_idp.provider import Provider

PATHS = [
    "/",
    "/nowhere",
    "/static/testbed.css",
    "/op/.well-known/openid-configuration",
    "/op/v1/keys",
    "/op/v1/auth",
    "/op/v1/token",
    "/op/v1/userinfo",
    "/op/v1/logout",
    "/op/sign-in/anything",
    "/op/sign-in/anything/new",
    "/i/unknown/op/v1/keys",
    "/control/v1/journal",
    "/inspect",
    "/inspect/anything",
    "/control/v1/nothing",
]
METHODS = ["GET", "HEAD", "POST", "OPTIONS", "PUT", "TRACE"]
PUBLISHED = {"/op/.well-known/openid-configuration", "/op/v1/keys"}
ANSWERS = {"/op/v1/token", "/op/v1/userinfo"}


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("path", PATHS)
def test_every_answer_is_strict(browser: FlaskClient, path: str, method: str) -> None:
    headers = browser.open(path, method=method, buffered=True).headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "frame-ancestors 'none'" in policy
    assert "base-uri 'none'" in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Referrer-Policy"] == "strict-origin"
    assert headers["X-LeerID-Testbed"] == "testing-only"


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_kept_but_the_keys(browser: FlaskClient, path: str, method: str) -> None:
    answer = browser.open(path, method=method, buffered=True)
    is_keys = path == "/op/v1/keys" and answer.status_code == 200 and method != "OPTIONS"
    assert answer.headers["Cache-Control"].startswith("public, max-age=" if is_keys else "no-store")


def test_an_application_may_sign_in_in_a_window_of_its_own(application: Application) -> None:
    browser = application.browser
    asked = application.ask()
    answers = [asked, browser.get(asked.location), browser.get("/op/v1/logout")]
    assert {each.headers["Cross-Origin-Opener-Policy"] for each in answers} == {"unsafe-none"}
    others = [browser.get("/"), browser.get("/nowhere"), browser.get("/control/v1/journal")]
    assert {each.headers["Cross-Origin-Opener-Policy"] for each in others} == {"same-origin"}


@pytest.mark.parametrize(
    ("policy", "readable"),
    [(CrossOrigin.NONE, set()), (CrossOrigin.PUBLISHED, PUBLISHED), (CrossOrigin.ALL, PUBLISHED | ANSWERS)],
)
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
def test_the_policy_says_what_other_sites_may_read(
    browser: FlaskClient, provider: Provider, policy: CrossOrigin, readable: set[str], method: str
) -> None:
    provider.main.conduct.policy = Policy(cross_origin=policy)
    elsewhere = {"Origin": "http://localhost:5173"}
    answers = {path: browser.open(path, method=method, headers=elsewhere, buffered=True) for path in PATHS}
    told = {path for path in PATHS if "Access-Control-Allow-Origin" in answers[path].headers}
    assert told == {path for path in readable if answers[path].status_code != 405}
    assert not [path for path in PATHS if "Access-Control-Allow-Credentials" in answers[path].headers]


def test_a_browser_may_ask_beforehand(browser: FlaskClient, provider: Provider) -> None:
    provider.main.conduct.policy = Policy(cross_origin=CrossOrigin.ALL)
    wish = {"Origin": "http://localhost:5173", "Access-Control-Request-Method": "POST"}
    headers = browser.options("/op/v1/token", headers=wish).headers
    assert "POST" in headers["Access-Control-Allow-Methods"]
    assert "Authorization" in headers["Access-Control-Allow-Headers"]
