"""What goes to which of two issuers."""

from urllib.parse import urlsplit

from conformance.checks.registry import check
from conformance.evidence import Evidence, Finding

ERROR = 500


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


@check(needs=("initiate-login",))
def known_issuers_only(evidence: Evidence) -> Finding:
    """Where a third party begins a sign-in at the right issuer it goes there, and at any other nowhere else."""
    told, issuer = evidence.surroundings, evidence.surroundings.issuer
    right = [knock for knock in evidence.knocks if knock.label == issuer]
    if not right:
        return Finding.untold("no third party began a sign-in")
    if not right[-1].location.startswith(f"{issuer}/"):
        return Finding.broken(f"a third party began a sign-in at {issuer}, and the application did not go there")
    for knock in evidence.knocks:
        host = urlsplit(knock.location).netloc
        at_home = {urlsplit(each).netloc for each in (*told.application_origins, "")}
        if knock.status >= ERROR:
            return Finding.broken(f"a third party named the issuer {knock.label!r}, and the application crashed")
        if host not in at_home and not knock.location.startswith(f"{issuer}/"):
            return Finding.broken(f"a third party named the issuer {knock.label!r}, and the application went there")
    return Finding.kept()
