"""Signing out at the provider, and the session that others cannot end."""

from conformance.checks.registry import check
from conformance.evidence import Evidence, Exchange, Finding, Outcome


@check()
def provider_told_of_sign_out(evidence: Evidence) -> Finding:
    """Signing out leads to the provider, with who asks, a registered address to come back to, and a state."""
    asked = [exchange for visit in evidence.visits for exchange in visit.at("end-session")]
    if evidence.glance("sign-out") is None:
        return Finding.untold("nobody signed out")
    if not asked:
        return Finding.broken("signing out did not lead to the provider")
    reason = _wrong(asked[-1], evidence)
    return Finding.broken(reason) if reason else Finding.kept()


def _wrong(exchange: Exchange, evidence: Evidence) -> str | None:
    if not exchange.asked("client_id") and not exchange.asked("id_token_hint"):
        return "neither client_id nor id_token_hint says who asks to sign out"
    uri, registered = exchange.asked("post_logout_redirect_uri"), _registered(evidence)
    if uri is None:
        return "no post_logout_redirect_uri says where to come back to"
    if registered and uri not in registered:
        return f"the post_logout_redirect_uri {uri} is not registered"
    return None if exchange.asked("state") else "no state was sent along"


def _registered(evidence: Evidence) -> list[str]:
    told = evidence.surroundings.client.get("post_logout_redirect_uris")
    return [str(each) for each in told] if isinstance(told, list) else []


@check()
def session_bounded(evidence: Evidence) -> Finding:
    """A session ends by itself after its documented longest life."""
    return _looked(evidence, "after its longest life", signed_in=False, broken="the session outlives its longest life")


@check()
def still_signed_in(evidence: Evidence) -> Finding:
    """Another site cannot end the session."""
    label = "after another site asked to sign out"
    return _looked(evidence, label, signed_in=True, broken="a request from another site has ended the session")


def _looked(evidence: Evidence, label: str, *, signed_in: bool, broken: str) -> Finding:
    glance, last = evidence.glance(label), evidence.last
    if glance is None or last is None or last.outcome is not Outcome.SIGNED_IN:
        return Finding.untold("this journey did not come to look at that")
    return Finding.kept() if glance.signed_in is signed_in else Finding.broken(broken)
