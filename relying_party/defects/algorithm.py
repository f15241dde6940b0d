"""Defects in which the token chooses the algorithm. By hand, for joserfc rightly refuses to verify so."""

from __future__ import annotations

import hmac
import json
from typing import TYPE_CHECKING, Any, Final

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc.jwk import ECKey, RSAKey
from joserfc.jws import JWSRegistry
from joserfc.util import urlsafe_b64decode

from relying_party.defects.registry import defect
from relying_party.settings import SYNTHETIC_SECRET
from relying_party.signin import tokens
from relying_party.signin.guards import id_token
from relying_party.signin.rules import protocol
from relying_party.signin.tokens import RS256, IdToken, Verifier, entries_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from relying_party.signin.evidence import Evidence

ZEROS: Final = bytes(64)


@defect(replaces=id_token.algorithm, requirements=("SIG-05", "SIG-10"))
def algorithm_unchecked(_evidence: Evidence) -> bool:
    """Verifies with RS256 and never looks at what the token says of its algorithm."""
    return True


@defect(replaces=protocol.verifier, requirements=("SIG-04", "SIG-06", "SIG-07", "SIG-08", "SIG-09", "SIG-10"))
def algorithm_from_token(header: Mapping[str, Any]) -> Verifier:
    """Verifies with the algorithm the token names: none, another with the same key, or HMAC with what is public."""
    named = str(header.get("alg"))
    verify = BY_ALGORITHM.get(named.upper(), RS256.verify)
    return Verifier(algorithm=named, verify=verify)


@defect(replaces=protocol.verifier, requirements=("SIG-20",))
def zeros_verified(header: Mapping[str, Any]) -> Verifier:
    """Verifies elliptic signatures with mathematics that let zeros pass, whatever the key."""
    if header.get("alg") != "ES256":
        return RS256
    return Verifier(algorithm="ES256", verify=lambda token, _keys: token.signature == ZEROS)


def _anything(_token: IdToken, _keys: Sequence[RSAKey]) -> bool:
    return True


def _hs256(token: IdToken, keys: Sequence[RSAKey]) -> bool:
    """Take what is public of a key, or the client secret, for a shared secret."""
    secrets = (*(text for key in keys for text in _texts(key)), SYNTHETIC_SECRET.encode())
    return any(_is_code_of(secret, token) for secret in secrets)


def _texts(key: RSAKey) -> Iterator[bytes]:
    """Yield every form in which a public key is handed round."""
    pem, der = key.as_pem(private=False), key.as_der(private=False)
    yield from (pem, pem.strip(), der, key.public_key.public_bytes(Encoding.PEM, PublicFormat.PKCS1))
    members = dict(key.as_dict(private=False))
    yield str(members["n"]).encode()
    yield json.dumps({name: members[name] for name in sorted(members)}).encode()


def _is_code_of(secret: bytes, token: IdToken) -> bool:
    return hmac.compare_digest(hmac.digest(secret, token.signed, "sha256"), token.signature)


def _as(name: str) -> Callable[[IdToken, Sequence[RSAKey]], bool]:
    algorithm = JWSRegistry.algorithms[name]
    return lambda token, keys: any(algorithm.verify(token.signed, token.signature, key) for key in keys)


BY_ALGORITHM = {
    "NONE": _anything,
    "HS256": _hs256,
    "PS256": _as("PS256"),
    "RS256": RS256.verify,
    "RS512": _as("RS512"),
}


# Whatever is published is used, with whatever algorithm the token names


class PublishedKey:
    """An entry of a JWKS document, of whatever kind."""

    def __init__(self, entry: Mapping[str, Any]) -> None:
        """Keep the entry, under its name."""
        self.entry, self.kid = dict(entry), entry.get("kid")


def _by_kind(header: Mapping[str, Any]) -> Verifier:
    named = str(header.get("alg"))

    def verify(token: IdToken, keys: Sequence[Any]) -> bool:
        return any(BY_KIND.get((key.entry.get("kty"), named), _never)(token, key.entry) for key in keys)

    return Verifier(algorithm=named, verify=verify)


@defect(replaces=tokens.signing_keys, requirements=("SIG-10", "KEY-13"), beside={protocol.verifier: _by_kind})
def any_published_key(jwks: object) -> tuple[Any, ...]:
    """Uses whatever key is published, an elliptic or a symmetric one too, with the algorithm the token names."""
    return tuple(PublishedKey(entry) for entry in entries_of(jwks))


def _never(_token: IdToken, _entry: dict[str, Any]) -> bool:
    return False


def _published_secret(token: IdToken, entry: dict[str, Any]) -> bool:
    return _is_code_of(urlsafe_b64decode(entry["k"].encode()), token)


def _published_curve(token: IdToken, entry: dict[str, Any]) -> bool:
    return JWSRegistry.algorithms["ES256"].verify(token.signed, token.signature, ECKey.import_key(entry))


def _published_rsa(token: IdToken, entry: dict[str, Any]) -> bool:
    return any(RS256.verify(token, [key]) for key in tokens.keys_that({"keys": [entry]}, *tokens.MAY_SIGN))


BY_KIND: dict[tuple[Any, str], Callable[[IdToken, dict[str, Any]], bool]] = {
    ("RSA", "RS256"): _published_rsa,
    ("EC", "ES256"): _published_curve,
    ("oct", "HS256"): _published_secret,
}
