"""The rules of the storm catch what they are there for: each is shown an answer that breaks it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.storm.asked import Answered, Asked
from benchmarks.storm.rules import Judge

STRICT = {
    "content-security-policy": "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'",
    "x-frame-options": "DENY",
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=()",
    "cache-control": "no-store",
}
ASKED = Asked(endpoint="auth", path="/op/v1/auth", state="s")
HERE = "http://127.0.0.1:9200/callback"


def answered(status: int = 200, body: bytes = b"", **headers: str) -> Answered:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answered(status=status, body=body, headers={**STRICT, **named})


BREAKING = {
    "a mistake": answered(500),
    "a header that is missing": answered(x_frame_options=""),
    "a page that is kept": answered(cache_control="public, max-age=1"),
    "a stranger's address": answered(302, location="https://evil.example/"),
    "a stranger's host behind a backslash": answered(302, location="http://evil.example\\.localhost/?state=s"),
    "two slashes": answered(302, location="//evil.example/"),
    "a form to a stranger": answered(body=b'<form id="answer" method="post" action="https://evil.example/">'),
    "another state": answered(302, location=f"{HERE}?state=t"),
    "an element": answered(content_type="text/html; charset=utf-8", body=b"<p><x-storm>"),
    "an attribute": answered(content_type="text/html; charset=utf-8", body=b'<p title="" onx-storm=1>'),
    "a secret": answered(body=b"it is s3cret"),
    "JSON that is none": answered(content_type="application/json", body=b"{"),
}


@pytest.mark.parametrize("what", BREAKING)
def test_an_answer_is_told_of_that_has(what: str) -> None:
    assert Judge(secrets=(b"s3cret",)).complaints(ASKED, BREAKING[what])


@pytest.mark.parametrize(
    "location", [f"{HERE}?code=c&state=s", f"{HERE}#state=s", "/op/sign-in/x", "http://[::1]/?state=s"]
)
def test_nothing_is_told_of_an_answer_that_is_right(location: str) -> None:
    assert Judge().complaints(ASKED, answered(302, location=location)) == []


def test_a_registered_address_is_compared_whole() -> None:
    judge = Judge(registered=(HERE,))
    assert judge.complaints(ASKED, answered(302, location=f"{HERE}?state=s")) == []
    assert judge.complaints(ASKED, answered(302, location=f"{HERE}er?state=s"))


def test_escaped_markup_is_no_markup() -> None:
    page = answered(content_type="text/html", body=b"<p title='&#34; onx-storm=1'>&lt;x-storm&gt;")
    assert Judge().complaints(ASKED, page) == []


def test_a_code_is_redeemed_once() -> None:
    asked = replace(ASKED, endpoint="token", method="POST", body=b"grant_type=authorization_code&code=c", state=None)
    judge = Judge()
    assert [judge.complaints(asked, answered()) for _ in range(2)] == [[], ["A code was redeemed twice."]]
