"""What an application fetches though nobody vouches for the address."""

from conformance.checks.registry import check
from conformance.evidence import Evidence, Finding


@check()
def trap_untouched(evidence: Evidence) -> Finding:
    """The application follows no address that only a token or a bent answer tells; being asked is harm enough."""
    caught = [exchange for visit in evidence.visits for exchange in visit.at("trap")]
    if caught:
        sent = caught[0].asked("credentials")
        named = f"{caught[0].method} for {caught[0].asked('name')!r}" + (f", with {sent} credentials" if sent else "")
        return Finding.broken(f"the application went to an address that it was to leave alone: {named}")
    if not any(visit.fired for visit in evidence.visits):
        return Finding.untold("no address was told that could be followed")
    return Finding.kept()
