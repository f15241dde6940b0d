"""Circumstances of a refresh: whether it is granted, and what comes with it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mock_idp.faults.registry import circumstance
from mock_idp.faults.seam import Seam

if TYPE_CHECKING:
    from mock_idp.protocol.renewal import Renewal


@circumstance(Seam.REFRESH, requirements=["RFR-04"])
def refused(renewal: Renewal) -> Renewal:
    """The provider takes the sign-in back: a refresh is refused with invalid_grant."""
    return replace(renewal, error="invalid_grant")


@circumstance(Seam.REFRESH, requirements=["RFR-04"])
def time_over(renewal: Renewal) -> Renewal:
    """The time is over in which a sign-in can be refreshed, and ACM calls that invalid_request."""
    return replace(renewal, error="invalid_request")


@circumstance(Seam.REFRESH, requirements=["RFR-06"])
def without_new_token(renewal: Renewal) -> Renewal:
    """A refresh brings no new refresh token, and the one that was sent stays good."""
    return replace(renewal, new_token=False)


@circumstance(Seam.REFRESH, requirements=["RFR-01", "RFR-02", "RFR-03"])
def with_id_token(renewal: Renewal) -> Renewal:
    """A refresh brings an ID token as well, without nonce."""
    return replace(renewal, id_token=True)
