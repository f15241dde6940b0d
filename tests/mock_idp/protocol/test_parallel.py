"""Of all who come at the same moment with a code or a refresh token, one gets tokens: at the mock as it is served."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from small_application import REDIRECT_URI

if TYPE_CHECKING:
    from collections.abc import Iterator

    from laboratory import Laboratory

AT_ONCE = 64
BASIC = httpx.BasicAuth("anybody", "anything")


@pytest.fixture
def op(laboratory: Laboratory) -> Iterator[httpx.Client]:
    """A browser at the served mock."""
    with httpx.Client(base_url=laboratory.mock, timeout=30) as browser:
        yield browser


def code_of(op: httpx.Client) -> str:
    """Sign a pupil in."""
    query = {"client_id": "anybody", "redirect_uri": REDIRECT_URI, "response_type": "code"}
    page = op.get("/op/v1/auth", params={**query, "scope": "openid profile offline_access", "prompt": "login"})
    answer = op.post(page.headers["Location"], data={"persona": "secondary-pupil"})
    return dict(parse_qsl(urlsplit(answer.headers["Location"]).query))["code"]


def redemption(code: str) -> dict[str, str]:
    return {"grant_type": "authorization_code", "code": code, "redirect_uri": REDIRECT_URI}


def refreshing(token: str) -> dict[str, str]:
    return {"grant_type": "refresh_token", "refresh_token": token}


def all_at_once(op: httpx.Client, form: dict[str, str]) -> list[httpx.Response]:
    """Send the same token request over so many connections, let go together."""
    start = Barrier(AT_ONCE)
    address = op.base_url.join("/op/v1/token")

    def send(_: int) -> httpx.Response:
        with httpx.Client(timeout=30, verify=False) as client:  # noqa: S501  none is shown, and reading ours takes long
            client.get(op.base_url.join("/op/v1/keys"))  # the connection is there before they start
            start.wait()
            return client.post(address, data=form, auth=BASIC)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(send, range(AT_ONCE)))


def the_one(answers: list[httpx.Response], error: str) -> dict[str, Any]:
    """Return what the only one got who got something."""
    [best, *others] = sorted(answers, key=lambda answer: answer.status_code)
    assert best.status_code == 200
    assert {(answer.status_code, answer.text) for answer in others} == {(400, f'{{"error": "{error}"}}')}
    return dict(best.json())


def userinfo(op: httpx.Client, tokens: dict[str, Any]) -> int:
    header = {"Authorization": f"Bearer {tokens['access_token']}"}
    return op.get("/op/v1/userinfo", headers=header).status_code


def test_a_code_is_redeemed_once_and_what_it_gave_is_revoked(op: httpx.Client) -> None:
    tokens = the_one(all_at_once(op, redemption(code_of(op))), "invalid_grant")
    assert userinfo(op, tokens) == 401
    assert op.post("/op/v1/token", data=refreshing(tokens["refresh_token"]), auth=BASIC).status_code == 400


def test_a_code_that_comes_back_later_takes_what_was_refreshed_since(op: httpx.Client) -> None:
    code = code_of(op)
    first = op.post("/op/v1/token", data=redemption(code), auth=BASIC).json()
    second = op.post("/op/v1/token", data=refreshing(first["refresh_token"]), auth=BASIC).json()
    assert [userinfo(op, each) for each in (first, second)] == [200, 200]
    assert op.post("/op/v1/token", data=redemption(code), auth=BASIC).status_code == 400
    assert [userinfo(op, each) for each in (first, second)] == [401, 401]
    assert op.post("/op/v1/token", data=refreshing(second["refresh_token"]), auth=BASIC).status_code == 400


def test_a_refresh_token_is_used_once_and_the_one_goes_on(op: httpx.Client) -> None:
    first = op.post("/op/v1/token", data=redemption(code_of(op)), auth=BASIC).json()
    second = the_one(all_at_once(op, refreshing(first["refresh_token"])), "invalid_request")
    assert userinfo(op, second) == 200
    the_one(all_at_once(op, refreshing(second["refresh_token"])), "invalid_request")
