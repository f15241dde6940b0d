"""Tokens in a text are known by their form, or by the hash that came with them; other random words are none."""

import secrets

import pytest

from conformance.evidence import Visit
from conformance.issued import access_tokens, half_hash, tokens_in

ISSUED = "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y"
HASH = "77QmUPtjPfzWtF2AnpK9RQ"


def visit(at_hash: object) -> Visit:
    token = {"header": {}, "claims": {"at_hash": at_hash}}
    exchanges = [{"number": 1, "at": "", "stage": "one", "endpoint": each} for each in ("jwks", "token")]
    exchanges[1]["id_token"] = token
    told = {"persona": "p", "stage": "one", "expected": "signed-in", "outcome": "signed-in", "exchanges": exchanges}
    return Visit.model_validate(told)


def test_the_hash_is_that_of_the_example_in_the_specification() -> None:
    assert half_hash(ISSUED) == HASH


def test_the_hashes_are_those_that_id_tokens_tell() -> None:
    assert access_tokens([visit(HASH), visit("another"), visit(7), visit(None)]) == {HASH, "another"}


@pytest.mark.parametrize("text", ["{}", "local.t {}", "Bearer {}", '{{"token":"{}"}}', "/me/{}?x=1", "a={}&b=2", "#{}"])
def test_an_issued_token_is_found_wherever_it_stands(text: str) -> None:
    assert tokens_in(text.format(ISSUED), {HASH}) == ("the access token",)
    assert tokens_in(text.format(ISSUED), set()) == ()


def test_other_random_words_are_no_tokens() -> None:
    text = " ".join([*(secrets.token_urlsafe(32) for _ in range(100)), ISSUED[:-1], ISSUED.lower(), f"x{ISSUED}"])
    assert tokens_in(text, {HASH}) == ()


def test_a_signed_token_is_known_by_its_form() -> None:
    assert tokens_in("eyJhbGciOiJub25lIn0.e30.", set()) == ("a token",)
