"""Codes, refresh tokens, assertions and pages under 64 parallel uses, in this process and served: one succeeds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from asserting import JWKS, asserted
from racing import MANY, raced
from weather import REDIRECT_URI, sending

from benchmarks.storm.asked import FORM, Answered, Asked
from benchmarks.storm.driver import Sender
from mock_idp.domain.clients import AuthMethod, Client

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from laboratory import Laboratory

    from mock_idp.domain.clock import SettableClock
    from mock_idp.provider import Provider

    Send = Callable[[Asked], Answered]

SCOPE = "openid profile ov_leerling offline_access"
WHO = {"client_id": "anybody", "client_secret": "anything"}


@pytest.fixture(params=["here", "served"])
def send(request: pytest.FixtureRequest) -> Send:
    """What sends a request, from whatever thread: to an application in this process, or over HTTP."""
    if request.param == "here":
        browser: FlaskClient = request.getfixturevalue("browser")
        return sending(browser.application)
    laboratory: Laboratory = request.getfixturevalue("laboratory")

    def over_http(asked: Asked) -> Answered:
        with Sender(laboratory.mock) as sender:
            return sender.send(asked)

    return over_http


def posted(path: str, **form: str) -> Asked:
    body = urlencode(form).encode()
    return Asked(endpoint="", method="POST", path=path, body=body, headers=(("Content-Type", FORM),))


def page(send: Send, **changes: str) -> str:
    asked = {"client_id": "anybody", "redirect_uri": REDIRECT_URI, "response_type": "code", "scope": SCOPE, **changes}
    return send(Asked(endpoint="", path="/op/v1/auth", query=urlencode(asked))).location


def code_of(answered: Answered) -> str:
    return parse_qs(urlsplit(answered.location).query)["code"][0]


def code(send: Send, **changes: str) -> str:
    return code_of(send(posted(page(send, **changes), persona="secondary-pupil")))


def redemption(of: str, **changes: str) -> Asked:
    form = {"grant_type": "authorization_code", "code": of, "redirect_uri": REDIRECT_URI, **WHO, **changes}
    return posted("/op/v1/token", **form)


def told(answers: list[Answered]) -> tuple[list[Answered], list[bytes]]:
    """Return the successes, and what the others were told."""
    return [each for each in answers if each.status == 200], [each.body for each in answers if each.status != 200]


def test_of_64_redemptions_of_a_code_one_succeeds_and_what_it_got_is_revoked(send: Send) -> None:
    asked = redemption(code(send))
    [won], others = told(raced(lambda: send(asked)))
    assert [json.loads(each) for each in others] == [{"error": "invalid_grant"}] * (MANY - 1)
    bearer = (("Authorization", f"Bearer {json.loads(won.body)['access_token']}"),)
    assert send(Asked(endpoint="", path="/op/v1/userinfo", headers=bearer)).status == 401


def test_of_64_uses_of_a_refresh_token_one_succeeds(send: Send) -> None:
    token = json.loads(send(redemption(code(send))).body)["refresh_token"]
    asked = posted("/op/v1/token", grant_type="refresh_token", refresh_token=token, **WHO)
    [won], others = told(raced(lambda: send(asked)))
    assert len(others) == MANY - 1
    assert json.loads(won.body)["refresh_token"] != token


def test_of_64_answers_to_a_page_one_gives_a_code(send: Send) -> None:
    asked = posted(page(send), persona="secondary-pupil")
    answers = raced(lambda: send(asked))
    assert sorted(each.status for each in answers) == [303] + [400] * (MANY - 1)


def test_of_64_codes_redeemed_with_one_assertion_one_is(
    browser: FlaskClient, provider: Provider, clock: SettableClock
) -> None:
    provider.main.clients.put(
        Client(
            client_id="registered",
            jwks=JWKS,
            redirect_uris=(REDIRECT_URI,),
            token_endpoint_auth_method=AuthMethod.PRIVATE_KEY_JWT,
        )
    )
    send, scope = sending(browser.application), "openid profile"
    codes = [code(send, client_id="registered", scope=scope) for _ in range(MANY)]
    proof = asserted(clock)
    form = {"grant_type": "authorization_code", "redirect_uri": REDIRECT_URI, **proof}
    [_won], others = told(raced(lambda: send(posted("/op/v1/token", code=codes.pop(), **form))))
    assert [json.loads(each) for each in others] == [{"error": "invalid_client"}] * (MANY - 1)
