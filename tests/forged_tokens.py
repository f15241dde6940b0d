"""Tokens that the tiny provider of `honest_provider.py` never makes by itself, and keys that it never publishes."""

from __future__ import annotations

import hmac
import json
from base64 import b64encode
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from honest_provider import FOREIGN_KEY, SIGNING_KEY, Answer, b64, honest_seal, segment, unsigned
from joserfc import jws
from joserfc.jwk import ECKey

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from honest_provider import HonestProvider

    Bend: TypeAlias = Callable[[HonestProvider], None]

SECRET_OF_ALL = b"a secret that a test publishes on purpose"


def sealed(seal: Callable[[dict[str, Any], dict[str, Any]], str]) -> Bend:
    def bend(provider: HonestProvider) -> None:
        provider.seal = seal

    return bend


def with_algorithm(name: str) -> Bend:
    return sealed(lambda header, claims: unsigned(header | {"alg": name}, claims))


def with_hmac(secret: bytes) -> Bend:
    def seal(header: dict[str, Any], claims: dict[str, Any]) -> str:
        signed = f"{segment(header | {'alg': 'HS256'})}.{segment(claims)}"
        return f"{signed}.{b64(hmac.digest(secret, signed.encode(), 'sha256'))}"

    return sealed(seal)


def with_foreign_key(**header: Any) -> Bend:
    def seal(honest_header: dict[str, Any], claims: dict[str, Any]) -> str:
        text = json.dumps(claims).encode()
        return jws.serialize_compact(honest_header | header, text, FOREIGN_KEY, algorithms=["RS256"])

    return sealed(seal)


def certificate() -> str:
    """Return what the foreign key certifies of itself, in DER and Base64."""
    name = x509.Name([x509.NameAttribute(x509.oid.NameOID.COMMON_NAME, "stranger.invalid")])
    key, day = cast("RSAPrivateKey", FOREIGN_KEY.private_key), datetime(2020, 1, 1, tzinfo=UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, day, day + timedelta(days=1)).sign(key, SHA256())
    return b64encode(made.public_bytes(Encoding.DER)).decode()


def leading(header: str) -> Bend:
    """Let the header of a token of a stranger lead to what it is to be verified with."""
    pem = f"-----BEGIN CERTIFICATE-----\n{certificate()}\n-----END CERTIFICATE-----\n"
    lies: dict[str, Any] = {"jku": {"keys": [FOREIGN_KEY.as_dict(private=False)]}, "x5u": pem}

    def bend(provider: HonestProvider) -> None:
        provider.answers["trap"] = Answer(lies[header])
        with_foreign_key(**{header: f"{provider.issuer}/v1/trap"})(provider)

    return bend


def with_critical_header(header: dict[str, Any], claims: dict[str, Any]) -> str:
    return signed_with_rs256(header | {"crit": ["testbed"], "testbed": True}, claims)


def with_claims_in_header(header: dict[str, Any], claims: dict[str, Any]) -> str:
    return signed_with_rs256(header | {"iss": "https://other.example/op", "sub": "another"}, claims)


def signed_as(algorithm: str) -> Callable[[dict[str, Any], dict[str, Any]], str]:
    """Sign as ever, and name another algorithm."""
    return lambda header, claims: signed_with_rs256(header | {"alg": algorithm}, claims)


def signed_with_rs256(header: dict[str, Any], claims: dict[str, Any]) -> str:
    signed = f"{segment(header)}.{segment(claims)}"
    rs256 = jws.JWSRegistry.algorithms["RS256"]
    return f"{signed}.{b64(rs256.sign(signed.encode(), SIGNING_KEY))}"


def with_two_subjects(header: dict[str, Any], claims: dict[str, Any]) -> str:
    text = json.dumps(claims).removesuffix("}") + ', "sub": "another"}'
    return jws.serialize_compact(header, text.encode(), SIGNING_KEY, algorithms=["RS256"])


def in_json_form(header: dict[str, Any], claims: dict[str, Any]) -> str:
    return json.dumps(
        dict(zip(("protected", "payload", "signature"), honest_seal(header, claims).split("."), strict=True))
    )


def payload_altered(header: dict[str, Any], claims: dict[str, Any]) -> str:
    text = jws.serialize_compact(header, json.dumps(claims).encode(), SIGNING_KEY, algorithms=["RS256"])
    head, _payload, signature = text.split(".")
    return f"{head}.{segment(claims | {'given_name': 'Somebody'})}.{signature}"


def with_unknown_key(jwks: dict[str, Any]) -> dict[str, Any]:
    return {"keys": [{"kty": "testbed", "kid": "unknown"}, *jwks["keys"]]}


def publishing(entry: dict[str, Any], *bends: Bend) -> Bend:
    """Publish one more key, first in the list, and bend whatever else."""

    def bend(provider: HonestProvider) -> None:
        provider.bend_jwks = lambda jwks: {"keys": [entry, *jwks["keys"]]}
        for each in bends:
            each(provider)

    return bend


def with_signature(sign: Callable[[bytes], bytes], **header: str) -> Bend:
    """Sign in any way, with these members in the header."""

    def seal(honest_header: dict[str, Any], claims: dict[str, Any]) -> str:
        signed = f"{segment(honest_header | header)}.{segment(claims)}"
        return f"{signed}.{b64(sign(signed.encode()))}"

    return sealed(seal)


def code_of(secret: bytes, **header: str) -> Bend:
    return with_signature(lambda text: hmac.digest(secret, text, "sha256"), alg="HS256", **header)


@cache
def elliptic() -> ECKey:
    return ECKey.generate_key("P-256", {"kid": "key-e"})


def elliptic_entry(kid: str = "key-e") -> dict[str, Any]:
    return {**elliptic().as_dict(private=False), "kid": kid}


def elliptic_signature(text: bytes) -> bytes:
    return jws.JWSRegistry.algorithms["ES256"].sign(text, elliptic())


def rsa_signature(algorithm: str) -> Callable[[bytes], bytes]:
    return lambda text: jws.JWSRegistry.algorithms[algorithm].sign(text, SIGNING_KEY)


@cache
def short() -> RSAPrivateKey:
    return generate_private_key(65537, 1024)  # noqa: S505  that it is too short is the point


def short_entry() -> dict[str, Any]:
    numbers = short().public_key().public_numbers()
    return {"kty": "RSA", "kid": "key-s", "n": b64(numbers.n.to_bytes(128)), "e": "AQAB"}


def short_signature(text: bytes) -> bytes:
    return short().sign(text, PKCS1v15(), SHA256())
