"""Faults and circumstances: one file per seam, one small named function each, all in one catalogue."""

from mock_idp.faults import id_token  # imported so that its functions register
from mock_idp.faults.registry import (
    Fault,
    Kind,
    RegistrationError,
    Registry,
    UnknownFaultError,
    bend,
    catalogue,
    circumstance,
    fault,
)
from mock_idp.faults.seam import ISSUER_WIDE, Delivery, Seam

__all__ = [
    "ISSUER_WIDE",
    "Delivery",
    "Fault",
    "Kind",
    "RegistrationError",
    "Registry",
    "Seam",
    "UnknownFaultError",
    "bend",
    "catalogue",
    "circumstance",
    "fault",
    "id_token",
]
