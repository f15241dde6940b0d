"""login_hint as it is read: every form that ACM documents, and what is ignored with a note."""

from __future__ import annotations

import json
from base64 import b64encode, urlsafe_b64encode
from typing import Any

import pytest

from mock_idp.protocol.login_hint import LoginHint, hint_for, read_login_hint

DOCUMENTED_SWITCH = "eyJzd2l0Y2hfaWQiOiB0cnVlfQ=="


def encoded(members: Any) -> str:
    return b64encode(json.dumps(members, ensure_ascii=False).encode()).decode()


def note(text: str) -> str:
    hint = read_login_hint(text)
    assert (hint.capacity, hint.code, hint.switches) == (None, None, False)
    assert len(hint.notes) == 1
    return hint.notes[0]


@pytest.mark.parametrize(
    ("members", "hint"),
    [
        ({"cap_hint": "GID"}, LoginHint(capacity="GID")),
        ({"cap_hint": "EA", "code_hint": "0428315871"}, LoginHint(capacity="EA", code="0428315871")),
        ({"switch_id": True}, LoginHint(switches=True)),
    ],
)
def test_the_documented_hints_are_read(members: Any, hint: LoginHint) -> None:
    assert read_login_hint(encoded(members)) == hint


def test_the_switch_is_read_as_documented_with_its_space() -> None:
    assert read_login_hint(DOCUMENTED_SWITCH) == LoginHint(switches=True)


@pytest.mark.parametrize("text", [None, ""])
def test_no_hint_is_no_wish(text: str | None) -> None:
    assert read_login_hint(text) == LoginHint()


@pytest.mark.parametrize("padding", range(3))
def test_padding_may_be_there_or_not(padding: int) -> None:
    text = encoded({"cap_hint": "OV", "code_hint": "7" * (6 + padding)})
    assert (
        read_login_hint(text) == read_login_hint(text.rstrip("=")) == LoginHint(capacity="OV", code="7" * (6 + padding))
    )


def test_both_alphabets_are_read_and_a_plus_that_became_a_space() -> None:
    members = {"cap_hint": "OV", "code_hint": "~~~?ÿÿ>>>>"}
    standard = encoded(members)
    safe = urlsafe_b64encode(json.dumps(members, ensure_ascii=False).encode()).decode()
    assert "+" in standard
    assert "-" in safe
    assert read_login_hint(safe) == read_login_hint(standard) == LoginHint(capacity="OV", code=members["code_hint"])
    spoilt = read_login_hint(standard.replace("+", " "))
    assert spoilt.code == members["code_hint"]
    assert "write + as %2B" in spoilt.notes[0]


@pytest.mark.parametrize("text", ["lotte.peeters@leerling.example", "é", "{}", "a=b", "==", "Lotte Peeters!"])
def test_an_ordinary_hint_is_ignored_and_said_to_be_no_base64(text: str) -> None:
    assert "it is not base64. OpenID Connect allows any hint" in note(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("lottepeeters", "does not decode"),
        ("a", "does not decode"),
        ("/////w==", "does not decode"),
        (b64encode(b"lotte").decode(), "is not JSON"),
        (b64encode(b"[" * 3000).decode(), "is not JSON"),
        (b64encode(b"9" * 3000).decode(), "no object"),
        ("A" * 5000, "more than 4096 characters"),
        (encoded(["cap_hint", "OV"]), "no object"),
        (encoded({}), "none of cap_hint"),
        (encoded({"cap": "OV"}), "none of cap_hint"),
        (encoded({"cap_hint": "VER"}), "cap_hint must be one of BUR, GID, EA, LB, OV."),
        (encoded({"cap_hint": "gid"}), "cap_hint must be one of"),
        (encoded({"cap_hint": None}), "cap_hint must be one of"),
        (encoded({"cap_hint": ["OV"]}), "cap_hint must be one of"),
        (encoded({"cap_hint": {}}), "cap_hint must be one of"),
        (encoded({"cap_hint": "OV", "code_hint": 700101}), "code_hint must be a text"),
        (encoded({"cap_hint": "OV", "code_hint": ""}), "code_hint must be a text"),
        (encoded({"code_hint": "700101"}), "needs a cap_hint"),
        (encoded({"switch_id": "true"}), "switch_id must be true"),
        (encoded({"switch_id": 1}), "switch_id must be true"),
    ],
)
def test_what_acm_would_not_understand_is_ignored_and_noted(text: str, words: str) -> None:
    assert words in note(text)


def test_members_beside_the_known_ones_are_noted() -> None:
    hint = read_login_hint(encoded({"cap_hint": "OV", "user": "x"}))
    assert hint.capacity == "OV"
    assert "members other than" in hint.notes[0]


def test_a_given_identity_goes_before_a_switch() -> None:
    hint = read_login_hint(encoded({"cap_hint": "OV", "switch_id": True}))
    assert (hint.capacity, hint.switches) == ("OV", False)
    assert "which counts" in hint.notes[0]


@pytest.mark.parametrize("key", ["BUR", "OV 700101"])
def test_the_hint_for_an_identity_asks_for_it(key: str) -> None:
    hint = read_login_hint(b64encode(hint_for(key).encode()).decode())
    assert " ".join(filter(None, (hint.capacity, hint.code))) == key
