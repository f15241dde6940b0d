"""Another library, PyJWT, refuses every forgery and accepts every circumstance."""

from __future__ import annotations

import hmac
from dataclasses import replace
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

import jwt
import pytest
from joserfc import jwe
from joserfc.jwk import OctKey, RSAKey
from jwt.algorithms import RSAAlgorithm

from mock_idp.faults import Beside, Fault, Kind, Seam, bend, catalogue
from mock_idp.faults.material import ANOTHER_PERSON
from mock_idp.faults.strangers import PUBLISHED_SECRET, foreign
from mock_idp.protocol.jose import Unsigned, seal
from mock_idp.protocol.neighbour import Neighbour
from mock_idp.protocol.signing_key import KeyState, SigningKey, fresh_key

if TYPE_CHECKING:
    from collections.abc import Callable

SIGNATURES = [each for each in catalogue().values() if each.seam == Seam.SIGNATURE]
BELIEVED = {"signature.type-access-token", "signature.type-logout-token"}
"""PyJWT leaves it to whoever calls it to look at the type of a token."""
TWICE = "signature.subject-twice"
RIGHTLY_SIGNED = {*BELIEVED, TWICE}
FORGERIES = [each for each in SIGNATURES if each.kind == Kind.FAULT and each.id not in RIGHTLY_SIGNED]
CIRCUMSTANCES = [each for each in SIGNATURES if each.kind == Kind.CIRCUMSTANCE]
CLAIMS = {"aud": "leerid-rp", "iss": "http://localhost:9100/op", "sub": "Zo\u00eb"}
EVIL = Neighbour(
    identifier="http://localhost:9100/i/evil/op",
    authorization_endpoint="http://localhost:9100/i/evil/op/v1/auth",
    signing=fresh_key(),
    clients=(),
    is_main=False,
)
CLIENT_SECRET = "synthetic-secret-of-thirty-two-octets"


@cache
def key() -> RSAKey:
    return RSAKey.generate_key(2048)


def unsigned(client_secret: str | None = CLIENT_SECRET) -> Unsigned:
    header = {"alg": "RS256", "kid": "first", "typ": "JWT"}
    withdrawn = SigningKey(kid="withdrawn", key=foreign(), public={}, state=KeyState.RETIRED)
    return Unsigned(header=header, claims=dict(CLAIMS), key=key(), client_secret=client_secret, withdrawn=withdrawn)


def verified(token: str) -> dict[str, str]:
    if jwt.get_unverified_header(token).get("kid", "first") != "first":
        raise jwt.InvalidTokenError("there is no key of this id")
    public = RSAAlgorithm.from_jwk(dict(key().as_dict(private=False)))
    claims: dict[str, str] = jwt.decode(token, public, algorithms=["RS256"], audience="leerid-rp", issuer=CLAIMS["iss"])  # type: ignore[arg-type]  a public key
    return claims


def named(fault: Fault) -> str:
    return fault.id


def test_an_honest_token_is_accepted() -> None:
    token, fired = bend(Seam.SIGNATURE, unsigned(), [])

    assert verified(token) == CLAIMS
    assert fired == ()


@pytest.mark.parametrize("fault", FORGERIES, ids=named)
def test_a_forgery_is_refused(fault: Fault) -> None:
    token, fired = bend(Seam.SIGNATURE, unsigned(), [fault.id], Beside(neighbour=lambda: EVIL))

    assert fired == (fault.id,)
    with pytest.raises(jwt.InvalidTokenError):
        verified(token)


def test_of_two_subjects_the_last_is_read_and_the_signature_is_right() -> None:
    token, fired = bend(Seam.SIGNATURE, unsigned(), [TWICE])

    assert fired == (TWICE,)
    assert jwt.utils.base64url_decode(token.split(".")[1]).decode().count('"sub":') == 2
    assert verified(token) == CLAIMS | {"sub": ANOTHER_PERSON}


def test_without_a_subject_there_are_not_two() -> None:
    nobody = replace(unsigned(), claims={"aud": "leerid-rp"})

    assert bend(Seam.SIGNATURE, nobody, [TWICE]) == (seal(nobody), ())


@pytest.mark.parametrize("fault", CIRCUMSTANCES, ids=named)
def test_a_circumstance_is_accepted(fault: Fault) -> None:
    token, fired = bend(Seam.SIGNATURE, unsigned(), [fault.id])

    assert fired == (fault.id,)
    assert verified(token) == CLAIMS
    assert token != seal(unsigned())


