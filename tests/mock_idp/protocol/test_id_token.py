"""The ID token, as real ones look."""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64encode
from typing import TYPE_CHECKING

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from small_application import Application

    from mock_idp.domain.clock import SettableClock
    from mock_idp.provider import Provider


def test_an_id_token_looks_as_real_ones_do(application: Application, provider: Provider, clock: SettableClock) -> None:
    token = application.tokens()["id_token"]
    header, claims = application.opened(token, 0), application.opened(token)
    kid = provider.main.keys.active.kid
    assert header == {"alg": "RS256", "kid": kid, "typ": "JWT"}
    assert list(claims) == sorted(claims)
    assert len(kid) == 43
    assert claims["kid"] == kid
    assert claims["iss"] == "http://localhost:9100/op"
    assert claims["aud"] == claims["azp"] == "anybody"
    assert claims["exp"] - claims["iat"] == 3600
    assert claims["iat"] == int(clock.now().timestamp())
    assert claims["nonce"] == "the-nonce"
    assert not {"acr", "auth_time", "sid", "jti", "amr", "nbf"} & claims.keys()


GOLDEN = [
    *("at_hash", "aud", "azp", "email", "exp", "family_name", "given_name", "iat", "iss", "kid", "nonce"),
    *("ov_account_uuid", "ov_geboortedag", "ov_geboortejaar", "ov_geboortemaand", "ov_historiek_account_uuid"),
    *("ov_inschrijvingen", "ov_leerid_uuid", "ov_orgcode", "sub"),
]
"""Every member, in the order in which it is written."""


def test_its_members_and_their_order_are_those_of_real_ones(application: Application) -> None:
    claims = application.claims()
    assert list(claims) == GOLDEN
    assert len(claims["at_hash"]) == 22
    assert [name for name, value in claims.items() if isinstance(value, int)] == ["exp", "iat"]
    assert isinstance(claims["aud"], str)


@pytest.mark.parametrize(
    ("asked", "more"),
    [({"max_age": "3600"}, "auth_time"), ({"acr_values": "urn:be:vlaanderen:authmech:leerid"}, "acr")],
)
def test_what_is_asked_for_stands_in_its_place(application: Application, asked: dict[str, str], more: str) -> None:
    assert list(application.claims(**asked)) == sorted([*GOLDEN, more])


def test_it_holds_an_hour_though_the_access_token_holds_longer(registered: Application, provider: Provider) -> None:
    client = provider.main.clients.get("registered")
    assert client is not None
    provider.main.clients.put(client.model_copy(update={"access_token_ttl_s": 28_800}))
    tokens = registered.tokens()
    claims = registered.opened(tokens["id_token"])
    assert (tokens["expires_in"], claims["exp"] - claims["iat"]) == (28_800, 3600)


def test_the_published_keys_verify_it(application: Application, browser: FlaskClient) -> None:
    token = application.tokens()["id_token"]
    keys = KeySet.import_key_set(browser.get("/op/v1/keys").get_json())
    assert jwt.decode(token, keys, algorithms=["RS256"]).claims["sub"]


def test_the_access_token_is_bound_to_it(application: Application) -> None:
    tokens = application.tokens()
    half = hashlib.sha256(tokens["access_token"].encode()).digest()[:16]
    expected = urlsafe_b64encode(half).rstrip(b"=").decode()
    assert application.opened(tokens["id_token"])["at_hash"] == expected


def test_no_nonce_is_made_up(application: Application) -> None:
    assert "nonce" not in application.claims(nonce=None)


def test_acr_is_stated_only_when_asked(application: Application) -> None:
    claims = application.claims(acr_values="urn:be:vlaanderen:authmech:leerid")
    assert claims["acr"] == "urn:be:vlaanderen:authmech:leerid"


def test_the_time_of_authentication_is_stated_only_when_asked(application: Application, clock: SettableClock) -> None:
    assert application.claims(max_age="3600")["auth_time"] == int(clock.now().timestamp())


@pytest.mark.parametrize("claims_profile", ["meemoo-2023", "acm-2024"])
@pytest.mark.parametrize("persona", ["primary-pupil", "not-identified", "mononym", "teacher", "diacritics"])
def test_userinfo_tells_the_same_as_the_id_token(
    application: Application, provider: Provider, persona: str, claims_profile: str
) -> None:
    provider.stages.change("default", claims_profile=claims_profile)
    tokens = application.tokens(persona, scope=" ".join(provider.profiles[claims_profile].scopes))
    own = {"iss", "aud", "azp", "exp", "iat", "nonce", "at_hash", "kid"}
    claims = {name: value for name, value in application.opened(tokens["id_token"]).items() if name not in own}
    assert application.userinfo(tokens["access_token"]).get_json() == claims


def test_a_new_key_signs_after_rotation_and_the_old_one_stays_published(
    application: Application, provider: Provider, browser: FlaskClient
) -> None:
    before = application.tokens()["id_token"]
    provider.main.keys.rotate()
    after = application.tokens(prompt="login")["id_token"]
    published = {key["kid"] for key in browser.get("/op/v1/keys").get_json()["keys"]}
    used = {application.opened(token, 0)["kid"] for token in (before, after)}
    assert len(used) == 2
    assert used <= published
    provider.main.keys.retire()
    assert len(browser.get("/op/v1/keys").get_json()["keys"]) == 1
