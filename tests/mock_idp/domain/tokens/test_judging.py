"""A token beside its rules: a sound one keeps them all, and each way to be odd is told at its member."""

from __future__ import annotations

from typing import Any

import pytest

from mock_idp.domain.tokens import Moment, Part, Token, Verdict, judged, token_rules
from mock_idp.domain.tokens.checks import CHECKS, NEEDS

NOW = 1_764_111_600
ISSUER = "http://localhost:9100/op"
ASKED = {"nonce": "n-1", "acr_values": "urn:a urn:b", "max_age": "60"}
MOMENT = Moment(issuer=ISSUER, client_id="app", at=NOW, kids=("key-1", "key-2"), asked=ASKED)
SOUND: dict[Token, dict[str, dict[str, Any]]] = {
    Token.ID_TOKEN: {
        "header": {"alg": "RS256", "kid": "key-1", "typ": "JWT"},
        "claims": {
            "acr": "urn:a",
            "at_hash": "0123456789abcdefghij-_",
            "aud": "app",
            "auth_time": NOW - 3,
            "azp": "app",
            "exp": NOW + 3600,
            "iat": NOW,
            "iss": ISSUER,
            "kid": "key-1",
            "nonce": "n-1",
            "sub": "somebody",
        },
    },
    Token.CLIENT_ASSERTION: {
        "header": {"alg": "RS256", "kid": "theirs", "typ": "JWT"},
        "claims": {"iss": "app", "sub": "app", "aud": ISSUER, "exp": NOW + 300, "iat": NOW, "nbf": NOW, "jti": "j-1"},
    },
}


def verdicts(token: Token, opened: dict[str, Any], moment: Moment = MOMENT) -> dict[tuple[str, str], Verdict]:
    rows = judged(token, opened, moment)
    return {(row.part.value, row.member): row.verdict for row in rows if row.verdict != Verdict.OK}


def with_one(token: Token, part: str, member: str, value: Any) -> dict[str, Any]:
    return {**SOUND[token], part: {**SOUND[token][part], member: value}}


def without(token: Token, part: str, member: str) -> dict[str, Any]:
    left = {name: value for name, value in SOUND[token][part].items() if name != member}
    return {**SOUND[token], part: left}


@pytest.mark.parametrize("token", Token)
def test_a_sound_token_keeps_every_rule(token: Token) -> None:
    assert verdicts(token, SOUND[token]) == {}
    assert all(row.rule for row in judged(token, SOUND[token], MOMENT))


@pytest.mark.parametrize(
    ("token", "part", "member", "value"),
    [
        (Token.ID_TOKEN, "header", "alg", "none"),
        (Token.ID_TOKEN, "header", "kid", "unheard-of"),
        (Token.ID_TOKEN, "header", "typ", "at+jwt"),
        (Token.ID_TOKEN, "claims", "acr", "urn:c"),
        (Token.ID_TOKEN, "claims", "at_hash", "short"),
        (Token.ID_TOKEN, "claims", "aud", ["app"]),
        (Token.ID_TOKEN, "claims", "auth_time", NOW + 60),
        (Token.ID_TOKEN, "claims", "azp", "another"),
        (Token.ID_TOKEN, "claims", "exp", NOW - 60),
        (Token.ID_TOKEN, "claims", "exp", NOW + 3599),
        (Token.ID_TOKEN, "claims", "exp", "soon"),
        (Token.ID_TOKEN, "claims", "iat", NOW + 60),
        (Token.ID_TOKEN, "claims", "iat", True),
        (Token.ID_TOKEN, "claims", "iss", f"{ISSUER}/"),
        (Token.ID_TOKEN, "claims", "kid", "key-2"),
        (Token.ID_TOKEN, "claims", "nonce", "n-2"),
        (Token.ID_TOKEN, "claims", "sub", 7),
        (Token.CLIENT_ASSERTION, "header", "alg", "ES256"),
        (Token.CLIENT_ASSERTION, "claims", "iss", "another"),
        (Token.CLIENT_ASSERTION, "claims", "sub", None),
        (Token.CLIENT_ASSERTION, "claims", "aud", f"{ISSUER}/v1/token"),
        (Token.CLIENT_ASSERTION, "claims", "exp", NOW - 60),
        (Token.CLIENT_ASSERTION, "claims", "exp", NOW + 3600),
        (Token.CLIENT_ASSERTION, "claims", "iat", NOW + 60),
        (Token.CLIENT_ASSERTION, "claims", "nbf", "then"),
        (Token.CLIENT_ASSERTION, "claims", "jti", ""),
    ],
)
def test_what_is_odd_is_told_at_its_member(token: Token, part: str, member: str, value: Any) -> None:
    odd = verdicts(token, with_one(token, part, member, value))

    assert odd[part, member] == Verdict.ODD
    assert all(row.says for row in judged(token, with_one(token, part, member, value), MOMENT) if row.verdict == "odd")


def test_an_issuer_among_several_audiences_of_an_assertion_is_enough() -> None:
    opened = with_one(Token.CLIENT_ASSERTION, "claims", "aud", [ISSUER, f"{ISSUER}/v1/token"])

    assert verdicts(Token.CLIENT_ASSERTION, opened) == {}


@pytest.mark.parametrize(
    ("token", "part", "member"),
    [(rule.token, rule.part.value, rule.member) for rule in token_rules().values() if rule.needed != "never"],
)
def test_what_has_to_be_there_is_missed(token: Token, part: str, member: str) -> None:
    assert verdicts(token, without(token, part, member))[part, member] == Verdict.MISSING


@pytest.mark.parametrize("member", ["nonce", "acr", "auth_time"])
def test_what_was_not_asked_for_is_not_missed(member: str) -> None:
    silent = Moment(issuer=ISSUER, client_id="app", at=NOW)
    missing = verdicts(Token.ID_TOKEN, without(Token.ID_TOKEN, "claims", member), silent)

    assert ("claims", member) not in missing


def test_a_member_without_a_rule_says_so() -> None:
    rows = judged(Token.ID_TOKEN, with_one(Token.ID_TOKEN, "claims", "papi_token", "x"), MOMENT)

    assert [row.member for row in rows if row.verdict == Verdict.UNTOLD] == ["papi_token"]


@pytest.mark.parametrize(
    "opened", [{}, {"header": "x", "claims": [1]}, {"header": {}, "claims": {"exp": {}, "iat": []}}]
)
def test_whatever_was_sent_can_be_judged(opened: dict[str, Any]) -> None:
    assert all(judged(token, opened, MOMENT) for token in Token)


def test_members_are_told_in_the_order_of_the_token() -> None:
    rows = judged(Token.ID_TOKEN, SOUND[Token.ID_TOKEN], MOMENT)

    assert [row.member for row in rows if row.part == Part.CLAIMS] == list(SOUND[Token.ID_TOKEN]["claims"])


def test_every_check_and_every_need_is_used() -> None:
    rules = token_rules().values()

    assert {check.name for rule in rules for check in rule.checks} == set(CHECKS)
    assert {rule.needed for rule in rules} == set(NEEDS)
