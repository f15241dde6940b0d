"""Defects in verifying the signature of the ID token."""

from __future__ import annotations

import json
from base64 import b64decode
from typing import TYPE_CHECKING

import requests
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509 import load_der_x509_certificate, load_pem_x509_certificate
from joserfc.jwk import RSAKey

from relying_party.defects.registry import defect
from relying_party.signin import tokens
from relying_party.signin.guards import id_token
from relying_party.signin.provider import TIMEOUT_S

if TYPE_CHECKING:
    from relying_party.signin.evidence import Evidence
    from relying_party.signin.tokens import IdToken


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


@defect(replaces=id_token.token_kind, requirements=("SIG-24",))
def token_kind_unchecked(_evidence: Evidence) -> bool:
    """Takes a token that calls itself another kind of token for an ID token."""
    return True


@defect(replaces=id_token.issuer, requirements=("SIG-25",))
def header_claims_count(evidence: Evidence) -> bool:
    """Reads the issuer from the header of the token, where that names one."""
    return {**evidence.claims, **evidence.id_token.header}.get("iss") == evidence.issuer


@defect(replaces=id_token.signature, requirements=("SIG-16",))
def kid_taken_for_key(evidence: Evidence) -> bool:
    """Takes the name of a key for the key itself, or for the address at which it lies."""
    named = str(evidence.id_token.header.get("kid"))
    if named.startswith("{"):
        return evidence.verifier.verify(evidence.id_token, [RSAKey.import_key(json.loads(named))])
    if named.startswith("http"):
        return evidence.verifier.verify(evidence.id_token, _laid_at(named))
    return id_token.signature(evidence)


@defect(replaces=id_token.critical_header, requirements=("SIG-18",))
def critical_header_ignored(_evidence: Evidence) -> bool:
    """Ignores extensions that the header calls critical."""
    return True


@defect(replaces=tokens.open_token, requirements=("SIG-23",))
def json_form_read(compact: object) -> IdToken:
    """Reads an ID token in JSON form as well as one in compact form."""
    if not isinstance(compact, str) or not compact.startswith("{"):
        return tokens.open_token(compact)
    written = json.loads(compact)
    return tokens.open_token(".".join(written[part] for part in ("protected", "payload", "signature")))
