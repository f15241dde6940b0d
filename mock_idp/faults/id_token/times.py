"""Faults and circumstances in the times of the ID token, all counted from the moment of issue."""

from __future__ import annotations

from typing import Any, Final

from mock_idp.faults.bending import drop, put, put_if_present
from mock_idp.faults.registry import circumstance, fault
from mock_idp.faults.seam import Seam

Claims = dict[str, Any]

HALF_A_MINUTE_S: Final = 30
TEN_MINUTES_S: Final = 600
HOUR_S: Final = 3600
WEEK_S: Final = 7 * 24 * HOUR_S
FAR_S: Final = 1_000_000_000_000


def _moved(claims: Claims, name: str, seconds: float) -> Claims:
    """Put a time so many seconds after the moment of issue."""
    return put(claims, **{name: claims["iat"] + seconds}) if "iat" in claims else claims


@fault(Seam.ID_TOKEN, requirements=["CLM-17", "LR-60"])
def expired(claims: Claims) -> Claims:
    """The ID token expired an hour ago."""
    return put_if_present(claims, exp=claims.get("iat", 0) - HOUR_S)


@fault(Seam.ID_TOKEN, requirements=["CLM-18", "LR-60"])
def expiry_missing(claims: Claims) -> Claims:
    """The ID token never expires: it has no exp."""
    return drop(claims, "exp")


@fault(Seam.ID_TOKEN, requirements=["CLM-19"])
def expiry_text(claims: Claims) -> Claims:
    """The ID token writes when it expires as a text."""
    return put_if_present(claims, exp=str(claims.get("exp")))


@fault(Seam.ID_TOKEN, requirements=["CLM-19"])
def expiry_negative(claims: Claims) -> Claims:
    """The ID token expired before 1970: its exp is below zero."""
    return put_if_present(claims, exp=-HOUR_S)


@circumstance(Seam.ID_TOKEN, requirements=["CLM-19"])
def expiry_fraction(claims: Claims) -> Claims:
    """The ID token expires at a fraction of a second."""
    return put_if_present(claims, exp=claims.get("exp", 0) + 0.5)


@circumstance(Seam.ID_TOKEN, requirements=["CLM-19"])
def expiry_far(claims: Claims) -> Claims:
    """The ID token expires in the year 33658, beyond what calendars of computers hold."""
    return put_if_present(claims, exp=FAR_S)


@circumstance(Seam.ID_TOKEN, requirements=["CLM-23"])
def expired_just_now(claims: Claims) -> Claims:
    """The ID token expired half a minute ago, as when clocks differ."""
    return _moved(claims, "exp", -HALF_A_MINUTE_S)


@fault(Seam.ID_TOKEN, requirements=["CLM-20"])
def issued_at_missing(claims: Claims) -> Claims:
    """The ID token does not say when it was issued."""
    return drop(claims, "iat")


@circumstance(Seam.ID_TOKEN, requirements=["CLM-21"])
def issued_a_week_ago(claims: Claims) -> Claims:
    """The ID token was issued a week ago and has not expired."""
    return _moved(claims, "iat", -WEEK_S)


@circumstance(Seam.ID_TOKEN, requirements=["CLM-23"])
def issued_in_half_a_minute(claims: Claims) -> Claims:
    """The ID token was issued half a minute from now, as when clocks differ."""
    return _moved(claims, "iat", HALF_A_MINUTE_S)


@fault(Seam.ID_TOKEN, requirements=["CLM-22"])
def issued_in_ten_minutes(claims: Claims) -> Claims:
    """The ID token was issued ten minutes from now."""
    return _moved(claims, "iat", TEN_MINUTES_S)


@fault(Seam.ID_TOKEN, requirements=["CLM-22"])
def not_yet_valid(claims: Claims) -> Claims:
    """The ID token becomes valid in ten minutes only."""
    return _moved(claims, "nbf", TEN_MINUTES_S)


@circumstance(Seam.ID_TOKEN, requirements=["CLM-23"])
def valid_in_half_a_minute(claims: Claims) -> Claims:
    """The ID token becomes valid in half a minute, as when clocks differ."""
    return _moved(claims, "nbf", HALF_A_MINUTE_S)
