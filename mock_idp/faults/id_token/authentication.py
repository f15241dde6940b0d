"""Faults in how and when somebody authenticated, which an ID token tells to those who asked for it."""

from __future__ import annotations

from typing import Any, Final

from mock_idp.domain.means import documented_means
from mock_idp.faults.bending import drop, put_if_present
from mock_idp.faults.registry import fault
from mock_idp.faults.seam import Seam

Claims = dict[str, Any]

YEAR_S: Final = 365 * 24 * 3600
UNKNOWN_MEANS: Final = "urn:testbed:unknown-means"


@fault(Seam.ID_TOKEN, requirements=["CLM-28"])
def authentication_moment_missing(claims: Claims) -> Claims:
    """The ID token does not say when the pupil authenticated, though a largest age was asked."""
    return drop(claims, "auth_time")


@fault(Seam.ID_TOKEN, requirements=["CLM-29"])
def authentication_a_year_ago(claims: Claims) -> Claims:
    """The ID token says that the pupil authenticated a year ago."""
    return put_if_present(claims, auth_time=claims.get("auth_time", 0) - YEAR_S)


@fault(Seam.ID_TOKEN, requirements=["CLM-30"])
def means_missing(claims: Claims) -> Claims:
    """The ID token does not say by which means the pupil authenticated, though some were asked."""
    return drop(claims, "acr")


@fault(Seam.ID_TOKEN, requirements=["CLM-30"])
def means_unknown(claims: Claims) -> Claims:
    """The ID token names a means of authentication that nobody knows."""
    return put_if_present(claims, acr=UNKNOWN_MEANS)


@fault(Seam.ID_TOKEN, requirements=["CLM-30"])
def means_weaker(claims: Claims) -> Claims:
    """The ID token names the weakest means of authentication that ACM has, an account that is linked to nobody."""
    weakest = min((each for each in documented_means() if each.csam), key=lambda each: (each.acm_level, each.csam))
    return put_if_present(claims, acr=weakest.urn)
