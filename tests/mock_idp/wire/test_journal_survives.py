"""Whatever is sent, the journal can be read afterwards: as JSON, and as a page."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from mock_idp.provider import Provider

KIND = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
HEADER = b'{"alg":"RS256"}'
CLAIMS = {
    "half a letter": b'{"sub":"\\ud800","\\ud800":1}',
    "a list of 300 levels": b'{"x":' + b"[" * 300 + b"]" * 300 + b"}",
    "an object of 700 levels": b'{"a":' * 700 + b"1" + b"}" * 700,
    "a number that is none": b'{"exp":1e999,"iat":-1e999}',
    "a number of 4,000 digits": b'{"exp":' + b"9" * 4_000 + b"}",
}


def part(text: bytes) -> str:
    return base64.urlsafe_b64encode(text).decode().rstrip("=")


@pytest.mark.parametrize("what", CLAIMS)
def test_the_journal_can_be_read_after_an_assertion_with(browser: FlaskClient, what: str) -> None:
    assertion = f"{part(HEADER)}.{part(CLAIMS[what])}.AA"
    form = {"grant_type": "authorization_code", "client_assertion": assertion, "client_assertion_type": KIND}
    assert browser.post("/op/v1/token", data=form).status_code == 401
    assert browser.get("/op/v1/logout", query_string={"id_token_hint": assertion}).status_code == 400
    [exchange, *_] = json.loads(browser.get("/control/v1/journal").data)["exchanges"]
    assert exchange["endpoint"] == "token"
    assert browser.get("/inspect").status_code == 200


def test_the_journal_keeps_the_beginning_of_a_text_that_does_not_end(browser: FlaskClient, provider: Provider) -> None:
    browser.get("/op/v1/auth", query_string={"client_id": "a" * 50_000})
    [exchange] = provider.journal.exchanges()
    assert exchange.request["client_id"].endswith("… (50000 characters)")
    assert len(exchange.client_id or "") < 8_100
