"""How an application goes about the provider's keys."""

from typing import Final

from conformance.checks.registry import check
from conformance.evidence import Evidence, Finding

FEWEST: Final = 4
"""Fewer tokens make no storm."""


@check()
def keys_fetched_sparingly(evidence: Evidence) -> Finding:
    """Tokens under ever new key names do not make the application fetch the keys each time."""
    tokens = sum(exchange.endpoint == "token" for exchange in evidence.exchanges)
    fetches = sum(exchange.endpoint == "jwks" for exchange in evidence.exchanges)
    if tokens < FEWEST:
        return Finding.untold(f"only {tokens} tokens came, which makes no storm")
    if fetches < tokens:
        return Finding.kept()
    return Finding.broken(
        f"{tokens} tokens under unknown key names made the application fetch the keys {fetches} times"
    )
