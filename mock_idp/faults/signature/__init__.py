"""Faults and circumstances in the signature of the ID token, its header and its form: one file per topic."""

from mock_idp.faults.signature import (  # imported so that their functions register
    algorithm,
    foreign_key,
    form,
    header,
    other_issuer,
    payload,
    unsigned,
)

__all__ = ["algorithm", "foreign_key", "form", "header", "other_issuer", "payload", "unsigned"]
