"""Claims profiles on the wire: who gets which claims, with and without sub, and what a developer is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from small_application import REDIRECT_URI

from mock_idp.domain.clients import Client
from mock_idp.state.stages import DEFAULT_STAGE

if TYPE_CHECKING:
    from small_application import Application

    from mock_idp.provider import Provider

pytestmark = pytest.mark.usefixtures("explaining")

EVERY_SCOPE = "openid profile ov_leerling vo"
OF_THE_TOKEN = {"iss", "aud", "azp", "exp", "iat", "nonce", "at_hash", "kid"}


def told(application: Application, persona: str = "secondary-pupil", **changes: str) -> tuple[Any, Any]:
    """Sign in; return what the ID token says about the person, and what userinfo does."""
    tokens = application.tokens(persona, **changes)
    claims = application.opened(tokens["id_token"])
    about = {name: value for name, value in claims.items() if name not in OF_THE_TOKEN}
    return about, application.userinfo(tokens["access_token"]).get_json()


@pytest.mark.parametrize("persona", ["secondary-pupil", "not-identified"])
def test_with_the_circumstance_a_pupil_has_no_sub_anywhere(
    application: Application, provider: Provider, persona: str
) -> None:
    provider.stages.change(DEFAULT_STAGE, circumstances=("claims.sub-omitted",))
    for claims in told(application, persona):
        assert "sub" not in claims
        assert claims["ov_account_uuid"]


def test_under_acm_a_pupil_has_no_sub_anywhere(application: Application, provider: Provider) -> None:
    provider.stages.change(DEFAULT_STAGE, claims_profile="acm-2024")
    for claims in told(application, scope=EVERY_SCOPE):
        assert set(claims) == {
            *("given_name", "family_name", "ov_account_uuid", "ov_leerid_uuid", "ov_historiek_account_uuid"),
            *("ov_orgcode", "ov_orgnaam"),
        }


def test_under_acm_a_teacher_has_a_sub_and_the_claims_of_scope_vo(application: Application, provider: Provider) -> None:
    provider.stages.change(DEFAULT_STAGE, claims_profile="acm-2024")
    for claims in told(application, "teacher", scope=EVERY_SCOPE):
        assert claims["sub"]
        assert claims["vo_doelgroepcode"] == "OV"
        assert not [name for name in claims if name.startswith("ov_")]


def test_under_the_protocol_a_pupil_has_a_sub_and_a_teacher_is_only_a_name(application: Application) -> None:
    assert all(claims["sub"] == claims["ov_account_uuid"] for claims in told(application))
    for claims in told(application, "teacher", prompt="login"):
        assert set(claims) == {"sub", "given_name", "family_name"}


def test_a_sub_that_has_nothing_to_do_with_the_account_is_one_sub(application: Application, provider: Provider) -> None:
    provider.stages.change(DEFAULT_STAGE, circumstances=("claims.sub-random",))
    in_token, in_userinfo = told(application)
    assert in_token["sub"] == in_userinfo["sub"] != in_token["ov_account_uuid"]


def test_a_person_may_be_told_in_the_id_token_only_or_in_userinfo_only(
    application: Application, provider: Provider
) -> None:
    provider.stages.change(DEFAULT_STAGE, circumstances=("userinfo.person-in-id-token-only",))
    in_token, in_userinfo = told(application)
    assert set(in_userinfo) == {"sub"}
    assert in_token["ov_account_uuid"]
    provider.stages.change(DEFAULT_STAGE, circumstances=("id-token.person-in-userinfo-only",))
    in_token, in_userinfo = told(application, prompt="login")
    assert set(in_token) == {"sub"}
    assert in_userinfo["ov_account_uuid"]


def test_a_developer_is_told_which_profile_would_grant_a_scope(application: Application) -> None:
    parameters = application.parameters_of(application.ask(scope=EVERY_SCOPE))
    assert parameters["error"] == "invalid_scope"
    assert "meemoo-2023 grants openid, profile, ov_leerling; acm-2024 would grant it" in parameters["error_description"]


def test_a_stage_that_replaces_the_profile_replaces_the_scopes(application: Application, provider: Provider) -> None:
    provider.stages.change(DEFAULT_STAGE, claims_profile="acm-2024")
    assert application.ask(scope=EVERY_SCOPE).location.startswith("/op/sign-in/")
    provider.stages.change(DEFAULT_STAGE, claims_profile="minimal")
    assert application.parameters_of(application.ask(scope="openid profile"))["error"] == "invalid_scope"


def test_a_client_that_is_registered_for_less_gets_less(application: Application, provider: Provider) -> None:
    uris = (REDIRECT_URI,)
    provider.main.clients.put(
        Client(client_id="less", client_secret="secret", redirect_uris=uris, scopes=("openid", "profile"))
    )
    parameters = application.parameters_of(application.ask(client_id="less"))
    assert parameters["error"] == "invalid_scope"
    assert "'ov_leerling' is not among those" in parameters["error_description"]


def test_a_registered_client_gets_what_its_profile_lets_out(application: Application, provider: Provider) -> None:
    uris = (REDIRECT_URI,)
    provider.main.clients.put(
        Client(client_id="anybody", client_secret="anything", redirect_uris=uris, claims_profile="minimal")
    )
    for claims in told(application, scope="openid ov_leerling"):
        assert set(claims) == {
            *("sub", "ov_account_uuid", "ov_leerid_uuid", "ov_historiek_account_uuid", "ov_orgcode"),
            "ov_inschrijvingen",
        }
        assert set(claims["ov_inschrijvingen"][0]) == {"instellingsnummer"}
