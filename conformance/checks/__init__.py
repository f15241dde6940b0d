"""Checks: pure judgements, `Evidence -> Finding`. One file per topic; importing it here registers it."""

from conformance.checks import (  # noqa: F401  importing registers them
    endpoints,
    headers,
    issuers,
    kept,
    keys,
    leaks,
    logged,
    logout,
    markup,
    national_number,
    person,
    refreshing,
    request,
    secrets,
    session,
    shown,
    sign_out,
    trap,
)
from conformance.checks.registry import Check, checks, observe

__all__ = ["Check", "checks", "observe"]
