"""How an application goes about the provider's keys."""

from typing import Final

from conformance.checks.registry import check
from conformance.evidence import Evidence, Finding

FEWEST: Final = 4
"""Fewer tokens make no storm."""


@check()
def keys_fetched_sparingly(evidence: Evidence) -> Finding:
    """Tokens under ever new key names do not make the application fetch an issuer's keys each time."""
    told = [_at(evidence, issuer) for issuer in sorted({exchange.issuer for exchange in evidence.exchanges})]
    storms = [(tokens, fetches) for tokens, fetches in told if tokens >= FEWEST]
    if not storms:
        most = max((tokens for tokens, _ in told), default=0)
        return Finding.untold(f"only {most} tokens came, which makes no storm")
    for tokens, fetches in storms:
        if fetches >= tokens:
            return Finding.broken(
                f"{tokens} tokens under unknown key names made the application fetch the keys {fetches} times"
            )
    return Finding.kept()


def _at(evidence: Evidence, issuer: str) -> tuple[int, int]:
    """How many tokens came from an issuer, and how often its keys were fetched."""
    endpoints = [exchange.endpoint for exchange in evidence.exchanges if exchange.issuer == issuer]
    return endpoints.count("token"), endpoints.count("jwks")
