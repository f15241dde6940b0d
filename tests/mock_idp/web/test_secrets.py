"""What must never leave: private keys, national numbers, secrets."""

from __future__ import annotations

import json
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import SecretStr

from mock_idp.domain.insz import Number
from mock_idp.settings import Settings

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from small_application import Application

    from mock_idp.provider import Provider


SECRET_MEMBERS = ("d", "p", "q", "dp", "dq", "qi")


@pytest.fixture
def everything_said(application: Application, registered: Application, browser: FlaskClient, provider: Provider) -> Any:
    """Whatever leaves the mock while every pupil signs in: answers, keys, journal, control API."""
    said = []
    able = [each for each in provider.personas.all() if provider.account_state(each.person, "default") == "active"]
    for persona, profile in product(able, provider.profiles.values()):
        provider.stages.change("default", claims_profile=profile.name)
        tokens = application.tokens(persona.slug, scope=" ".join(profile.scopes), prompt="login")
        said += [json.dumps(tokens), json.dumps(application.opened(tokens["id_token"]))]
        said.append(application.userinfo(tokens["access_token"]).text)
    provider.stages.change("default", claims_profile=None)
    registered.tokens(prompt="login")
    page = application.ask(prompt="login").location
    paths = ["/", "/op/v1/keys", page, f"{page}?lang=en", "/control/v1/journal", "/control/v1/keys"]
    return said + [browser.get(path).text for path in [*paths, "/control/v1/clients", "/control/v1/personas"]]


def private_parts(provider: Provider) -> Any:
    return [key.key.as_dict(private=True)[name] for key in provider.main.keys.list() for name in SECRET_MEMBERS]


def test_no_part_of_a_private_key_is_ever_said(
    everything_said: list[str], provider: Provider, caplog: pytest.LogCaptureFixture
) -> None:
    text = "\n".join([*everything_said, caplog.text, repr(provider.main.keys.list()), repr(provider.__dict__)])
    assert not [part for part in private_parts(provider) if part in text]


def test_the_key_set_has_no_private_member(browser: FlaskClient) -> None:
    assert all(not set(SECRET_MEMBERS) & key.keys() for key in browser.get("/op/v1/keys").get_json()["keys"])


def test_no_national_number_is_ever_said(everything_said: list[str], provider: Provider) -> None:
    lives = [persona.person.life for persona in provider.personas.all() if persona.person.life]
    numbers = {number for life in lives for kind in Number if (number := life.insz(kind))}
    text = "\n".join(everything_said)
    assert len(numbers) > 15
    assert not [number for number in numbers if number in text]
    assert '"rrn"' not in text


def test_no_secret_of_a_client_pupil_code_or_token_is_in_the_journal(
    registered: Application, provider: Provider, browser: FlaskClient
) -> None:
    pupil = provider.personas.get("primary-pupil")
    page = registered.ask().location
    answer = browser.post(page, data={"username": pupil.user_name, "password": pupil.password})
    code = registered.parameters_of(answer)["code"]
    tokens = registered.redeem(code, basic=False).get_json()
    tokens = registered.redeem(registered.code(prompt="login")).get_json()
    registered.userinfo(tokens["access_token"])
    browser.get("/op/v1/logout", query_string={"id_token_hint": tokens["id_token"], "client_id": "registered"})
    journal = browser.get("/control/v1/journal").text
    secrets = [pupil.password, code, tokens["access_token"], tokens["id_token"], registered.client_secret]
    assert not [secret for secret in secrets if secret in journal]


def test_neither_settings_nor_clients_show_their_secrets(provider: Provider, registered: Application) -> None:
    settings = Settings(control_token=SecretStr("synthetic-control-token"))
    assert "synthetic-control-token" not in repr(settings)
    assert registered.client_secret not in repr(provider.main.clients.list())
