"""Faults in the published keys. They bend the whole issuer: the keys are read without a stage."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from typing import Any

from mock_idp.faults import strangers
from mock_idp.faults.bending import put
from mock_idp.faults.registry import circumstance, fault
from mock_idp.faults.seam import Seam
from mock_idp.protocol.answer import Answer

Document = dict[str, Any]

UNKNOWN = (
    {"kty": "testbed", "kid": "unknown-type", "use": "sig", "alg": "TESTBED256"},
    {"kty": "EC", "crv": "testbed-curve", "kid": "unknown-curve", "use": "sig", "x": "AA", "y": "AA"},
)


@fault(Seam.JWKS, requirements=["KEY-12"])
def empty(document: Document) -> Document:
    """The provider publishes no key."""
    return put(document, keys=[])


@circumstance(Seam.JWKS, requirements=["KEY-08"])
def unknown_key_types(document: Document) -> Document:
    """The provider also publishes keys of types that nobody knows."""
    return put(document, keys=[*UNKNOWN, *document["keys"]])


@fault(Seam.JWKS, requirements=["KEY-11", "KEY-12"])
def away(document: Document) -> Answer:
    """The key endpoint fails, and asks to be left alone for a minute."""
    del document
    return Answer(status=503, body={"error": "temporarily_unavailable"}, headers={"Retry-After": "60"})


# Keys beside the provider's own, first in the list; the provider never signs with them


@circumstance(Seam.JWKS, requirements=["KEY-05"])
def second_key(document: Document) -> Document:
    """The provider publishes a second key for signatures, under another name."""
    return _beside(document, strangers.public(strangers.foreign()), kid=strangers.SECOND, use="sig", alg="RS256")


@circumstance(Seam.JWKS, requirements=["SIG-10", "SIG-20"])
def elliptic_key(document: Document) -> Document:
    """The provider also publishes an elliptic key."""
    return _beside(document, strangers.public(strangers.elliptic()), kid=strangers.ELLIPTIC, use="sig", alg="ES256")


@circumstance(Seam.JWKS, requirements=["KEY-14"])
def short_key(document: Document) -> Document:
    """The provider also publishes an RSA key of 1024 bits."""
    return _beside(document, strangers.short_public(), kid=strangers.SHORT, use="sig", alg="RS256")


@circumstance(Seam.JWKS, requirements=["KEY-09"])
def key_for_encryption(document: Document) -> Document:
    """The provider also publishes a key for encryption, under the name of the key that signs."""
    return _beside(document, strangers.public(strangers.foreign()), kid=_name_of_signer(document), use="enc")


@circumstance(Seam.JWKS, requirements=["KEY-10"])
def name_of_two(document: Document) -> Document:
    """The provider also publishes an elliptic key, under the name of the key that signs."""
    return _beside(
        document, strangers.public(strangers.elliptic()), kid=_name_of_signer(document), use="sig", alg="ES256"
    )


@circumstance(Seam.JWKS, requirements=["KEY-13"])
def symmetric_key(document: Document) -> Document:
    """The provider also publishes a symmetric key, which nobody ought to see."""
    secret = urlsafe_b64encode(strangers.PUBLISHED_SECRET).rstrip(b"=").decode()
    return _beside(document, {"kty": "oct", "k": secret}, kid=strangers.SYMMETRIC, use="sig", alg="HS256")


@circumstance(Seam.JWKS, requirements=["KEY-13"])
def private_key(document: Document) -> Document:
    """The provider also publishes a key with its private half, which nobody ought to see."""
    own = strangers.foreign().as_dict(private=True)
    return _beside(document, own, kid=strangers.SECOND, use="sig", alg="RS256")


def _beside(document: Document, key: dict[str, Any], **members: str) -> Document:
    return put(document, keys=[{**key, **members}, *document["keys"]])


def _name_of_signer(document: Document) -> str:
    """Return the name of the key that signs: the newest, which stands last."""
    return str(document["keys"][-1]["kid"])
