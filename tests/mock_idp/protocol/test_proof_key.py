"""PKCE: checked when sent, demanded where registered."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from small_application import Application

    from mock_idp.provider import Provider


VERIFIER = "a-verifier-that-is-long-enough-for-the-rules-of-pkce"
S256 = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
CHALLENGES = [
    {"code_challenge": S256, "code_challenge_method": "S256"},
    {"code_challenge": VERIFIER, "code_challenge_method": "plain"},
    {"code_challenge": VERIFIER},
]


@pytest.mark.parametrize("challenge", CHALLENGES)
def test_the_right_verifier_redeems_the_code(application: Application, challenge: dict[str, str]) -> None:
    code = application.code(**challenge)
    assert application.redeem(code, code_verifier=VERIFIER).status_code == 200


@pytest.mark.parametrize("challenge", CHALLENGES)
@pytest.mark.parametrize("verifier", [VERIFIER.replace("a", "b"), None, "short"])
def test_a_wrong_verifier_does_not(application: Application, challenge: dict[str, str], verifier: str | None) -> None:
    code = application.code(**challenge)
    assert application.redeem(code, code_verifier=verifier).status_code == 400


def test_a_verifier_without_challenge_is_refused(application: Application) -> None:
    assert application.redeem(application.code(), code_verifier=VERIFIER).status_code == 400


def test_a_client_that_must_send_a_challenge_is_refused_without(registered: Application, provider: Provider) -> None:
    client = provider.main.clients.get("registered")
    provider.main.clients.put(client.model_copy(update={"require_pkce": True}))
    assert registered.parameters_of(registered.ask())["error"] == "invalid_request"
    assert registered.ask(**CHALLENGES[0]).location.startswith("/op/sign-in/")


@pytest.mark.parametrize("method", ["S512", "s256"])
def test_an_unknown_method_is_refused(application: Application, method: str) -> None:
    response = application.ask(code_challenge=S256, code_challenge_method=method)
    assert application.parameters_of(response)["error"] == "invalid_request"
