"""Faults of the authorization endpoint itself, before it shows anything."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from mock_idp.faults.registry import fault
from mock_idp.faults.seam import Seam

if TYPE_CHECKING:
    from mock_idp.faults.seam import Errand
    from mock_idp.protocol.neighbour import Neighbour


@fault(Seam.AUTHORIZATION, requirements=["MIX-01"])
def sent_on_to_main_issuer(errand: Errand, neighbour: Neighbour) -> Errand:
    """The authorization endpoint of a sibling sends the browser on to the main issuer, as the application's request."""
    own = neighbour.address_of(errand.parameters.get("redirect_uri", ""))
    if own is None or not neighbour.is_main:  # the main one would send it back
        return errand
    asked = {**errand.parameters, "client_id": own[0], "redirect_uri": own[1]}
    return replace(errand, onward=f"{neighbour.authorization_endpoint}?{urlencode(asked)}")
