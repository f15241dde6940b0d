"""Requests that nearly make sense, to every endpoint: whatever is asked, the rules of an answer hold."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest
from contract_checks import bounded
from hypothesis import given
from hypothesis.strategies import randoms
from weather import REDIRECT_URI, SECRET, SIGNED_OUT, sending, storming

from benchmarks.storm import grammar
from benchmarks.storm.pocket import Pocket
from benchmarks.storm.rules import Judge
from mock_idp.domain.clients import AuthMethod, Client
from mock_idp.web import create_app

if TYPE_CHECKING:
    from random import Random

    from flask import Flask

    from mock_idp.provider import Provider

EXAMPLES = 70
BUILDERS = {each.__name__.strip("_"): each for each in grammar.BUILDERS}


@pytest.fixture
def app(provider: Provider) -> Flask:
    """An application with a registered client and a sibling, in which exceptions become answers as they do in use."""
    provider.issuers.open("evil")
    provider.main.clients.put(
        Client(
            client_id="registered",
            client_secret=SECRET,
            redirect_uris=(REDIRECT_URI,),
            post_logout_redirect_uris=(SIGNED_OUT,),
            token_endpoint_auth_method=AuthMethod.POST,
        )
    )
    made = create_app(provider.settings, provider)
    made.config["PROPAGATE_EXCEPTIONS"] = False
    return made


@pytest.mark.parametrize("is_open", [True, False], ids=["open", "registered"])
@pytest.mark.parametrize("endpoint", BUILDERS)
def test_whatever_is_asked_the_answer_keeps_to_the_rules(
    app: Flask, provider: Provider, endpoint: str, caplog: pytest.LogCaptureFixture, *, is_open: bool
) -> None:
    for issuer in provider.issuers.all():
        issuer.conduct.is_open = is_open
    send, client = sending(app), storming("anybody" if is_open else "registered")
    pocket = Pocket(send, client)
    judge = Judge(registered=None if is_open else (REDIRECT_URI, SIGNED_OUT), secrets=(SECRET.encode(),))
    caplog.set_level(logging.DEBUG)

    @bounded(EXAMPLES)
    @given(draw=randoms(use_true_random=False))
    def keeps_to_them(draw: Random) -> None:
        asked = grammar.asked(draw, pocket.material(), [BUILDERS[endpoint]])
        answered = send(asked)
        pocket.learn(asked, answered)
        assert judge.complaints(asked, answered) == [], asked

    keeps_to_them()
    journal = app.test_client().get("/control/v1/journal").text
    assert SECRET not in journal + caplog.text
    assert not [code for code in judge.redeemed if code and code in journal + caplog.text]