@pytest.mark.parametrize(
    ("fault", "header"),
    [
        ("alg-none", {"alg": "none", "kid": "first", "typ": "JWT"}),
        ("alg-none-mixed-case", {"alg": "nOnE", "kid": "first", "typ": "JWT"}),
        ("hs256-with-client-secret", {"alg": "HS256", "typ": "JWT"}),
        ("hs256-with-public-key", {"alg": "HS256", "kid": "first", "typ": "JWT"}),
        ("foreign-key", {"alg": "RS256", "kid": "first", "typ": "JWT"}),
        ("unknown-kid", {"alg": "RS256", "kid": "testbed-unknown-kid", "typ": "JWT"}),
        ("kid-absent", {"alg": "RS256", "typ": "JWT"}),
        ("removed", {"alg": "RS256", "kid": "first", "typ": "JWT"}),
    ],
)
def test_the_header_says_what_the_forger_wants(fault: str, header: dict[str, str]) -> None:
    token, _ = bend(Seam.SIGNATURE, unsigned(), [f"signature.{fault}"])

    assert jwt.get_unverified_header(token) == header


def test_a_secret_as_key_verifies_for_those_who_fall_for_it() -> None:
    token, _ = bend(Seam.SIGNATURE, unsigned(), ["signature.hs256-with-client-secret"])

    assert jwt.decode(token, CLIENT_SECRET, algorithms=["HS256"], audience="leerid-rp") == CLAIMS


def test_a_client_without_secret_cannot_be_forged_with_it() -> None:
    token, fired = bend(Seam.SIGNATURE, unsigned(client_secret=None), ["signature.hs256-with-client-secret"])

    assert fired == ()
    assert verified(token) == CLAIMS


def test_the_key_in_the_header_verifies_for_those_who_fall_for_it_and_is_public() -> None:
    token, _ = bend(Seam.SIGNATURE, unsigned(), ["signature.foreign-key-in-jwk-header"])
    header = jwt.get_unverified_header(token)

    assert jwt.decode(token, jwt.PyJWK(header["jwk"]).key, algorithms=["RS256"], audience="leerid-rp") == CLAIMS
    assert not {"d", "p", "q", "dp", "dq", "qi"} & header["jwk"].keys()


def test_the_critical_header_is_signed_rightly() -> None:
    token, _ = bend(Seam.SIGNATURE, unsigned(), ["signature.critical-header-unknown"])
    signing_input, _, signature = token.rpartition(".")
    algorithm = RSAAlgorithm(RSAAlgorithm.SHA256)
    public = algorithm.from_jwk(dict(key().as_dict(private=False)))

    assert algorithm.verify(signing_input.encode(), public, jwt.utils.base64url_decode(signature))  # type: ignore[arg-type]  a public key


@pytest.mark.parametrize("fault", ["key-of-other-issuer", "token-of-other-issuer"])
def test_the_key_of_the_other_issuer_verifies_for_those_who_know_it(fault: str) -> None:
    token, _ = bend(Seam.SIGNATURE, unsigned(), [f"signature.{fault}"], Beside(neighbour=lambda: EVIL))
    claims = jwt.decode(token, jwt.PyJWK(EVIL.signing.public).key, algorithms=["RS256"], audience="leerid-rp")

    assert (claims["iss"] == EVIL.identifier) == (fault == "token-of-other-issuer")
    assert jwt.get_unverified_header(token)["kid"] == EVIL.signing.kid


@pytest.mark.parametrize("fault", [each for each in SIGNATURES if each.mixes_up], ids=named)
def test_without_another_issuer_nothing_is_mixed_up(fault: Fault) -> None:
    token, fired = bend(Seam.SIGNATURE, unsigned(), [fault.id])

    assert (verified(token), fired) == (CLAIMS, ())


def test_the_foreign_key_is_made_once() -> None:
    assert foreign() is foreign()


def test_only_one_signature_is_forged_when_two_are_armed() -> None:
    _, fired = bend(Seam.SIGNATURE, unsigned(), ["signature.removed", "signature.altered"])

    assert len(fired) == 1


@pytest.mark.parametrize("fault", sorted(BELIEVED))
def test_a_token_of_another_type_is_signed_rightly(fault: str) -> None:
    token, fired = bend(Seam.SIGNATURE, unsigned(), [fault])

    assert fired == (fault,)
    assert verified(token) == CLAIMS
    assert jwt.get_unverified_header(token)["typ"] in {"at+jwt", "logout+jwt"}


