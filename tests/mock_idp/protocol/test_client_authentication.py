"""Each way to authenticate, from both sides."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey

from mock_idp.domain.clients import Client
from mock_idp.settings import Policy

if TYPE_CHECKING:
    from collections.abc import Callable

    from small_application import Application
    from werkzeug.test import TestResponse

    from mock_idp.domain.clock import SettableClock
    from mock_idp.provider import Provider


pytestmark = pytest.mark.usefixtures("explaining")

REDIRECT_URI = "http://127.0.0.1:9200/callback"
ISSUER = "http://localhost:9100/op"
OURS, THEIRS = RSAKey.generate_key(2048), RSAKey.generate_key(2048)
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


def register(provider: Provider, method: str, **members: Any) -> Any:
    client = Client.model_validate(
        {
            "client_id": "registered",
            "redirect_uris": [REDIRECT_URI],
            "token_endpoint_auth_method": method,
            **({"client_secret": "s3cret+with/odd=characters and é"} if method.startswith("client_secret") else {}),
            **members,
        }
    )
    provider.main.clients.put(client)


def error_of(response: str) -> Any:
    return response.status_code, response.get_json()["error"]


def test_a_secret_in_the_header_is_form_decoded(registered: Application) -> None:
    assert registered.redeem(registered.code()).status_code == 200


def test_a_secret_that_was_not_form_encoded_is_refused_with_a_hint(registered: Application) -> None:
    pair = f"registered:{registered.client_secret}".encode()
    header = {"Authorization": f"Basic {base64.b64encode(pair).decode()}"}
    form = {"grant_type": "authorization_code", "code": registered.code(), "redirect_uri": REDIRECT_URI}
    response = registered.browser.post("/op/v1/token", data=form, headers=header)
    assert error_of(response) == (401, "invalid_client")
    assert "form-encode" in response.get_json()["error_description"]


def test_a_wrong_secret_in_the_header_is_refused_with_a_challenge(registered: Application) -> None:
    code = registered.code()
    registered.client_secret = "wrong"
    response = registered.redeem(code)
    assert error_of(response) == (401, "invalid_client")
    assert response.headers["WWW-Authenticate"].startswith("Basic")


@pytest.mark.parametrize("header", ["Basic %%%", "Basic gIA=", "Basic "])
def test_a_header_that_is_no_base64_is_refused(registered: Application, header: str | None) -> None:
    response = registered.browser.post(
        "/op/v1/token", data={"grant_type": "authorization_code", "code": "x"}, headers={"Authorization": header}
    )
    assert error_of(response) == (401, "invalid_client")


def test_a_secret_in_the_body_is_taken_from_a_client_registered_so(registered: Application, provider: Provider) -> None:
    register(provider, "client_secret_post")
    assert registered.redeem(registered.code(), basic=False).status_code == 200


def test_a_wrong_secret_in_the_body_is_refused(registered: Application, provider: Provider) -> None:
    register(provider, "client_secret_post")
    response = registered.redeem(registered.code(), basic=False, client_secret="wrong")
    assert error_of(response) == (401, "invalid_client")


@pytest.mark.parametrize(("method", "basic"), [("client_secret_basic", False), ("client_secret_post", True)])
def test_another_method_than_the_registered_one_is_refused_by_name(
    registered: Application, provider: Provider, method: str, *, basic: bool
) -> None:
    register(provider, method)
    response = registered.redeem(registered.code(), basic=basic)
    assert error_of(response) == (401, "invalid_client")
    assert method in response.get_json()["error_description"]


def test_two_methods_at_once_are_refused(registered: Application) -> None:
    response = registered.redeem(registered.code(), client_secret=registered.client_secret)
    assert error_of(response) == (400, "invalid_request")


def test_an_unknown_client_is_refused(registered: Application, provider: Provider) -> None:
    code = registered.code()
    provider.main.clients.delete("registered")
    provider.main.conduct.is_open = False
    assert error_of(registered.redeem(code)) == (401, "invalid_client")


def test_a_confidential_client_that_shows_nothing_is_refused(registered: Application) -> None:
    assert error_of(registered.redeem(registered.code(), basic=False, client_secret=None)) == (401, "invalid_client")


def test_a_public_client_must_send_a_challenge(registered: Application, provider: Provider) -> None:
    register(provider, "none")
    assert registered.parameters_of(registered.ask())["error"] == "invalid_request"


def test_in_the_open_mode_any_secret_is_taken_with_a_note(application: Application, provider: Provider) -> None:
    application.tokens()
    token = next(each for each in provider.journal.exchanges() if each.endpoint == "token")
    assert "not checked" in token.notes[0]


@pytest.mark.parametrize("basic", [True, False])
def test_the_body_may_not_name_another_client(registered: Application, provider: Provider, *, basic: bool) -> None:
    register(provider, "client_secret_basic" if basic else "client_secret_post")
    other = {"client_id": "other"} if basic else {"client_id": None}
    response = registered.redeem(registered.code(), basic=basic, **other)
    assert error_of(response) == (401, "invalid_client")


@pytest.mark.parametrize(("method", "basic"), [("client_secret_basic", False), ("client_secret_post", True)])
def test_where_the_method_is_not_enforced_the_right_secret_is_taken_by_any(
    registered: Application, provider: Provider, method: str, *, basic: bool
) -> None:
    register(provider, method)
    provider.main.conduct.policy = Policy(registered_method="lenient")
    assert registered.redeem(registered.code(), basic=basic).status_code == 200
    registered.client_secret = "wrong"
    assert registered.redeem(registered.code(prompt="login"), basic=basic).status_code == 401


@pytest.mark.parametrize("basic", [True, False])
def test_a_secret_proves_nothing_of_a_client_that_has_none(
    registered: Application, provider: Provider, *, basic: bool
) -> None:
    register(provider, "private_key_jwt", jwks={"keys": [OURS.as_dict(private=False)]})
    provider.main.conduct.policy = Policy(registered_method="lenient")
    assert registered.redeem(registered.code(), basic=basic).status_code == 401


def test_an_assertion_proves_nothing_of_a_client_that_has_no_key(
    registered: Application, provider: Provider, clock: SettableClock
) -> None:
    provider.main.conduct.policy = Policy(registered_method="lenient")
    form = {"client_assertion": assertion(clock), "client_assertion_type": ASSERTION_TYPE, "client_secret": None}
    assert registered.redeem(registered.code(), basic=False, **form).status_code == 401


# private_key_jwt -----------------------------------------------------------------------------------------------------


def assertion(clock: SettableClock, key: str = OURS, header: str | None = None, **changes: dict[str, Any]) -> Any:
    now = int(clock.now().timestamp())
    claims = {
        "iss": "registered",
        "sub": "registered",
        "aud": ISSUER,
        "jti": "one",
        "exp": now + 180,
        "iat": now,
        **changes,
    }
    stated = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode({"alg": "RS256", **(header or {})}, stated, key)


@pytest.fixture
def redeem_with(registered: Application, provider: Provider, clock: SettableClock) -> Any:
    register(provider, "private_key_jwt", jwks={"keys": [OURS.as_dict(private=False)]})

    def redeem(made: str | None = None, **changes: dict[str, Any]) -> Any:
        return registered.redeem(
            registered.code(prompt="login"),
            basic=False,
            client_secret=None,
            client_assertion=made or assertion(clock, **changes),
            client_assertion_type=ASSERTION_TYPE,
        )

    return redeem


def test_an_assertion_to_the_issuer_is_taken(redeem_with: Callable[..., TestResponse]) -> None:
    assert redeem_with().status_code == 200


def test_an_assertion_may_carry_the_issuer_among_others(redeem_with: Callable[..., TestResponse]) -> None:
    assert redeem_with(aud=[f"{ISSUER}/v1/token", ISSUER]).status_code == 200


def test_an_assertion_may_name_its_key_though_the_registration_does_not(
    redeem_with: Callable[..., TestResponse], clock: SettableClock
) -> None:
    assert redeem_with(assertion(clock, header={"kid": "of-the-client"})).status_code == 200


def test_an_assertion_that_names_another_key_than_the_registered_one_is_refused(
    redeem_with: Callable[..., TestResponse], provider: Provider, clock: SettableClock
) -> None:
    register(provider, "private_key_jwt", jwks={"keys": [{**OURS.as_dict(private=False), "kid": "registered"}]})
    assert redeem_with(assertion(clock, header={"kid": "registered"})).status_code == 200
    assert redeem_with(assertion(clock, header={"kid": "other"}, jti="two")).status_code == 401


def test_an_assertion_needs_no_iat(redeem_with: Callable[..., TestResponse]) -> None:
    assert redeem_with(iat=None).status_code == 200


def test_an_assertion_is_used_once(redeem_with: Callable[..., TestResponse]) -> None:
    assert redeem_with().status_code == 200
    response = redeem_with()
    assert error_of(response) == (401, "invalid_client")
    assert "jti" in response.get_json()["error_description"]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"aud": f"{ISSUER}/v1/token"}, "is the token endpoint; ACM wants the issuer"),
        ({"aud": None}, "aud must be"),
        ({"iss": "other"}, "iss and sub"),
        ({"sub": 7}, "client_id is missing"),
        ({"jti": None}, "jti is missing"),
        ({"exp": None}, "exp is missing"),
        ({"exp": "soon"}, "exp is missing"),
        ({"exp": 0}, "expired"),
        ({"exp": 1795435200 + 700}, "ten minutes"),
        ({"nbf": 1795435200 + 700}, "future"),
    ],
)
def test_an_assertion_against_the_rules_of_acm_is_refused_with_the_rule(
    redeem_with: Callable[..., TestResponse], changes: dict[str, Any], told: str
) -> None:
    response = redeem_with(**changes)
    assert error_of(response) == (401, "invalid_client")
    assert told in response.get_json()["error_description"]


def test_an_assertion_of_another_client_does_not_redeem_the_code(redeem_with: Callable[..., TestResponse]) -> None:
    assert error_of(redeem_with(sub="other", iss="other")) == (401, "invalid_client")


def test_an_assertion_by_another_key_is_refused(redeem_with: Callable[..., TestResponse], clock: SettableClock) -> None:
    assert "no registered key" in redeem_with(assertion(clock, key=THEIRS)).get_json()["error_description"]


@pytest.mark.parametrize("made", ["no.jwt", "a.b.c", "", "..", "eyJhbGciOiJub25lIn0.e30."])
def test_what_is_no_assertion_is_refused(redeem_with: Callable[..., TestResponse], made: str) -> None:
    assert redeem_with(made or " ").status_code == 401


def test_an_assertion_with_another_algorithm_is_refused(redeem_with: Callable[..., TestResponse]) -> None:
    made = jwt.encode(
        {"alg": "PS256"}, {"iss": "registered", "sub": "registered", "aud": ISSUER}, OURS, algorithms=["PS256"]
    )
    assert redeem_with(made).status_code == 401


def test_an_assertion_of_the_wrong_type_is_refused(
    registered: Application, provider: Provider, clock: SettableClock
) -> None:
    register(provider, "private_key_jwt", jwks={"keys": [OURS.as_dict(private=False)]})
    response = registered.redeem(
        registered.code(), basic=False, client_secret=None, client_assertion=assertion(clock), client_assertion_type="x"
    )
    assert error_of(response) == (401, "invalid_client")


def test_a_client_with_a_secret_may_not_come_with_an_assertion(registered: Application, clock: SettableClock) -> None:
    response = registered.redeem(
        registered.code(),
        basic=False,
        client_secret=None,
        client_assertion=assertion(clock),
        client_assertion_type=ASSERTION_TYPE,
    )
    assert "client_secret_basic" in response.get_json()["error_description"]
