"""Who may look at the journal page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr

from mock_idp.settings import Settings
from mock_idp.web import create_app

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from mock_idp.domain.clock import SettableClock
    from mock_idp.provider import Provider

TOKEN = "synthetic-control-token"
REMOTE = {"Host": "testbed.example"}


@pytest.fixture
def locked(provider: Provider) -> FlaskClient:
    """The browser of somebody at a mock with a control token."""
    provider.settings = Settings(control_token=SecretStr(TOKEN))
    return create_app(provider.settings, provider).test_client()


@pytest.mark.parametrize("path", ["/inspect", "/inspect/anything"])
@pytest.mark.parametrize("headers", [{"Host": "stranger.example"}, {"Origin": "https://stranger.example"}])
def test_a_stranger_is_told_why_it_is_closed(browser: FlaskClient, path: str, headers: dict[str, str]) -> None:
    page = browser.get(path, headers=headers)

    assert page.status_code == 403
    assert 'data-testid="door"' in page.text
    assert 'data-testid="unlock"' not in page.text


def test_on_loopback_without_a_control_token_anybody_may_look(browser: FlaskClient) -> None:
    assert browser.get("/inspect").status_code == 200


@pytest.mark.parametrize("path", ["/inspect", "/inspect/anything"])
def test_with_a_control_token_the_page_asks_for_it(locked: FlaskClient, path: str) -> None:
    page = locked.get(path)

    assert page.status_code == 401
    assert page.headers["WWW-Authenticate"].startswith("Bearer")
    assert 'data-testid="unlock"' in page.text


def test_the_token_opens_as_bearer(locked: FlaskClient) -> None:
    assert locked.get("/inspect", headers={**REMOTE, "Authorization": f"Bearer {TOKEN}"}).status_code == 200


def test_the_token_opens_once_by_form_and_a_cookie_does_after_that(locked: FlaskClient) -> None:
    answer = locked.post("/inspect?client=a", data={"control_token": TOKEN})
    cookie = answer.headers["Set-Cookie"]

    assert (answer.status_code, answer.location) == (303, "/inspect?client=a")
    assert TOKEN not in cookie
    assert all(each in cookie for each in ("HttpOnly", "SameSite=Strict", "Path=/inspect", "Max-Age=28800"))
    assert locked.get("/inspect").status_code == 200
    assert locked.get("/control/v1").status_code == 401


def test_a_wrong_token_is_told_and_opens_nothing(locked: FlaskClient) -> None:
    page = locked.post("/inspect", data={"control_token": "wrong"})

    assert page.status_code == 401
    assert 'role="alert"' in page.text
    assert "Set-Cookie" not in page.headers


def test_the_cookie_is_good_for_eight_hours(locked: FlaskClient, clock: SettableClock) -> None:
    locked.post("/inspect", data={"control_token": TOKEN})
    value = locked.get_cookie("leerid_inspect", path="/inspect")
    assert value is not None
    clock.advance(seconds=8 * 3600)

    answer = locked.get("/inspect", headers={"Cookie": f"leerid_inspect={value.value}"})

    assert answer.status_code == 401


@pytest.mark.parametrize("cookie", ["", ".", "9999999999.", "9999999999.00", "٣.x", "9999999999.é"])
def test_a_made_up_cookie_opens_nothing(locked: FlaskClient, cookie: str) -> None:
    assert locked.get("/inspect", headers={"Cookie": f"leerid_inspect={cookie}"}).status_code == 401


def test_without_a_control_token_no_form_opens_anything(browser: FlaskClient) -> None:
    answer = browser.post("/inspect", data={"control_token": ""}, headers={"Host": "stranger.example"})

    assert answer.status_code == 403
