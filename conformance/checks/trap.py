"""What an application fetches though nobody vouches for the address, and what it brings there."""

from typing import Final

from conformance.checks.registry import check
from conformance.evidence import Evidence, Exchange, Finding

SECRETS: Final = (
    *("code", "code_verifier", "client_secret", "client_assertion", "access_token", "refresh_token"),
    "credentials",
)


def _caught(evidence: Evidence) -> list[Exchange]:
    return [exchange for visit in evidence.visits for exchange in visit.at("trap")]


def _nobody_came(evidence: Evidence) -> Finding:
    if not any(visit.fired for visit in evidence.visits):
        return Finding.untold("no address was told that could be followed")
    return Finding.kept()


@check()
def trap_untouched(evidence: Evidence) -> Finding:
    """The application follows no address that only a token or a bent answer tells; being asked is harm enough."""
    caught = _caught(evidence)
    if caught:
        sent = caught[0].asked("credentials")
        named = f"{caught[0].method} for {caught[0].asked('name')!r}" + (f", with {sent} credentials" if sent else "")
        return Finding.broken(f"the application went to an address that it was to leave alone: {named}")
    return _nobody_came(evidence)


@check()
def trap_told_nothing(evidence: Evidence) -> Finding:
    """No code, secret or token is brought to an address that only a bent answer tells."""
    for exchange in _caught(evidence):
        if told := [name for name in SECRETS if exchange.asked(name)]:
            return Finding.broken(f"the application brought this to a host that nobody vouches for: {', '.join(told)}")
    return _nobody_came(evidence)
