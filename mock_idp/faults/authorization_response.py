"""Faults in the authorization response, the redirect that the browser carries back to the application."""

from __future__ import annotations

from typing import Any

from mock_idp.faults import code_forms
from mock_idp.faults.bending import altered, drop, put, put_if_present, twice
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


@fault(Seam.AUTHORIZATION_RESPONSE, requirements=["ERR-03"])
def error_temporarily_unavailable(parameters: Parameters) -> Parameters:
    """The authorization response says that the provider is overloaded."""
    return _refusing(parameters, error="temporarily_unavailable")


@fault(Seam.AUTHORIZATION_RESPONSE, requirements=["ERR-04"])
def error_unknown(parameters: Parameters) -> Parameters:
    """The authorization response names an error that stands in no specification."""
    return _refusing(parameters, error="testbed_unknown")


@fault(Seam.AUTHORIZATION_RESPONSE, requirements=["AZR-20", "ERR-01"])
def error_description_markup(parameters: Parameters) -> Parameters:
    """The authorization response denies access, with markup in its description."""
    return _refusing(parameters, error="access_denied", error_description=MARKUP)


@fault(Seam.AUTHORIZATION_RESPONSE, requirements=["ERR-02", "ERR-04"])
def error_login_required(parameters: Parameters) -> Parameters:
    """The authorization response says that somebody has to sign in, though the application asked for just that."""
    return _refusing(parameters, error="login_required")


@fault(Seam.AUTHORIZATION_RESPONSE, requirements=["AZR-12"])
def error_beside_code(parameters: Parameters) -> Parameters:
    """The authorization response brings a code and an error at once."""
    return put(parameters, error="server_error") if "code" in parameters else parameters


@fault(Seam.AUTHORIZATION_RESPONSE, requirements=["AZR-11"])
def code_repeated(parameters: Parameters) -> Parameters:
    """The authorization response brings two codes, the second of them unknown."""
    return twice(parameters, "code")


@fault(Seam.AUTHORIZATION_RESPONSE, requirements=["AZR-11"])
def state_repeated(parameters: Parameters) -> Parameters:
    """The authorization response brings two states, the second of them another one than was sent."""
    return twice(parameters, "state")


@circumstance(Seam.AUTHORIZATION_RESPONSE, requirements=["AZR-14"])
def code_with_reserved_characters(parameters: Parameters) -> Parameters:
    """The authorization code holds characters that mean something in an address."""
    return code_forms.dressed(parameters, code_forms.RESERVED)


@circumstance(Seam.AUTHORIZATION_RESPONSE, requirements=["AZR-14"])
def code_long(parameters: Parameters) -> Parameters:
    """The authorization code is two thousand characters long."""
    return code_forms.dressed(parameters, code_forms.LONG)


@circumstance(Seam.AUTHORIZATION_RESPONSE, requirements=["ERR-02"])
def interaction_required(parameters: Parameters) -> Parameters:
    """The answer to a silent sign-in says that interaction is required, where it would say that of the sign-in."""
    return put(parameters, error="interaction_required") if parameters.get("error") == "login_required" else parameters


@circumstance(Seam.AUTHORIZATION_RESPONSE, requirements=["AZR-10"])
def issuer_named(parameters: Parameters, issuer: str) -> Parameters:
    """The authorization response says from which issuer it comes, which nobody promised."""
    return put(parameters, iss=issuer)


@circumstance(Seam.AUTHORIZATION_RESPONSE, requirements=["AZR-15"])
def extra_parameters(parameters: Parameters) -> Parameters:
    """The authorization response brings parameters that nobody asked for."""
    return put(parameters, session_state="testbed.1", testbed_unknown="1")
