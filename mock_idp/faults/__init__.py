"""Faults and circumstances: one file per seam, one small named function each, all in one catalogue."""

from mock_idp.faults import (  # imported so that their functions register
    authorization_response,
    claims,
    datastore,
    discovery,
    end_session,
    id_token,
    jwks,
    signature,
    token_response,
    transport,
    userinfo,
)
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
    "authorization_response",
    "bend",
    "catalogue",
    "circumstance",
    "claims",
    "datastore",
    "discovery",
    "end_session",
    "fault",
    "id_token",
    "jwks",
    "signature",
    "token_response",
    "transport",
    "userinfo",
]
