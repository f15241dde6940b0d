"""Token exchange: an API that was called for a pupil calls another one, as far as it is trusted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet

from mock_idp.settings.policy import Strictness

if TYPE_CHECKING:
    from collections.abc import Callable

    from small_application import Application
    from werkzeug.test import TestResponse

    from mock_idp.domain.clock import SettableClock
    from mock_idp.provider import Provider

EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"
TYPE = "urn:ietf:params:oauth:token-type:"
SCOPE = "openid profile ov_leerling offline_access audience:server:client_id:results"


@pytest.fixture
def tokens(front: Application) -> dict[str, Any]:
    """What the application got when a pupil signed in: a token that the API may use as well."""
    return front.tokens(scope=SCOPE)


def exchanged(client: Application, token: str, **changes: str | None) -> TestResponse:
    parameters: dict[str, str | None] = {
        "grant_type": EXCHANGE,
        "subject_token": token,
        "subject_token_type": f"{TYPE}access_token",
        "audience": "archive",
        **changes,
    }
    return client.ask_token(**parameters)


def error_of(response: TestResponse) -> str:
    assert response.status_code == 400
    assert set(response.get_json()) == {"error"}
    return str(response.get_json()["error"])


def test_the_answer_is_that_of_rfc_8693(results: Application, tokens: dict[str, Any]) -> None:
    response = exchanged(results, tokens["access_token"])
    body = response.get_json()
    assert (response.headers["Cache-Control"], response.headers["Pragma"]) == ("no-store", "no-cache")
    assert set(body) == {"access_token", "issued_token_type", "token_type", "expires_in", "scope"}
    assert (body["issued_token_type"], body["token_type"]) == (f"{TYPE}access_token", "Bearer")
    assert len(body["access_token"]) == 43


def test_the_new_token_speaks_of_the_pupil_to_the_other_api(
    results: Application, archive: Application, tokens: dict[str, Any]
) -> None:
    token = exchanged(results, tokens["access_token"], scope="profile archive_read").get_json()["access_token"]
    told = archive.introspect(token).get_json()
    assert (told["client_id"], told["aud"], told["scope"]) == ("results", "archive", "profile archive_read")
    assert told["given_name"] == "Noah"
    assert "ov_account_uuid" not in told


@pytest.mark.usefixtures("archive")
def test_a_refresh_token_and_a_resource_do_as_well(front: Application, results: Application) -> None:
    token = front.tokens(scope=SCOPE)["refresh_token"]
    kind = {"subject_token_type": f"{TYPE}refresh_token"}
    assert exchanged(results, token, **kind, resource="https://archive.example/api", audience=None).status_code == 200
    assert front.refresh(token).status_code == 200


def test_a_jwt_is_a_signed_copy_of_what_introspection_tells(
    results: Application, archive: Application, tokens: dict[str, Any]
) -> None:
    body = exchanged(results, tokens["access_token"], requested_token_type=f"{TYPE}jwt").get_json()
    assert body["issued_token_type"] == f"{TYPE}jwt"
    keys = KeySet.import_key_set(results.browser.get("/op/v1/keys").get_json())
    claims = jwt.decode(body["access_token"], keys, algorithms=["RS256"]).claims
    told = archive.introspect(body["access_token"]).get_json()
    assert {name: value for name, value in told.items() if name != "jwt"} == {
        name: value for name, value in claims.items() if name != "jti"
    }


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"audience": None}, "invalid_request"),
        ({"audience": "front"}, "invalid_target"),
        ({"resource": "https://elsewhere.example/"}, "invalid_target"),
        ({"subject_token": None}, "invalid_request"),
        ({"subject_token": "unknown"}, "invalid_request"),
        ({"subject_token_type": None}, "invalid_request"),
        ({"subject_token_type": f"{TYPE}id_token"}, "invalid_request"),
        ({"subject_token_type": f"{TYPE}refresh_token"}, "invalid_request"),
        ({"requested_token_type": f"{TYPE}refresh_token"}, "invalid_request"),
        ({"scope": "ov_leerling"}, "invalid_scope"),
        ({"scope": "profile offline_access"}, "invalid_scope"),
        ({"actor_token": "unknown", "actor_token_type": f"{TYPE}access_token"}, "invalid_request"),
        ({"actor_token_type": f"{TYPE}access_token"}, "invalid_request"),
    ],
)
def test_a_wrong_exchange_is_refused_and_the_journal_tells_why(
    results: Application, tokens: dict[str, Any], provider: Provider, changes: dict[str, str | None], error: str
) -> None:
    assert error_of(exchanged(results, tokens["access_token"], **changes)) == error
    assert provider.journal.exchanges()[-1].notes


def test_a_token_can_be_for_several_apis(
    front: Application, archive: Application, register: Callable[..., Application]
) -> None:
    own = {"grant_types": (EXCHANGE,), "scopes": ("profile",), "audiences": ("archive", "results")}
    several = register("results", **own)
    form = {"subject_token": front.tokens(scope=SCOPE)["access_token"], "subject_token_type": f"{TYPE}access_token"}
    apis = {"grant_type": EXCHANGE, "audience": ["archive", "results"], "resource": ["https://archive.example/api"]}
    answer = several.browser.post("/op/v1/token", data={**form, **apis}, headers=several.basic())
    assert archive.introspect(answer.get_json()["access_token"]).get_json()["aud"] == ["archive", "results"]


def test_who_acts_for_the_pupil_is_told(results: Application, archive: Application, tokens: dict[str, Any]) -> None:
    own = results.ask_token(grant_type="client_credentials").get_json()["access_token"]
    actor = {"actor_token": own, "actor_token_type": f"{TYPE}access_token"}
    token = exchanged(results, tokens["access_token"], **actor).get_json()["access_token"]
    assert archive.introspect(token).get_json()["act"] == {"sub": "results"}


def test_a_token_that_is_for_others_cannot_be_exchanged_unless_the_policy_lets_it(
    front: Application, results: Application, obey: Callable[..., None]
) -> None:
    token = front.tokens()["access_token"]
    assert error_of(exchanged(results, token)) == "invalid_request"
    obey(token_parties=Strictness.LENIENT)
    assert exchanged(results, token).status_code == 200


@pytest.mark.usefixtures("results")
def test_who_is_not_registered_for_it_is_refused(front: Application, tokens: dict[str, Any]) -> None:
    assert error_of(exchanged(front, tokens["access_token"])) == "unauthorized_client"


def test_a_token_that_expired_or_was_revoked_cannot_be_exchanged(
    front: Application, results: Application, clock: SettableClock
) -> None:
    code = front.code(scope=SCOPE)
    token = front.redeem(code).get_json()["access_token"]
    new = exchanged(results, token).get_json()["access_token"]
    front.redeem(code)
    assert error_of(exchanged(results, token)) == "invalid_request"
    assert results.introspect(new).get_json() == {"active": False}
    late = front.tokens(scope=SCOPE, prompt="login")["access_token"]
    clock.advance(seconds=3600)
    assert error_of(exchanged(results, late)) == "invalid_request"


def test_for_somebody_who_was_blocked_since_nothing_is_exchanged(
    front: Application, results: Application, provider: Provider
) -> None:
    provider.stages.change("default", calendar_offset_days=-20)
    token = front.tokens("account-blocked", scope=SCOPE)["access_token"]
    provider.stages.change("default", calendar_offset_days=0)
    assert error_of(exchanged(results, token)) == "invalid_request"
    assert "blocked" in provider.journal.exchanges()[-1].notes[0]


def test_an_exchange_belongs_to_the_sign_in_in_the_journal_and_no_token_is_readable(
    results: Application, archive: Application, tokens: dict[str, Any], provider: Provider
) -> None:
    wanted = {"requested_token_type": f"{TYPE}jwt"}
    made = exchanged(results, tokens["access_token"], **wanted).get_json()["access_token"]
    archive.introspect(made)
    exchanges = provider.journal.exchanges()
    assert len({each.flow for each in exchanges}) == 1
    told = "".join(each.model_dump_json() for each in exchanges)
    secret = (made, *(tokens[name] for name in ("access_token", "refresh_token", "id_token")))
    assert not any(token in told for token in secret)
