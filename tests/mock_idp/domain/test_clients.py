"""Registered clients: the scopes that they may ask for, and what is wrong with a registration."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from mock_idp.domain.claims import built_in_profiles
from mock_idp.domain.clients import Client, clients_in
from mock_idp.domain.problems import ProblemsError

FILE = """
[[clients]]
client_id = "app"
token_endpoint_auth_method = "none"
redirect_uris = ["http://127.0.0.1:9200/callback"]
"""
OWN = 'name = "own"\nclaims = ["email"]\nscopes = ["openid", "ov_leerling", "post"]\n'


def client(**members: Any) -> Client:
    uris = ("http://127.0.0.1:9200/callback",)
    return Client(client_id="app", token_endpoint_auth_method="none", redirect_uris=uris, **members)


def test_a_client_may_ask_for_what_its_profile_grants() -> None:
    assert client().granted(built_in_profiles()["meemoo-2023"]) == ("openid", "profile", "ov_leerling")
    assert client(claims_profile="acm-2024").granted(built_in_profiles()["acm-2024"])[-1] == "vo"


def test_a_client_may_be_registered_for_less() -> None:
    assert client(scopes=("openid",)).granted(built_in_profiles()["meemoo-2023"]) == ("openid",)


def test_a_scope_outside_the_profile_is_refused_with_the_profile_that_would_grant_it() -> None:
    with pytest.raises(ValidationError, match=r"'vo' is not granted.*meemoo-2023.*acm-2024 would grant it"):
        client(scopes=("openid", "vo"))
    assert client(scopes=("openid", "vo"), claims_profile="acm-2024").scopes == ("openid", "vo")


def test_a_scope_that_nobody_grants_is_refused_with_the_nearest_one() -> None:
    with pytest.raises(ValidationError, match="Did you mean 'ov_leerling'"):
        client(scopes=("openid", "ov_leerlin"))


def test_an_unknown_profile_is_refused() -> None:
    with pytest.raises(ValidationError, match="Did you mean 'acm-2024'"):
        client(claims_profile="acm-2025")


def test_a_clients_file_may_name_a_profile_that_was_added() -> None:
    text = FILE + 'claims_profile = "own"\nscopes = ["openid", "post"]\n'
    with pytest.raises(ProblemsError, match="There is no claims profile 'own'"):
        clients_in(text, "clients.toml")
    [known] = clients_in(text, "clients.toml", built_in_profiles().with_files({"own.toml": OWN}))
    assert Client.from_record(known.model_dump(mode="json")) == known


def test_every_broken_rule_of_a_client_is_told() -> None:
    with pytest.raises(ProblemsError) as told:
        clients_in(
            '[[clients]]\nclient_id = "app"\nredirect_uris = ["http://127.0.0.1/"]\nscopes = ["vo", "rrn"]\n', "c.toml"
        )
    problem = told.value.problems[0]
    assert all(word in problem.message for word in ("client_secret", "'vo'", "'rrn'"))
