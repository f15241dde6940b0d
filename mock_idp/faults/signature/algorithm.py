"""Faults in which another algorithm than the registered one made the signature."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, cast

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, PSS, PKCS1v15
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, SHA512
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from mock_idp.faults import strangers
from mock_idp.faults.bending import drop, put
from mock_idp.faults.registry import fault
from mock_idp.faults.seam import Seam
from mock_idp.faults.signature import forging
from mock_idp.protocol.jose import seal

if TYPE_CHECKING:
    from collections.abc import Callable

    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

    from mock_idp.protocol.jose import Unsigned

COORDINATE: Final = 32
"""Octets of each number of a signature on the curve P-256."""


@fault(Seam.SIGNATURE, requirements=["SIG-07", "LR-60"])
def hs256_with_public_key(unsigned: Unsigned) -> str:
    """The ID token is authenticated with HS256, the public key of the provider as the secret."""
    return _with_secret(unsigned, unsigned.key.as_pem(private=False))


@fault(Seam.SIGNATURE, requirements=["SIG-09", "LR-60"])
def hs256_with_client_secret(unsigned: Unsigned) -> str:
    """The ID token is authenticated with HS256 and the client secret, though RS256 is registered."""
    if unsigned.client_secret is None:
        return seal(unsigned)
    header = put(drop(unsigned.header, "kid"), alg="HS256")  # a secret has no key id
    return forging.authenticated(header, unsigned.claims, unsigned.client_secret.encode())


@fault(Seam.SIGNATURE, requirements=["SIG-07", "LR-60"])
def hs256_with_trimmed_public_key(unsigned: Unsigned) -> str:
    """The ID token is authenticated with HS256 and the public key, without the line end after it, as the secret."""
    return _with_secret(unsigned, unsigned.key.as_pem(private=False).strip())


@fault(Seam.SIGNATURE, requirements=["SIG-07", "LR-60"])
def hs256_with_pkcs1_public_key(unsigned: Unsigned) -> str:
    """The ID token is authenticated with HS256 and the public key, in the form of PKCS #1, as the secret."""
    public = forging.private(unsigned.key).public_key()
    return _with_secret(unsigned, public.public_bytes(Encoding.PEM, PublicFormat.PKCS1))


@fault(Seam.SIGNATURE, requirements=["SIG-07", "LR-60"])
def hs256_with_binary_public_key(unsigned: Unsigned) -> str:
    """The ID token is authenticated with HS256 and the public key, in its binary form, as the secret."""
    return _with_secret(unsigned, unsigned.key.as_der(private=False))


@fault(Seam.SIGNATURE, requirements=["SIG-08", "LR-60"])
def hs256_with_jwk(unsigned: Unsigned) -> str:
    """The ID token is authenticated with HS256 and the published key, its text as published, as the secret."""
    published = {**strangers.public(unsigned.key), "kid": unsigned.header["kid"]}
    text = json.dumps({name: published[name] for name in sorted(published)})
    return _with_secret(unsigned, text.encode())


@fault(Seam.SIGNATURE, requirements=["SIG-08", "LR-60"])
def hs256_with_modulus(unsigned: Unsigned) -> str:
    """The ID token is authenticated with HS256 and one member of the published key (n) as the secret."""
    return _with_secret(unsigned, strangers.public(unsigned.key)["n"].encode())


@fault(Seam.SIGNATURE, requirements=["KEY-13", "LR-60"])
def hs256_with_published_secret(unsigned: Unsigned) -> str:
    """The ID token is authenticated with HS256 and a symmetric key, under the name of such a key."""
    header = put(unsigned.header, alg="HS256", kid=strangers.SYMMETRIC)
    return forging.authenticated(header, unsigned.claims, strangers.PUBLISHED_SECRET)


# Asymmetric, but not the one that was registered


@fault(Seam.SIGNATURE, requirements=["SIG-10", "LR-60"])
def rs512(unsigned: Unsigned) -> str:
    """The ID token is signed with RS512 and the provider's key, though RS256 is registered."""
    private = forging.private(unsigned.key)
    return _signed_as(unsigned, "RS512", lambda text: private.sign(text, PKCS1v15(), SHA512()))


@fault(Seam.SIGNATURE, requirements=["SIG-10", "LR-60"])
def ps256(unsigned: Unsigned) -> str:
    """The ID token is signed with PS256 and the provider's key, though RS256 is registered."""
    private, padding = forging.private(unsigned.key), PSS(MGF1(SHA256()), PSS.DIGEST_LENGTH)
    return _signed_as(unsigned, "PS256", lambda text: private.sign(text, padding, SHA256()))


@fault(Seam.SIGNATURE, requirements=["SIG-10", "LR-60"])
def es256(unsigned: Unsigned) -> str:
    """The ID token is signed with ES256 and an elliptic key, under the name of such a key."""
    return _signed_as(unsigned, "ES256", _elliptic_signature, kid=strangers.ELLIPTIC)


@fault(Seam.SIGNATURE, requirements=["SIG-20", "LR-60"])
def es256_zeros(unsigned: Unsigned) -> str:
    """The ID token names ES256 and an elliptic key, and its signature is nothing but zeros."""
    return _signed_as(unsigned, "ES256", lambda _: bytes(2 * COORDINATE), kid=strangers.ELLIPTIC)


def _elliptic_signature(text: bytes) -> bytes:
    """Return both numbers of a signature side by side (RFC 7518 section 3.4)."""
    private = cast("EllipticCurvePrivateKey", strangers.elliptic().private_key)
    numbers = decode_dss_signature(private.sign(text, ECDSA(SHA256())))
    return b"".join(number.to_bytes(COORDINATE) for number in numbers)


def _signed_as(unsigned: Unsigned, algorithm: str, sign: Callable[[bytes], bytes], **header: str) -> str:
    return forging.signed_by(put(unsigned.header, alg=algorithm, **header), unsigned.claims, sign)


def _with_secret(unsigned: Unsigned, secret: bytes) -> str:
    return forging.authenticated(put(unsigned.header, alg="HS256"), unsigned.claims, secret)
