"""Circumstances of transport: how an answer is handed over, not what it says."""

from __future__ import annotations

from dataclasses import replace

from mock_idp.faults.registry import circumstance
from mock_idp.faults.seam import Delivery, Seam

SLOW_S = 2.0


@circumstance(Seam.TRANSPORT, requirements=["TOK-04"])
def slow_token_response(delivery: Delivery) -> Delivery:
    """The token endpoint takes two seconds to answer."""
    return replace(delivery, delay_s=SLOW_S) if delivery.endpoint == "token" else delivery
