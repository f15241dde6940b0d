"""Faults and circumstances in the answer of the userinfo endpoint: one file per topic."""

from mock_idp.faults.userinfo import (  # imported so that their functions register
    answer,
    person,
    token,
)

__all__ = ["answer", "person", "token"]
