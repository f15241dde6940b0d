"""PyJWT opens a logout token as it was sealed, and refuses every wrong seal."""

from __future__ import annotations

from functools import cache

import jwt
import pytest
from joserfc.jwk import RSAKey

from mock_idp.faults import LogoutCall
from mock_idp.faults.logout_token import sealed
from mock_idp.faults.seam import Seal

CLAIMS = {"sub": "synthetic"}
SECRET = "synthetic-secret-of-thirty-two-octets"


@cache
def key() -> RSAKey:
    return RSAKey.generate_key(2048)


def token(seal: Seal, algorithm: str = "RS256") -> str:
    return sealed(LogoutCall(header={"alg": algorithm, "typ": "logout+jwt"}, claims=CLAIMS, seal=seal), key(), SECRET)


def opened(compact: str) -> object:
    return jwt.decode(compact, jwt.PyJWK(dict(key().as_dict(private=False)) | {"alg": "RS256"}), algorithms=["RS256"])


def test_the_provider_seals_with_its_key() -> None:
    assert opened(token(Seal.PROVIDER)) == CLAIMS
    assert jwt.get_unverified_header(token(Seal.PROVIDER))["typ"] == "logout+jwt"


@pytest.mark.parametrize(
    ("seal", "algorithm"), [(Seal.STRANGER, "RS256"), (Seal.SECRET, "HS256"), (Seal.NOBODY, "none")]
)
def test_any_other_seal_is_refused(seal: Seal, algorithm: str) -> None:
    with pytest.raises(jwt.InvalidTokenError):
        opened(token(seal, algorithm))


def test_the_secret_opens_what_it_sealed() -> None:
    assert jwt.decode(token(Seal.SECRET, "HS256"), SECRET, algorithms=["HS256"]) == CLAIMS
