"""Faults in which another algorithm than the registered one made the signature."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mock_idp.faults.bending import drop, put
from mock_idp.faults.registry import fault
from mock_idp.faults.seam import Seam
from mock_idp.faults.signature import forging
from mock_idp.protocol.jose import seal

if TYPE_CHECKING:
    from mock_idp.protocol.jose import Unsigned


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


def _with_secret(unsigned: Unsigned, secret: bytes) -> str:
    return forging.authenticated(put(unsigned.header, alg="HS256"), unsigned.claims, secret)
