"""Faults and circumstances in the claims of the ID token, before it is signed: one file per topic."""

from mock_idp.faults.id_token import (  # imported so that their functions register
    authentication,
    content,
    parties,
    sign_in,
    times,
)

__all__ = ["authentication", "content", "parties", "sign_in", "times"]
