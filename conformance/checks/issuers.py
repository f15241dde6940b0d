"""What goes to which of two issuers."""

from conformance.checks.registry import check
from conformance.evidence import Evidence, Finding


@check()
def code_stays_with_its_issuer(evidence: Evidence) -> Finding:
    """A code is redeemed at the issuer that gave it, and is told to no other."""
    given = {
        str(exchange.response["code"]): exchange.issuer
        for exchange in evidence.exchanges
        if exchange.endpoint == "authorization-response" and "code" in exchange.response
    }
    for exchange in evidence.exchanges:
        giver = given.get(str(exchange.asked("code")), exchange.issuer)
        if exchange.endpoint == "token" and giver != exchange.issuer:
            return Finding.broken(f"the application sent a code of the issuer {giver!r} to {exchange.issuer!r}")
    return Finding.kept() if evidence.exchanges else Finding.untold("nothing was said to any issuer")
