"""What was asked beside what came, from a journal."""

from typing import Any

import pytest
from example_report import exchanges

from conformance.reporters.comparison import compared, conversation, last_token, misfits

ASKED = {"client_id": "app", "nonce": "n", "state": "s", "redirect_uri": "u"}
CLAIMS = {"aud": "app", "nonce": "n", "sub": "p", "iss": "i"}


def journal(**more: Any) -> list[dict[str, Any]]:
    """A sign-in in which everything fits, but for what is given by endpoint."""
    rows: dict[str, dict[str, Any]] = {
        "discovery": {"response": {"issuer": "i"}, "stage": "default"},
        "authorization": {"request": ASKED},
        "authorization-response": {"response": {"state": "s", "code": "c"}},
        "token": {"request": {"code": "c", "redirect_uri": "u"}, "id_token": {"header": {}, "claims": CLAIMS}},
        "userinfo": {"response": {"sub": "p"}},
    }
    plain = {"stage": "one", "status": 200, "request": {}, "response": {}, "id_token": None}
    return [plain | row | more.get(name.replace("-", "_"), {}) | {"endpoint": name} for name, row in rows.items()]


def test_everything_that_has_to_fit_is_compared() -> None:
    pairs = compared(journal())
    assert [pair.what for pair in pairs] == [
        "state",
        "redirect_uri",
        "code",
        "nonce",
        "client_id and aud",
        "issuer and iss",
        "sub of ID token and userinfo",
    ]
    assert all(pair.fits for pair in pairs)
    assert misfits(journal()) == ()


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"authorization_response": {"response": {"state": "x", "code": "c"}}}, "state: 's' was asked, 'x' came"),
        ({"token": {"id_token": {"claims": CLAIMS | {"nonce": "x"}}}}, "nonce: 'n' was asked, 'x' came"),
        ({"token": {"id_token": {"claims": {"aud": "app", "iss": "i", "sub": "p"}}}}, "nonce: 'n' was asked, nothing"),
        (
            {"token": {"id_token": {"claims": CLAIMS | {"aud": ["x"]}}}},
            "client_id and aud: 'app' was asked, ['x'] came",
        ),
        ({"token": {"id_token": {"claims": CLAIMS | {"iss": "i/"}}}}, "issuer and iss: 'i' was asked, 'i/' came"),
        ({"userinfo": {"response": {"sub": "x"}}}, "sub of ID token and userinfo: 'p' was asked, 'x' came"),
    ],
)
def test_what_does_not_fit_is_told(more: dict[str, Any], sentence: str) -> None:
    assert any(told.startswith(sentence) for told in misfits(journal(**more)))


def test_an_audience_among_several_fits() -> None:
    assert misfits(journal(token={"id_token": {"claims": CLAIMS | {"aud": ["app", "x"]}}})) == ()


def test_sign_ins_are_not_mixed() -> None:
    other = [row | {"stage": "two"} for row in journal(authorization={"request": ASKED | {"nonce": "other"}})[1:3]]
    whole = journal()
    assert misfits([*whole[:3], *other, *whole[3:]]) == ()


def test_an_error_is_compared_with_nothing() -> None:
    refused = {"status": 400, "id_token": None, "response": {"error": "invalid_grant"}}
    assert {pair.what for pair in compared(journal(token=refused))} == {"state"}


def test_what_was_not_asked_is_not_missed() -> None:
    asked = {"request": {"client_id": "app"}}
    assert "nonce" not in {pair.what for pair in compared(journal(authorization=asked))}


def test_the_example_shows_the_nonce_that_does_not_fit() -> None:
    assert misfits(exchanges()) == ("nonce: 'q8Vn2b' was asked, 'other' came",)


def test_the_conversation_is_told_in_one_line_with_what_was_bent() -> None:
    assert conversation(exchanges(("id-token.expired",))).startswith("discovery 200, authorization 302, sign-in 200")
    assert "token 200 (bent: id-token.expired), userinfo 200" in conversation(exchanges(("id-token.expired",)))


def test_of_a_token_only_what_a_check_looks_at_is_told() -> None:
    assert last_token(exchanges()) == "alg 'RS256', kid 'k-1', iss 'http://localhost:9100/op', aud 'app', nonce 'other'"
    assert last_token([]) == ""
