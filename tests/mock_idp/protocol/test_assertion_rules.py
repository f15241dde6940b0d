"""Every rule for client assertions: refused where it is strict, told in the journal where it is lenient."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, RSAKey
from small_application import REDIRECT_URI

from mock_idp.domain.clients import Client
from mock_idp.settings import Policy

if TYPE_CHECKING:
    from small_application import Application
    from werkzeug.test import TestResponse

    from mock_idp.domain.clock import SettableClock
    from mock_idp.provider import Provider

ISSUER = "http://localhost:9100/op"
TOKEN_ENDPOINT = f"{ISSUER}/v1/token"
RSA, EC, SECRET = RSAKey.generate_key(2048), ECKey.generate_key("P-256"), OctKey.import_key("s" * 64)
KID = "the-key"
ALGORITHMS = ["RS256", "PS256", "ES256", "HS256"]
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
NOW = 1_795_435_200
STRICT = Policy(
    assertion_audience="issuer",
    assertion_lifetime="strict",
    assertion_jti="strict",
    assertion_iat="strict",
    assertion_kid="strict",
    assertion_algorithm="strict",
)

Redeem = Callable[..., "TestResponse"]


@pytest.fixture
def redeem(application: Application, provider: Provider) -> Redeem:
    """Redeem a fresh code as `registered`, with an assertion that is good but for what is changed."""
    public = [{**RSA.as_dict(private=False), "kid": KID}, {**EC.as_dict(private=False), "kid": "curve"}]
    for name in ("registered", "another"):
        provider.main.clients.put(
            Client(
                client_id=name,
                redirect_uris=(REDIRECT_URI,),
                token_endpoint_auth_method="private_key_jwt",
                jwks={"keys": public},
            )
        )

    def send(
        claims: dict[str, Any] | None = None,
        header: dict[str, Any] | None = None,
        *,
        key: Any = RSA,
        client_id: str = "registered",
        policy: Policy = STRICT,
        **form: str | None,
    ) -> TestResponse:
        provider.main.conduct.policy = policy
        made = assertion(client_id, claims or {}, header or {}, key)
        application.client_id = client_id
        sent = {"client_secret": None, "client_assertion": made, "client_assertion_type": ASSERTION_TYPE, **form}
        return application.redeem(application.code(prompt="login"), basic=False, **sent)

    return send


def assertion(client_id: str, claims: dict[str, Any], header: dict[str, Any], key: Any) -> str:
    good = {"iss": client_id, "sub": client_id, "aud": ISSUER, "jti": "one", "exp": NOW + 180, "iat": NOW}
    stated = {name: value for name, value in (good | claims).items() if value is not None}
    told = {name: value for name, value in ({"alg": "RS256", "kid": KID} | header).items() if value is not None}
    return str(jwt.encode(told, stated, key, algorithms=ALGORITHMS))


def notes(provider: Provider) -> str:
    return " ".join([each for each in provider.journal.exchanges() if each.endpoint == "token"][-1].notes)


BREACHES: dict[str, tuple[dict[str, Any], dict[str, Any], str, str]] = {
    "it expired": ({"exp": NOW - 11}, {}, "assertion_lifetime", "it has expired"),
    "it lasts eleven minutes": ({"exp": NOW + 611}, {}, "assertion_lifetime", "at most ten minutes ahead"),
    "it lasts for ever": ({"exp": 10**400}, {}, "assertion_lifetime", "at most ten minutes ahead"),
    "it never expires": ({"exp": None}, {}, "assertion_lifetime", "exp is missing"),
    "it expires in words": ({"exp": "soon"}, {}, "assertion_lifetime", "exp is missing or not a number"),
    "it was made tomorrow": ({"iat": NOW + 86_400}, {}, "assertion_lifetime", "iat lies in the future"),
    "it begins tomorrow": ({"nbf": NOW + 86_400}, {}, "assertion_lifetime", "nbf lies in the future"),
    "it has no jti": ({"jti": None}, {}, "assertion_jti", "jti is missing"),
    "its jti is a number": ({"jti": 7}, {}, "assertion_jti", "jti is missing"),
    "it has no iat": ({"iat": None}, {}, "assertion_iat", "iat is missing"),
    "it has no kid": ({}, {"kid": None}, "assertion_kid", "the header names no key"),
    "it is signed with PS256": ({}, {"alg": "PS256"}, "assertion_algorithm", "alg must be RS256"),
}


@pytest.mark.parametrize("breach", BREACHES.values(), ids=BREACHES)
def test_a_breach_is_refused_or_only_told_as_the_policy_says(
    redeem: Redeem, provider: Provider, breach: tuple[dict[str, Any], dict[str, Any], str, str]
) -> None:
    claims, header, switch, told = breach
    strict = redeem(claims, header)
    assert (strict.status_code, strict.get_json()) == (401, {"error": "invalid_client"})
    assert told in notes(provider)
    lenient = redeem(claims, header, policy=STRICT.model_copy(update={switch: "lenient"}))
    assert lenient.status_code == 200
    assert told in notes(provider)


def test_a_good_assertion_meets_every_rule(redeem: Redeem, provider: Provider) -> None:
    assert redeem().status_code == 200
    assert "assertion" not in notes(provider)


def test_an_elliptic_key_is_taken_where_the_algorithm_is_not_enforced(redeem: Redeem) -> None:
    header = {"alg": "ES256", "kid": "curve"}
    assert redeem({}, header, key=EC).status_code == 401
    policy = STRICT.model_copy(update={"assertion_algorithm": "lenient"})
    assert redeem({"jti": "two"}, header, key=EC, policy=policy).status_code == 200


@pytest.mark.parametrize("algorithm", ["strict", "lenient"])
def test_a_shared_secret_and_no_signature_are_never_taken(redeem: Redeem, algorithm: str) -> None:
    policy = STRICT.model_copy(update={"assertion_algorithm": algorithm})
    assert redeem({}, {"alg": "HS256"}, key=SECRET, policy=policy).status_code == 401
    header, payload, _ = assertion("registered", {}, {}, RSA).split(".")
    unsigned = f"eyJhbGciOiJub25lIiwia2lkIjoidGhlLWtleSJ9.{payload}."
    assert redeem(client_assertion=unsigned, policy=policy).status_code == 401
    assert redeem(client_assertion=f"{header}.{payload}.", policy=policy).status_code == 401


# Audience -------------------------------------------------------------------------------------------------------------

AUDIENCES: list[tuple[Any, tuple[bool, bool, bool]]] = [
    (ISSUER, (True, True, True)),
    ([ISSUER], (True, True, True)),
    ([TOKEN_ENDPOINT, ISSUER], (True, True, True)),
    (TOKEN_ENDPOINT, (False, True, True)),
    ([TOKEN_ENDPOINT], (False, True, True)),
    (f"{ISSUER}/", (False, False, True)),
    ("https://authenticatie.vlaanderen.be/op", (False, False, True)),
    ([], (False, False, True)),
    ({"issuer": ISSUER}, (False, False, True)),
    (None, (False, False, True)),
]


@pytest.mark.parametrize(("audience", "taken"), AUDIENCES, ids=[str(each) for each, _ in AUDIENCES])
def test_an_audience_is_taken_as_the_policy_says(redeem: Redeem, audience: Any, taken: tuple[bool, bool, bool]) -> None:
    choices = zip(("issuer", "issuer-or-token-endpoint", "any"), taken, strict=True)
    for number, (choice, is_taken) in enumerate(choices):
        policy = STRICT.model_copy(update={"assertion_audience": choice})
        answer = redeem({"aud": audience, "jti": f"{number}"}, policy=policy)
        assert (answer.status_code == 200) is is_taken, choice


def test_the_journal_names_the_usual_mistake(redeem: Redeem, provider: Provider) -> None:
    redeem({"aud": TOKEN_ENDPOINT})
    assert f"the assertion's aud is the token endpoint; ACM wants the issuer, {ISSUER}." in notes(provider)


# Once -----------------------------------------------------------------------------------------------------------------


def test_a_jti_is_used_once_by_each_client(redeem: Redeem, provider: Provider) -> None:
    assert redeem().status_code == 200
    assert redeem().status_code == 401
    assert "used before" in notes(provider)
    assert redeem(client_id="another").status_code == 200
    assert redeem(policy=STRICT.model_copy(update={"assertion_jti": "lenient"})).status_code == 200
    assert "used before" in notes(provider)


def test_a_jti_is_remembered_for_as_long_as_its_assertion_holds(redeem: Redeem, clock: SettableClock) -> None:
    lenient = STRICT.model_copy(update={"assertion_lifetime": "lenient"})
    claims = {"exp": NOW + 7200}
    assert redeem(claims, policy=lenient).status_code == 200
    clock.advance(seconds=3600)
    assert redeem(claims, policy=lenient).status_code == 401


def test_an_assertion_that_was_refused_does_not_use_its_jti_up(redeem: Redeem) -> None:
    assert redeem(key=RSAKey.generate_key(2048)).status_code == 401
    assert redeem().status_code == 200


# Who it is ------------------------------------------------------------------------------------------------------------


def test_a_key_that_is_not_registered_is_told_by_name(redeem: Redeem, provider: Provider) -> None:
    assert redeem({}, {"kid": "of-last-year"}).status_code == 401
    assert "no key of-last-year is registered" in notes(provider)


@pytest.mark.parametrize("claims", [{"iss": "another"}, {"iss": None}, {"sub": "another"}, {"sub": None}])
def test_issuer_and_subject_are_the_client(redeem: Redeem, claims: dict[str, Any]) -> None:
    assert redeem(claims).status_code == 401


def test_the_body_names_the_same_client_or_none(redeem: Redeem, provider: Provider) -> None:
    assert redeem(client_id="registered").status_code == 200
    answer = redeem({"jti": "two", "iss": "another", "sub": "another"})
    assert (answer.status_code, answer.get_json()["error"]) == (401, "invalid_client")
    assert "client_id in the body is registered, but another authenticated" in notes(provider)


def test_an_assertion_beside_a_secret_is_one_proof_too_many(redeem: Redeem, provider: Provider) -> None:
    answer = redeem(client_secret="s")
    assert (answer.status_code, answer.get_json()["error"]) == (400, "invalid_request")
    assert "More than one way" in notes(provider)
