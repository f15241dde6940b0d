"""An exchange as a curl command: the shell reads it as what was sent, and never finds a secret in it."""

from __future__ import annotations

import shlex
import subprocess
from typing import Any
from urllib.parse import parse_qsl

import pytest

from mock_idp.journal import Exchange
from mock_idp.web.inspect.curl import curl

ISSUER = "http://localhost:9100/op"
MASK = "sha256:0f1e2d3c4b5a"


def command(endpoint: str, request: dict[str, Any], method: str = "GET", **more: Any) -> str:
    members = {
        "number": 1,
        "at": "2026-03-02T09:30:00+00:00",
        "duration_ms": 1,
        "flow": None,
        "issuer": "op",
        "stage": "default",
        "endpoint": endpoint,
        "method": method,
        "client_id": "my-app",
        "request": request,
        "status": 200,
        "response": {},
        "fired": [],
        "notes": [],
        "account": None,
        "id_token": None,
        **more,
    }
    return curl(Exchange.model_validate(members), ISSUER)


def words(text: str) -> list[str]:
    return [word for word in shlex.split(text) if word != "\n"]


def test_an_authorization_request_is_a_get_with_its_parameters() -> None:
    text = command("authorization", {"scope": "openid profile", "client_id": "my-app", "state": "it's"})

    assert words(text) == [
        "curl",
        "--include",
        "--get",
        "http://localhost:9100/op/v1/auth",
        "--data-urlencode",
        "client_id=my-app",
        "--data-urlencode",
        "scope=openid profile",
        "--data-urlencode",
        "state=it's",
    ]


def test_a_code_is_redeemed_with_variables_for_what_is_secret() -> None:
    sent = {"grant_type": "authorization_code", "code": MASK, "client_auth": "client_secret_basic"}
    text = command("token", sent, "POST")

    assert '--user "my-app:$CLIENT_SECRET"' in text
    assert '--data-urlencode "code=$CODE"' in text
    assert "client_auth" not in text
    assert MASK not in text


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("client_secret", MASK),
        ("client_assertion", {"header": {}, "claims": {}, "signature": MASK}),
        ("refresh_token", MASK),
        ("code_challenge", MASK),
        ("anything", MASK),
    ],
)
def test_what_the_journal_masked_becomes_a_variable(name: str, value: Any) -> None:
    assert f'"{name}=${name.upper()}"' in command("token", {name: value}, "POST")


def test_a_challenge_by_s256_is_no_secret() -> None:
    assert "code_challenge=E9Melhoa" in command("authorization", {"code_challenge": "E9Melhoa"})


def test_a_bearer_is_a_variable_in_a_header() -> None:
    text = command("userinfo", {"bearer": "header"})

    assert words(text)[-2:] == ["--header", "Authorization: Bearer $ACCESS_TOKEN"]
    assert "--get" not in text


def test_an_answer_is_carried_to_the_application_by_its_response_mode() -> None:
    sent = {"redirect_uri": "http://127.0.0.1:9200/callback", "response_mode": "query"}
    by_query = command("authorization-response", sent, response={"code": MASK, "state": "s"})
    by_form = command("authorization-response", {**sent, "response_mode": "form_post"}, response={"code": MASK})

    assert "--get http://127.0.0.1:9200/callback" in by_query
    assert '"code=$CODE"' in by_query
    assert "--get" not in by_form


def test_the_sign_in_page_has_an_address_that_only_the_browser_knows() -> None:
    text = command("sign-in", {"username": "noor", "password": MASK}, "POST")

    assert '"$SIGN_IN_PAGE"' in text
    assert '"password=$PASSWORD"' in text


@pytest.mark.parametrize("value", ["$(touch x)", "`id`", "a'b\"c\\", "@/etc/passwd", "$HOME !x", "a\nb", "é €", "-d"])
@pytest.mark.parametrize("name", ["state", "a b", "=x", "@x", "-x", "x$(id)"])
def test_whatever_was_sent_the_shell_hands_it_over_as_it_is(name: str, value: str) -> None:
    text = command("authorization", {name: value})
    heard = subprocess.run(
        ["sh", "-c", text.replace("curl ", "printf '%s\\0' ", 1)], capture_output=True, check=True
    ).stdout.decode()
    option, sent = heard.split("\0")[3:5]

    assert option in {"--data", "--data-urlencode"}
    told = sent.partition("=")[::2] if option == "--data-urlencode" else parse_qsl(sent, keep_blank_values=True)[0]
    assert tuple(told) == (name, value)


def test_a_secret_with_an_unusual_name_still_is_a_variable() -> None:
    assert '"x%24%28id%29=$X__ID_"' in command("token", {"x$(id)": MASK}, "POST")
