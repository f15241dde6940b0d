"""Defects in verifying the signature of the ID token."""

from __future__ import annotations

import hmac
from base64 import b64decode
from typing import TYPE_CHECKING, Any

import requests
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509 import load_der_x509_certificate, load_pem_x509_certificate
from joserfc.jwk import RSAKey

from relying_party.defects.registry import defect
from relying_party.settings import SYNTHETIC_SECRET
from relying_party.signin import tokens
from relying_party.signin.guards import id_token
from relying_party.signin.provider import TIMEOUT_S
from relying_party.signin.rules import protocol
from relying_party.signin.tokens import RS256, IdToken, Verifier

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from relying_party.signin.evidence import Evidence


@defect(replaces=id_token.signature, requirements=("SIG-01", "SIG-02", "SIG-17", "LR-60"))
def signature_unchecked(_evidence: Evidence) -> bool:
    """Never verifies the signature of an ID token."""
    return True


@defect(replaces=id_token.signature, requirements=("SIG-11",))
def key_from_header(evidence: Evidence) -> bool:
    """Verifies the signature with a key that the token itself brings along."""
    brought = evidence.id_token.header.get("jwk")
    if not isinstance(brought, dict):
        return id_token.signature(evidence)
    return evidence.verifier.verify(evidence.id_token, [RSAKey.import_key(brought)])


@defect(replaces=id_token.signature, requirements=("SIG-14",))
def certificate_from_header(evidence: Evidence) -> bool:
    """Verifies the signature with a certificate that the token itself brings along."""
    chain = evidence.id_token.header.get("x5c")
    if not isinstance(chain, list):
        return id_token.signature(evidence)
    return evidence.verifier.verify(evidence.id_token, [_certified(b64decode(chain[0]))])


@defect(replaces=id_token.signature, requirements=("SIG-12", "SIG-13", "SIG-15"))
def header_address_followed(evidence: Evidence) -> bool:
    """Fetches keys and certificates from where the token says they are, and verifies with those."""
    header = evidence.id_token.header
    told = (place.get(name) for place in (header, header.get("jwk", {})) for name in ("jku", "x5u"))
    addresses = [address for address in told if isinstance(address, str)]
    if not addresses:
        return id_token.signature(evidence)
    found = [key for address in addresses for key in _laid_at(address)]
    return evidence.verifier.verify(evidence.id_token, found)


def _laid_at(address: str) -> list[RSAKey]:
    answer = requests.get(address, timeout=TIMEOUT_S)
    if answer.text.startswith("-----"):
        return [_certified(answer.content)]
    return [RSAKey.import_key(entry) for entry in answer.json()["keys"]]


def _certified(certificate: bytes) -> RSAKey:
    """Return the key in a certificate, nobody asked who signed it."""
    load = load_pem_x509_certificate if certificate.startswith(b"-----") else load_der_x509_certificate
    public = load(certificate).public_key()
    return RSAKey.import_key(public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))


@defect(replaces=id_token.signature, requirements=("KEY-04",))
def kid_required(evidence: Evidence) -> bool:
    """Refuses an ID token that does not name its key, though one key fits."""
    return "kid" in evidence.id_token.header and id_token.signature(evidence)


@defect(replaces=tokens.signing_keys, requirements=("KEY-08",))
def unknown_keys_refused(jwks: object) -> tuple[RSAKey, ...]:
    """Uses none of the published keys when there is one of a type it does not know."""
    entries = jwks.get("keys", []) if isinstance(jwks, dict) else []
    return tokens.signing_keys(jwks) if all(entry.get("kty") == "RSA" for entry in entries) else ()


@defect(replaces=id_token.critical_header, requirements=("SIG-18",))
def critical_header_ignored(_evidence: Evidence) -> bool:
    """Ignores extensions that the header calls critical."""
    return True


@defect(replaces=id_token.algorithm, requirements=("SIG-05", "SIG-10"))
def algorithm_unchecked(_evidence: Evidence) -> bool:
    """Verifies with RS256 and never looks at what the token says of its algorithm."""
    return True


@defect(replaces=protocol.verifier, requirements=("SIG-04", "SIG-06", "SIG-07", "SIG-09"))
def algorithm_from_token(header: Mapping[str, Any]) -> Verifier:
    """Verifies with the algorithm the token names: none, or HMAC with a published key or the client secret."""
    named = str(header.get("alg"))
    verify = BY_ALGORITHM.get(named.upper(), RS256.verify)
    return Verifier(algorithm=named, verify=verify)


def _anything(_token: IdToken, _keys: Sequence[RSAKey]) -> bool:
    return True


def _hs256(token: IdToken, keys: Sequence[RSAKey]) -> bool:
    """Take the text of a public key, or the client secret, for a shared secret.

    By hand, for joserfc rightly refuses to do so.
    """
    secrets = (*(key.as_pem(private=False) for key in keys), SYNTHETIC_SECRET.encode())
    return any(hmac.compare_digest(hmac.digest(secret, token.signed, "sha256"), token.signature) for secret in secrets)


BY_ALGORITHM = {"NONE": _anything, "HS256": _hs256, "RS256": RS256.verify}
