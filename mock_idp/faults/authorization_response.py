"""Faults in the authorization response, the redirect that the browser carries back to the application."""

from __future__ import annotations

from typing import Any

from mock_idp.faults.bending import altered, drop, put, put_if_present
from mock_idp.faults.material import ANOTHER_ISSUER, MARKUP
from mock_idp.faults.registry import circumstance, fault
from mock_idp.faults.seam import Seam

Parameters = dict[str, Any]


def _refusing(parameters: Parameters, **error: str) -> Parameters:
    return put(drop(parameters, "code"), **error) if "code" in parameters else parameters


@fault(Seam.AUTHORIZATION_RESPONSE, requirements=["AZR-01", "LR-60"])
def state_altered(parameters: Parameters) -> Parameters:
    """The authorization response carries a state that the application did not send."""
    return put_if_present(parameters, state=altered(parameters.get("state", "")))


@fault(Seam.AUTHORIZATION_RESPONSE, requirements=["AZR-02", "LR-60"])
def state_missing(parameters: Parameters) -> Parameters:
    """The authorization response lacks the state that the application sent."""
    return drop(parameters, "state")


@fault(Seam.AUTHORIZATION_RESPONSE, requirements=["AZR-08"])
def issuer_other(parameters: Parameters) -> Parameters:
    """The authorization response says that it comes from another issuer."""
    return put(parameters, iss=ANOTHER_ISSUER)


@fault(Seam.AUTHORIZATION_RESPONSE, requirements=["AZR-13"])
def code_missing(parameters: Parameters) -> Parameters:
    """The authorization response brings neither a code nor an error."""
    return drop(parameters, "code")


@fault(Seam.AUTHORIZATION_RESPONSE, requirements=["ERR-01"])
def error_access_denied(parameters: Parameters) -> Parameters:
    """The authorization response says that access was denied."""
    return _refusing(parameters, error="access_denied")


@fault(Seam.AUTHORIZATION_RESPONSE, requirements=["ERR-04"])
def error_server_error(parameters: Parameters) -> Parameters:
    """The authorization response says that the provider failed."""
    return _refusing(parameters, error="server_error")


@fault(Seam.AUTHORIZATION_RESPONSE, requirements=["AZR-20", "ERR-01"])
def error_description_markup(parameters: Parameters) -> Parameters:
    """The authorization response denies access, with markup in its description."""
    return _refusing(parameters, error="access_denied", error_description=MARKUP)


@circumstance(Seam.AUTHORIZATION_RESPONSE, requirements=["AZR-15"])
def extra_parameters(parameters: Parameters) -> Parameters:
    """The authorization response brings parameters that nobody asked for."""
    return put(parameters, session_state="testbed.1", testbed_unknown="1")
