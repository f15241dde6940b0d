"""Another library, PyJWT, refuses every forgery and accepts every circumstance."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import jwt
import pytest
from joserfc.jwk import RSAKey
from jwt.algorithms import RSAAlgorithm

from mock_idp.faults import Fault, Kind, Seam, bend, catalogue
from mock_idp.faults.material import ANOTHER_PERSON
from mock_idp.faults.strangers import foreign
from mock_idp.protocol.jose import Unsigned, seal

SIGNATURES = [each for each in catalogue().values() if each.seam == Seam.SIGNATURE]
RIGHTLY_SIGNED = "signature.subject-twice"
FORGERIES = [each for each in SIGNATURES if each.kind == Kind.FAULT and each.id != RIGHTLY_SIGNED]
CIRCUMSTANCES = [each for each in SIGNATURES if each.kind == Kind.CIRCUMSTANCE]
CLAIMS = {"aud": "leerid-rp", "iss": "http://localhost:9100/op", "sub": "Zo\u00eb"}
CLIENT_SECRET = "synthetic-secret-of-thirty-two-octets"


@cache
def key() -> RSAKey:
    return RSAKey.generate_key(2048)


def unsigned(client_secret: str | None = CLIENT_SECRET) -> Unsigned:
    header = {"alg": "RS256", "kid": "first", "typ": "JWT"}
    return Unsigned(header=header, claims=dict(CLAIMS), key=key(), client_secret=client_secret)


def verified(token: str) -> dict[str, str]:
    public = RSAAlgorithm.from_jwk(dict(key().as_dict(private=False)))
    claims: dict[str, str] = jwt.decode(token, public, algorithms=["RS256"], audience="leerid-rp")  # type: ignore[arg-type]  a public key
    return claims


def named(fault: Fault) -> str:
    return fault.id


def test_an_honest_token_is_accepted() -> None:
    token, fired = bend(Seam.SIGNATURE, unsigned(), [])

    assert verified(token) == CLAIMS
    assert fired == ()


@pytest.mark.parametrize("fault", FORGERIES, ids=named)
def test_a_forgery_is_refused(fault: Fault) -> None:
    token, fired = bend(Seam.SIGNATURE, unsigned(), [fault.id])

    assert fired == (fault.id,)
    with pytest.raises(jwt.InvalidTokenError):
        verified(token)


def test_of_two_subjects_the_last_is_read_and_the_signature_is_right() -> None:
    token, fired = bend(Seam.SIGNATURE, unsigned(), [RIGHTLY_SIGNED])

    assert fired == (RIGHTLY_SIGNED,)
    assert jwt.utils.base64url_decode(token.split(".")[1]).decode().count('"sub":') == 2
    assert verified(token) == CLAIMS | {"sub": ANOTHER_PERSON}


def test_without_a_subject_there_are_not_two() -> None:
    nobody = replace(unsigned(), claims={"aud": "leerid-rp"})

    assert bend(Seam.SIGNATURE, nobody, [RIGHTLY_SIGNED]) == (seal(nobody), ())


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


def test_the_foreign_key_is_made_once() -> None:
    assert foreign() is foreign()


def test_only_one_signature_is_forged_when_two_are_armed() -> None:
    _, fired = bend(Seam.SIGNATURE, unsigned(), ["signature.removed", "signature.altered"])

    assert len(fired) == 1
