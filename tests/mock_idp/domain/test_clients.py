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


def test_offline_access_is_granted_by_a_registration_and_by_no_profile() -> None:
    assert client(scopes=("openid", "offline_access")).scopes == ("openid", "offline_access")
    assert not any("offline_access" in profile.scopes for profile in built_in_profiles().values())
    with pytest.raises(ProblemsError, match="the scopes of a client grant it"):
        built_in_profiles().with_files({"own.toml": OWN.replace('"post"', '"post", "offline_access"')})


def test_scopes_of_an_api_are_unknown_to_profiles_and_are_for_those_who_call_one() -> None:
    with pytest.raises(ValidationError, match="'results_read' is not granted"):
        client(scopes=("openid", "results_read"))
    assert client(scopes=("openid", "results_read"), audiences=("results",)).calls_apis


def test_only_a_client_that_nobody_signs_in_to_does_without_redirect_uri() -> None:
    members: dict[str, Any] = {"client_id": "machine", "client_secret": "s"}
    assert Client(**members, grant_types=("client_credentials",)).redirect_uris == ()
    for grant_types in (("authorization_code",), ("client_credentials", "authorization_code")):
        with pytest.raises(ValidationError, match="nobody can sign in"):
            Client(**members, grant_types=grant_types)


def test_who_asks_for_tokens_of_its_own_proves_who_it_is() -> None:
    with pytest.raises(ValidationError, match="known by client_id alone"):
        client(grant_types=("client_credentials",))
    assert client(audiences=("results",)).audiences == ("results",)
