"""No secret can be read in the journal, and equal secrets look equal."""

from __future__ import annotations

import base64
import json
import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis.strategies import dictionaries, lists, recursive, sampled_from, text

from mock_idp.domain.clock import SettableClock
from mock_idp.journal import Exchange, Journal
from mock_idp.journal.masking import SECRETS
from mock_idp.state.memory import MemoryStore

ALWAYS_SECRET = sorted(SECRETS.keys() - {"code_challenge"})
MASKED = re.compile(r"sha256:[0-9a-f]{12}")
SECRET = text("ghijklmnopqrstuvwxyzGHIJKLMNOPQRSTUVWXYZ-_~.+/ %&\u00eb", min_size=12, max_size=60)
"""Without the letters and digits of a mask, so that no secret can be in one by chance."""


def kept(request: dict[str, Any], response: dict[str, Any] | None = None, notes: tuple[str, ...] = ()) -> Exchange:
    clock = SettableClock(datetime(2026, 3, 2, tzinfo=UTC))
    journal = Journal(MemoryStore(clock), clock)
    entry = journal.begin("token", "POST", "default")
    entry.request = request
    for note in notes:
        entry.note(note)
    entry.finish(200, response or {})
    return journal.exchanges()[0]


def written(exchange: Exchange) -> str:
    return json.dumps(exchange.model_dump(mode="json"), ensure_ascii=False)


def segment(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


@given(name=sampled_from(ALWAYS_SECRET), secret=SECRET)
def test_no_secret_is_written_down_under_its_name(name: str, secret: str) -> None:
    exchange = kept({name: secret}, {name.title(): secret})

    assert secret not in written(exchange)
    assert MASKED.fullmatch(exchange.request[name])
    assert exchange.request[name] == exchange.response[name.title()]


@given(
    name=sampled_from(ALWAYS_SECRET),
    secret=SECRET,
    around=recursive(sampled_from(["here"]), lambda inner: lists(inner, max_size=2), max_leaves=3),
    path=lists(sampled_from(["a", "b"]), max_size=3),
)
def test_no_secret_is_written_down_however_deep(name: str, secret: str, around: Any, path: list[str]) -> None:
    value: Any = {name: secret, "around": around}
    for step in path:
        value = {step: [value]}

    assert secret not in written(kept(value, value))


@given(name=sampled_from(ALWAYS_SECRET), secret=SECRET, others=dictionaries(sampled_from("xyz"), text(max_size=5)))
def test_no_secret_is_written_down_in_a_url(name: str, secret: str, others: dict[str, str]) -> None:
    query = urlencode({**others, name: secret})
    exchange = kept(
        {}, {"location": f"http://127.0.0.1:9200/callback?{query}", "fragment": f"http://x.example/#{query}"}
    )

    assert secret not in written(exchange)
    assert urlencode({"": secret})[1:] not in written(exchange)


@given(secret=SECRET)
def test_no_secret_is_echoed_in_a_note_or_elsewhere(secret: str) -> None:
    exchange = kept(
        {"code": secret}, {"error_description": f"no code {secret}!"}, notes=(f"The code {secret} is old.",)
    )

    assert secret not in written(exchange)


def test_credentials_are_not_echoed_without_their_scheme() -> None:
    exchange = kept({"authorization": "Bearer synthetic-token"}, {"detail": "synthetic-token expired"})

    assert "synthetic-token" not in written(exchange)


def test_equal_secrets_look_equal_and_others_do_not() -> None:
    request = kept({"code": "one-code", "code_verifier": "one-code", "password": "another"}).request

    assert request["code"] == request["code_verifier"] != request["password"]


def test_two_journals_mask_differently() -> None:
    assert kept({"code": "one-code"}).request != kept({"code": "one-code"}).request


@pytest.mark.parametrize("name", ["state", "nonce", "code_challenge", "redirect_uri", "scope", "grant_type", "iss"])
def test_what_is_no_secret_stays_readable(name: str) -> None:
    assert kept({name: "readable", "code_challenge_method": "S256"}).request[name] == "readable"


@pytest.mark.parametrize("method", [{}, {"code_challenge_method": "plain"}])
def test_a_plain_challenge_is_the_verifier_and_therefore_masked(method: dict[str, str]) -> None:
    request = kept({"code_challenge": "the-verifier", "code_verifier": "the-verifier", **method}).request

    assert request["code_challenge"] == request["code_verifier"]
    assert MASKED.fullmatch(request["code_challenge"])


def test_a_redirect_stays_readable_but_for_its_code() -> None:
    location = kept({}, {"location": "http://127.0.0.1:9200/callback?state=readable&code=secret-code"}).response[
        "location"
    ]

    assert location.startswith("http://127.0.0.1:9200/callback?state=readable&code=sha256")
    assert "secret-code" not in location


def test_a_hashed_challenge_in_a_url_stays_readable() -> None:
    url = "http://localhost:9100/op/v1/auth?code_challenge=readable&code_challenge_method=S256"

    assert kept({"url": url}).request["url"] == url


def test_a_secret_in_a_url_inside_a_url_is_masked() -> None:
    inner = urlencode({"next": "http://127.0.0.1:9200/callback?code=secret-code"})

    assert "secret-code" not in written(kept({"return_to": f"http://localhost:9100/?{inner}"}))


def test_a_client_assertion_is_opened_and_its_signature_masked() -> None:
    assertion = f"{segment({'alg': 'RS256'})}.{segment({'iss': 'leerid-rp'})}.c2lnbmF0dXJl"

    opened = kept({"client_assertion": assertion}).request["client_assertion"]

    assert opened["header"] == {"alg": "RS256"}
    assert opened["claims"] == {"iss": "leerid-rp"}
    assert MASKED.fullmatch(opened["signature"])


@pytest.mark.parametrize(
    "assertion", ["", "text", "a.b", "e30.e30" + "A" * 9, "\u00eb.\u00eb.\u00eb", "W1tb" * 90_000 + ".e30.x", ["a"], 7]
)
def test_an_assertion_that_is_none_is_masked_as_a_whole(assertion: Any) -> None:
    assert MASKED.fullmatch(kept({"client_assertion": assertion}).request["client_assertion"])


def test_a_secret_that_looks_like_a_mask_is_masked_as_any_other() -> None:
    assert kept({"code": "sha256:0123456789ab"}).request["code"] != "sha256:0123456789ab"
