"""Faults in the way an authorization response travels: another one than the application asked for."""

from __future__ import annotations

from mock_idp.faults.registry import fault
from mock_idp.faults.seam import Seam


@fault(Seam.RESPONSE_MODE, requirements=["AZR-16"])
def fragment(mode: str) -> str:
    """The authorization response comes in the fragment of the address, where no server can read it."""
    del mode
    return "fragment"


@fault(Seam.RESPONSE_MODE, requirements=["AZR-16"])
def form_post(mode: str) -> str:
    """The authorization response comes as a posted form."""
    del mode
    return "form_post"
