"""Faults in whom the ID token comes from and whom it is meant for."""

from __future__ import annotations

from typing import Any

from mock_idp.faults.bending import drop, put, put_if_present
from mock_idp.faults.material import ANOTHER_CLIENT, ANOTHER_ISSUER
from mock_idp.faults.registry import circumstance, fault
from mock_idp.faults.seam import Seam

Claims = dict[str, Any]


@fault(Seam.ID_TOKEN, requirements=["CLM-01", "LR-60"])
def issuer_other(claims: Claims) -> Claims:
    """The ID token names another issuer."""
    return put(claims, iss=ANOTHER_ISSUER)


@fault(Seam.ID_TOKEN, requirements=["CLM-02", "LR-60"])
def issuer_missing(claims: Claims) -> Claims:
    """The ID token names no issuer."""
    return drop(claims, "iss")


@fault(Seam.ID_TOKEN, requirements=["CLM-03", "LR-60"])
def issuer_empty(claims: Claims) -> Claims:
    """The issuer in the ID token is an empty text."""
    return put_if_present(claims, iss="")


@fault(Seam.ID_TOKEN, requirements=["CLM-04", "LR-60"])
def issuer_trailing_slash(claims: Claims) -> Claims:
    """The issuer in the ID token has a trailing slash that the issuer itself has not."""
    return put_if_present(claims, iss=f"{claims.get('iss')}/")


def _audiences(claims: Claims) -> list[Any]:
    audience = claims.get("aud", "")
    return list(audience) if isinstance(audience, list) else [audience]


@fault(Seam.ID_TOKEN, requirements=["CLM-10", "LR-60"])
def audience_other(claims: Claims) -> Claims:
    """The ID token was issued to another client."""
    return put_if_present(claims, aud=ANOTHER_CLIENT, azp=ANOTHER_CLIENT)


@fault(Seam.ID_TOKEN, requirements=["CLM-11", "LR-60"])
def audience_missing(claims: Claims) -> Claims:
    """The ID token names no audience."""
    return drop(claims, "aud")


@circumstance(Seam.ID_TOKEN, requirements=["CLM-12"])
def audience_list(claims: Claims) -> Claims:
    """The audience of the ID token is a list with the client as its only member."""
    return put_if_present(claims, aud=_audiences(claims))


@fault(Seam.ID_TOKEN, requirements=["CLM-14"])
def audience_list_empty(claims: Claims) -> Claims:
    """The audience of the ID token is an empty list."""
    return put_if_present(claims, aud=[])


@fault(Seam.ID_TOKEN, requirements=["CLM-14"])
def audience_longer(claims: Claims) -> Claims:
    """The audience of the ID token is a client whose name begins with that of the right one."""
    return put_if_present(claims, aud=f"{_audiences(claims)[0]}-2")


@fault(Seam.ID_TOKEN, requirements=["CLM-14"])
def audience_shorter(claims: Claims) -> Claims:
    """The audience of the ID token is a client whose name is the beginning of that of the right one."""
    return put_if_present(claims, aud=str(_audiences(claims)[0])[:-1])


@fault(Seam.ID_TOKEN, requirements=["CLM-14"])
def audience_other_case(claims: Claims) -> Claims:
    """The audience of the ID token is the client in other capitals."""
    return put_if_present(claims, aud=str(_audiences(claims)[0]).swapcase())


@fault(Seam.ID_TOKEN, requirements=["CLM-16", "LR-60"])
def audience_other_authorized_party_right(claims: Claims) -> Claims:
    """The audience of the ID token is another client, though the authorized party is right."""
    return put(claims, aud=ANOTHER_CLIENT, azp=_audiences(claims)[0])


@fault(Seam.ID_TOKEN, requirements=["CLM-13", "LR-60"])
def audience_extra(claims: Claims) -> Claims:
    """The ID token is also meant for a client that nobody trusts."""
    return put_if_present(claims, aud=[*_audiences(claims), ANOTHER_CLIENT])


@fault(Seam.ID_TOKEN, requirements=["CLM-15"])
def authorized_party_other(claims: Claims) -> Claims:
    """The authorized party of the ID token is another client."""
    return put(claims, azp=ANOTHER_CLIENT)
