"""The dossier check: each rule finds what it is for, and nothing in a sound registration."""

from __future__ import annotations

from typing import Any

import pytest

from mock_idp.domain.clients import Client
from mock_idp.domain.dossier import Weight, findings
from mock_idp.domain.dossier.reading import RULES

KEY = {"kty": "RSA", "kid": "one", "use": "sig", "alg": "RS256", "e": "AQAB", "n": "n" * 342}
SOUND: dict[str, Any] = {
    "client_id": "1f0c6a52-6a0e-4d5f-9d2e-000000000001",
    "client_name": "Leeromgeving",
    "client_secret": "s" * 95,
    "redirect_uris": ["https://application.example/callback"],
    "post_logout_redirect_uris": ["https://application.example/signed-out"],
    "scopes": ["openid", "profile", "ov_leerling"],
    "require_pkce": True,
    "acr_values": ["urn:be:vlaanderen:authmech:leerid"],
}
WITH_KEYS = {"token_endpoint_auth_method": "private_key_jwt", "client_secret": None, "jwks": {"keys": [KEY]}}


def found(**changes: Any) -> list[tuple[str, str]]:
    client = Client.model_validate(SOUND | changes)
    return [(each.key, each.weight) for each in findings([client])]


def test_a_sound_registration_has_neither_gaps_nor_oddities() -> None:
    assert found() == []
    assert found(**WITH_KEYS) == []


@pytest.mark.parametrize(
    ("changes", "key", "weight"),
    [
        ({"client_id": "my-application"}, "client_id", "odd"),
        ({"client_name": None}, "client_name", "odd"),
        ({"client_secret": "short"}, "client_secret", "odd"),
        (WITH_KEYS | {"client_secret": "s" * 95}, "client_secret", "odd"),
        ({"jwks": {"keys": [KEY]}}, "jwks", "odd"),
        (WITH_KEYS | {"jwks": {"keys": []}}, "jwks", "missing"),
        (WITH_KEYS | {"jwks": {"keys": [KEY | {"n": "n" * 171}]}}, "jwks.keys[0].n", "missing"),
        (WITH_KEYS | {"jwks": {"keys": [{"kty": "EC", "kid": "one"}]}}, "jwks.keys[0].kty", "odd"),
        (WITH_KEYS | {"jwks": {"keys": [KEY | {"alg": "PS256"}]}}, "jwks.keys[0]", "odd"),
        (WITH_KEYS | {"jwks": {"keys": [KEY, KEY]}}, "jwks.keys[1].kid", "missing"),
        (WITH_KEYS | {"jwks": {"keys": [KEY, KEY | {"kid": None}]}}, "jwks.keys[1].kid", "odd"),
        (
            {"token_endpoint_auth_method": "none", "client_secret": None, "require_pkce": False},
            "token_endpoint_auth_method",
            "odd",
        ),
        ({"require_pkce": False}, "require_pkce", "odd"),
        ({"redirect_uris": ["http://application.example/callback"]}, "redirect_uris[0]", "missing"),
        ({"redirect_uris": ["http://127.0.0.1:9200/callback"]}, "redirect_uris[0]", "odd"),
        ({"redirect_uris": ["https://*.example/callback"]}, "redirect_uris[0]", "missing"),
        ({"redirect_uris": ["https://me@a.example/callback"]}, "redirect_uris[0]", "missing"),
        ({"redirect_uris": ["https:///callback"]}, "redirect_uris[0]", "missing"),
        ({"redirect_uris": ["https://a.example/c", "https://a.example/c/"]}, "redirect_uris", "odd"),
        ({"post_logout_redirect_uris": []}, "post_logout_redirect_uris", "missing"),
        ({"post_logout_redirect_uris": SOUND["redirect_uris"]}, "post_logout_redirect_uris", "odd"),
        ({"scopes": None}, "scopes", "odd"),
        ({"scopes": ["profile"]}, "scopes", "missing"),
        ({"required_scopes": ["vo"]}, "required_scopes", "missing"),
        ({"acr_values": []}, "acr_values", "odd"),
        ({"acr_values": ["urn:be:vlaanderen:authmech:leerled"]}, "acr_values", "odd"),
        ({"identity_level": "capacity"}, "scopes", "missing"),
        ({"capacities": ["OV"]}, "capacities", "odd"),
        ({"access_token_ttl_s": 28_801}, "access_token_ttl_s", "odd"),
        ({"claims_profile": "acm-2024"}, "claims_profile", "odd"),
        ({"audiences": ["nobody"]}, "audiences", "missing"),
    ],
)
def test_each_rule_finds_what_it_is_for_and_nothing_else(changes: dict[str, Any], key: str, weight: str) -> None:
    assert found(**changes) == [(key, weight)]


@pytest.mark.parametrize(
    ("scopes", "weight"),
    [(["openid", "email"], "missing"), (["openid", "rrn"], "odd"), (["openid", "offline_access"], "odd")],
)
def test_scopes_that_no_claims_profile_has_are_remarked_upon(scopes: list[str], weight: str) -> None:
    client = Client.model_validate(SOUND).model_copy(update={"scopes": tuple(scopes)})
    assert [(each.key, each.weight) for each in findings([client])] == [("scopes", weight)]


def test_two_clients_with_one_secret_are_told_without_telling_the_secret() -> None:
    other = SOUND | {"client_id": "1f0c6a52-6a0e-4d5f-9d2e-000000000002"}
    both = findings([Client.model_validate(SOUND), Client.model_validate(other)])
    assert [(each.client_id, each.key) for each in both] == [
        (SOUND["client_id"], "client_secret"),
        (other["client_id"], "client_secret"),
    ]
    assert SOUND["client_secret"] not in repr(both)


def test_an_audience_that_is_in_the_file_is_known() -> None:
    api = SOUND | {"client_id": "1f0c6a52-6a0e-4d5f-9d2e-000000000003", "client_secret": "t" * 95}
    asking = Client.model_validate(SOUND | {"audiences": [api["client_id"]]})
    assert findings([asking, Client.model_validate(api)]) == ()


def test_every_finding_is_a_sentence_with_a_hint() -> None:
    bad = Client.model_validate({"client_id": "x", "client_secret": "y", "redirect_uris": ["http://a.example/z"]})
    for each in findings([bad]):
        assert each.sentence.endswith(".")
        assert each.hint.endswith(".")
        assert each.weight in set(Weight)


def test_every_rule_says_what_it_is_for() -> None:
    assert all(rule.__doc__ for rule in RULES)
