"""What the application answers to a logout token, and what it does about it."""

from conformance.checks.registry import check
from conformance.evidence import Evidence, Exchange, Finding

GOOD = range(200, 205, 4)
BAD = range(400, 500)


def _goes_on(evidence: Evidence) -> bool:
    """Whether the session goes on: the page tells only where it could be opened again before the logout token."""
    looks = {glance.label: glance.signed_in for glance in evidence.glances}
    return looks["after logout token"] >= looks["before logout token"]


def _answered(evidence: Evidence) -> tuple[Exchange, bool] | None:
    """The answer to the logout token, and whether somebody is still signed in after it."""
    sent = [exchange for exchange in evidence.exchanges if exchange.endpoint == "backchannel-logout"]
    glance = evidence.glance("after logout token")
    return (sent[-1], glance.signed_in) if sent and glance else None


@check(needs=("backchannel-logout",))
def logout_token_obeyed(evidence: Evidence) -> Finding:
    """A right logout token is answered with 200, and ends the session."""
    answered = _answered(evidence)
    if answered is None:
        return Finding.untold("no logout token was sent")
    exchange, signed_in = answered
    if exchange.status not in GOOD:
        return Finding.broken(f"a right logout token was answered with {exchange.status}")
    return Finding.broken("the session goes on after a right logout token") if signed_in else Finding.kept()


@check(needs=("backchannel-logout",))
def logout_answer_not_kept(evidence: Evidence) -> Finding:
    """The answer to a right logout token says that nobody keeps it."""
    answered = _answered(evidence)
    if answered is None or answered[0].status not in GOOD:
        return Finding.untold("no logout token was taken")
    if "no-store" in str(answered[0].response.get("cache_control")):
        return Finding.kept()
    return Finding.broken("the answer to a logout token may be kept: Cache-Control lacks no-store")


@check(needs=("backchannel-logout",))
def logout_token_refused(evidence: Evidence) -> Finding:
    """A wrong logout token is answered with 400, or 405 for a wrong method, and ends nothing."""
    answered = _answered(evidence)
    if answered is None:
        return Finding.untold("no logout token was sent")
    exchange, _ = answered
    if exchange.status not in BAD:
        return Finding.broken(f"a wrong logout token was answered with {exchange.status}")
    return Finding.kept() if _goes_on(evidence) else Finding.broken("a wrong logout token ended the session")


@check(needs=("backchannel-logout",))
def logout_token_answered(evidence: Evidence) -> Finding:
    """Each logout token is answered with 200 or with 400: obeying it and refusing it are both right."""
    sent = [exchange.status for exchange in evidence.exchanges if exchange.endpoint == "backchannel-logout"]
    if len(sent) < len(evidence.visits) or not sent:
        return Finding.untold("not every sign-in was followed by a logout token")
    odd = [status for status in sent if status not in GOOD and status not in BAD]
    return Finding.broken(f"a logout token was answered with {odd[0]}") if odd else Finding.kept()


@check(needs=("backchannel-logout",))
def logout_of_nobody_done(evidence: Evidence) -> Finding:
    """A logout token about a session that is none here is answered with 200, and ends no other."""
    answered = _answered(evidence)
    if answered is None:
        return Finding.untold("no logout token was sent")
    exchange, _ = answered
    if exchange.status not in GOOD:
        return Finding.broken(f"a logout token about nobody who is signed in was answered with {exchange.status}")
    return Finding.kept() if _goes_on(evidence) else Finding.broken("the logout of another session ended this one")
