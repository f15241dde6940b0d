"""Faults in which the names and keys of two issuers are mixed up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mock_idp.faults.bending import put
from mock_idp.faults.registry import fault
from mock_idp.faults.seam import Seam
from mock_idp.faults.signature import forging

if TYPE_CHECKING:
    from mock_idp.protocol.jose import Unsigned
    from mock_idp.protocol.neighbour import Neighbour


@fault(Seam.SIGNATURE, requirements=["CLM-01", "MIX-04"])
def name_of_other_issuer(unsigned: Unsigned, neighbour: Neighbour) -> str:
    """The ID token names another issuer that the application knows, under the own signature."""
    return forging.signed(unsigned.header, put(unsigned.claims, iss=neighbour.identifier), unsigned.key)


@fault(Seam.SIGNATURE, requirements=["KEY-15", "MIX-03"])
def key_of_other_issuer(unsigned: Unsigned, neighbour: Neighbour) -> str:
    """The ID token is signed with the key of another issuer that the application knows, under the id of that key."""
    signing = neighbour.signing
    return forging.signed(put(unsigned.header, kid=signing.kid), unsigned.claims, signing.key)


@fault(Seam.SIGNATURE, requirements=["KEY-15", "MIX-03"])
def kid_of_other_issuer(unsigned: Unsigned, neighbour: Neighbour) -> str:
    """The ID token names the key of another issuer that the application knows, though its own key signed it."""
    return forging.signed(put(unsigned.header, kid=neighbour.signing.kid), unsigned.claims, unsigned.key)


@fault(Seam.SIGNATURE, requirements=["MIX-04"])
def token_of_other_issuer(unsigned: Unsigned, neighbour: Neighbour) -> str:
    """The ID token is one that another issuer made for the same client_id: its name, its key."""
    signing = neighbour.signing
    claims = put(unsigned.claims, iss=neighbour.identifier, kid=signing.kid)
    return forging.signed(put(unsigned.header, kid=signing.kid), claims, signing.key)
