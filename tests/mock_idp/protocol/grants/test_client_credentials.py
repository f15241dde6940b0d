"""Client credentials: a token of the client's own, for an API that it may call or for itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from small_application import Application
    from werkzeug.test import TestResponse

    from mock_idp.provider import Provider

CREDENTIALS = "client_credentials"


def asked(client: Application, **parameters: str | None) -> TestResponse:
    return client.ask_token(grant_type=CREDENTIALS, **parameters)


def error_of(response: TestResponse) -> str:
    assert response.status_code == 400
    assert set(response.get_json()) == {"error"}
    return str(response.get_json()["error"])


def test_the_answer_has_an_access_token_and_nothing_of_a_person(results: Application) -> None:
    response = asked(results, scope="archive_read")
    body = response.get_json()
    assert (response.headers["Cache-Control"], response.headers["Pragma"]) == ("no-store", "no-cache")
    assert set(body) == {"access_token", "token_type", "expires_in", "scope"}
    assert (body["token_type"], body["expires_in"], body["scope"]) == ("Bearer", 3600, "archive_read")
    assert len(body["access_token"]) == 43
    assert results.userinfo(body["access_token"]).status_code == 403


def test_without_scope_those_of_the_registration_hold(results: Application, archive: Application) -> None:
    assert asked(results).get_json()["scope"] == "profile vo_info archive_read"
    assert error_of(asked(archive)) == "invalid_scope"


@pytest.mark.parametrize("scope", ["archive_write", "archive_read ov_leerling", "openid", "vo_info offline_access"])
def test_a_scope_that_was_not_registered_or_needs_a_person_is_refused(
    results: Application, provider: Provider, scope: str
) -> None:
    assert error_of(asked(results, scope=scope)) == "invalid_scope"
    assert provider.journal.exchanges()[-1].notes[0].startswith("These scopes ")


def test_a_token_is_for_whom_it_was_asked_else_for_the_client_itself(
    results: Application, archive: Application
) -> None:
    for parameters, audience in (
        ({}, "results"),
        ({"audience": "archive"}, "archive"),
        ({"resource": "https://archive.example/api"}, "archive"),
        ({"scope": "archive_read audience:server:client_id:archive"}, "archive"),
    ):
        token = asked(results, **parameters).get_json()["access_token"]
        assert results.introspect(token).get_json()["aud"] == audience
    assert archive.introspect(token).get_json()["client_id"] == "results"


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize(
    "target", [{"audience": "front"}, {"resource": "https://archive.example/"}, {"resource": "archive"}]
)
def test_a_token_for_another_api_is_refused(results: Application, provider: Provider, target: dict[str, str]) -> None:
    assert error_of(asked(results, **target)) == "invalid_target"
    assert "API" in provider.journal.exchanges()[-1].notes[0]


def test_who_is_not_registered_for_it_is_refused(
    front: Application, application: Application, provider: Provider
) -> None:
    for client in (front, application):
        assert error_of(asked(client)) == "unauthorized_client"
        assert "not authorized" in " ".join(provider.journal.exchanges()[-1].notes)


def test_nobody_has_a_token_of_its_own_without_proof(results: Application) -> None:
    wrong = results.browser.post("/op/v1/token", data={"grant_type": CREDENTIALS, "client_id": "results"})
    assert (wrong.status_code, wrong.get_json()) == (401, {"error": "invalid_client"})


def test_vo_info_tells_whose_application_it_is(results: Application) -> None:
    told = results.introspect(asked(results, scope="vo_info").get_json()["access_token"]).get_json()
    assert told["vo_applicatienaam"] == "Results"
    assert (told["vo_orgcode"], told["vo_orgnaam"]) == ("OVO002949", "Digital Flanders")
    without = results.introspect(asked(results, scope="archive_read").get_json()["access_token"]).get_json()
    assert not {name for name in without if name.startswith("vo_")}


def test_required_scopes_are_added(register: Callable[..., Application]) -> None:
    client = register("own", grant_types=(CREDENTIALS,), scopes=("a", "b"), required_scopes=("b",))
    assert asked(client, scope="a").get_json()["scope"] == "a b"


def test_a_client_may_have_tokens_that_hold_longer(register: Callable[..., Application]) -> None:
    client = register("own", grant_types=(CREDENTIALS,), scopes=("a",), access_token_ttl_s=28_800)
    body = asked(client).get_json()
    told = client.introspect(body["access_token"]).get_json()
    assert body["expires_in"] == told["exp"] - told["iat"] == 28_800


def test_every_grant_that_discovery_names_is_known_at_the_token_endpoint(application: Application) -> None:
    document = application.browser.get("/op/.well-known/openid-configuration").get_json()
    assert len(document["grant_types_supported"]) == 4
    for grant_type in document["grant_types_supported"]:
        assert application.ask_token(grant_type=grant_type).get_json()["error"] != "unsupported_grant_type"
    assert error_of(application.ask_token(grant_type="password")) == "unsupported_grant_type"
