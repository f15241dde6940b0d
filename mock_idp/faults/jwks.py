"""Faults in the published keys. They bend the whole issuer: the keys are read without a stage."""

from __future__ import annotations

from typing import Any

from mock_idp.faults.bending import put
from mock_idp.faults.registry import circumstance, fault
from mock_idp.faults.seam import Seam

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
