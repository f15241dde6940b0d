"""Faults in the redirect after signing out."""

from __future__ import annotations

from typing import Any

from mock_idp.faults.bending import altered, drop, put_if_present
from mock_idp.faults.registry import fault
from mock_idp.faults.seam import Seam

Parameters = dict[str, Any]


@fault(Seam.END_SESSION, requirements=["LGT-02"])
def state_altered(parameters: Parameters) -> Parameters:
    """The redirect after signing out carries a state that the application did not send."""
    return put_if_present(parameters, state=altered(parameters.get("state", "")))


@fault(Seam.END_SESSION, requirements=["LGT-02"])
def state_missing(parameters: Parameters) -> Parameters:
    """The redirect after signing out lacks the state that the application sent."""
    return drop(parameters, "state")