@pytest.mark.parametrize(
    ("fault", "secret"),
    [
        ("hs256-with-trimmed-public-key", lambda: key().as_pem(private=False).strip()),
        ("hs256-with-binary-public-key", lambda: key().as_der(private=False)),
        ("hs256-with-modulus", lambda: str(key().as_dict(private=False)["n"]).encode()),
        ("hs256-with-published-secret", lambda: PUBLISHED_SECRET),
    ],
)
def test_a_secret_that_everybody_knows_verifies_for_those_who_fall_for_it(
    fault: str, secret: Callable[[], bytes]
) -> None:
    token, _ = bend(Seam.SIGNATURE, unsigned(), [f"signature.{fault}"])
    text, _, signature = token.rpartition(".")

    assert hmac.digest(secret(), text.encode(), "sha256") == jwt.utils.base64url_decode(signature)


@pytest.mark.parametrize("algorithm", ["PS256", "RS512"])
def test_another_algorithm_is_used_rightly(algorithm: str) -> None:
    token, _ = bend(Seam.SIGNATURE, unsigned(), [f"signature.{algorithm.lower()}"])
    public = RSAAlgorithm.from_jwk(dict(key().as_dict(private=False)))

    assert jwt.decode(token, public, algorithms=[algorithm], audience="leerid-rp") == CLAIMS  # type: ignore[arg-type]  a public key


def test_the_published_elliptic_key_made_the_elliptic_signature_and_zeros_are_none() -> None:
    jwks, _ = bend(Seam.JWKS, {"keys": []}, ["jwks.elliptic-key"])
    public = jwt.PyJWK(jwks["keys"][0]).key
    signed, _ = bend(Seam.SIGNATURE, unsigned(), ["signature.es256"])
    zeros, _ = bend(Seam.SIGNATURE, unsigned(), ["signature.es256-zeros"])

    assert jwt.decode(signed, public, algorithms=["ES256"], audience="leerid-rp") == CLAIMS
    assert set(jwt.utils.base64url_decode(zeros.rpartition(".")[2])) == {0}
    assert len(jwt.utils.base64url_decode(zeros.rpartition(".")[2])) == 64


def test_the_short_key_is_published_under_the_name_in_the_token() -> None:
    jwks, _ = bend(Seam.JWKS, {"keys": []}, ["jwks.short-key"])
    token, _ = bend(Seam.SIGNATURE, unsigned(), ["signature.short-key"])
    text, _, signature = token.rpartition(".")
    public = RSAAlgorithm.from_jwk(jwks["keys"][0])

    assert jwks["keys"][0]["kid"] == jwt.get_unverified_header(token)["kid"]
    assert RSAAlgorithm(RSAAlgorithm.SHA256).verify(text.encode(), public, jwt.utils.base64url_decode(signature))  # type: ignore[arg-type]  a public key


def test_the_private_key_that_is_published_is_never_the_providers_own() -> None:
    own = dict(key().as_dict(private=True)) | {"kid": "first"}
    jwks, _ = bend(Seam.JWKS, {"keys": [dict(key().as_dict(private=False)) | {"kid": "first"}]}, ["jwks.private-key"])

    leaked = [each for each in jwks["keys"] if "d" in each]
    assert len(leaked) == 1
    assert leaked[0]["n"] != own["n"]


def test_the_encrypted_token_opens_with_the_client_secret_and_the_blanks_are_many() -> None:
    secret = sha256(CLIENT_SECRET.encode()).digest()
    token, _ = bend(Seam.SIGNATURE, unsigned(), ["signature.encrypted"])
    blown_up, _ = bend(Seam.SIGNATURE, unsigned(), ["signature.encrypted-and-blown-up"])

    assert jwe.decrypt_compact(token, OctKey.import_key(secret)).plaintext == seal(unsigned()).encode()
    assert len(token.split(".")) == len(blown_up.split(".")) == 5
    assert len(blown_up) < 100_000


def test_every_token_under_an_unknown_name_has_a_name_of_its_own() -> None:
    fault = "signature.unknown-kid-each-time"
    one, _ = bend(Seam.SIGNATURE, unsigned(), [fault])
    other, _ = bend(Seam.SIGNATURE, replace(unsigned(), claims=CLAIMS | {"nonce": "another"}), [fault])

    assert jwt.get_unverified_header(one)["kid"] != jwt.get_unverified_header(other)["kid"]


def test_without_a_withdrawn_key_none_signs() -> None:
    _, fired = bend(Seam.SIGNATURE, replace(unsigned(), withdrawn=None), ["signature.withdrawn-key"])

    assert fired == ()
