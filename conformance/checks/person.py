"""Whom the application takes the visitor for."""

import unicodedata

from conformance.checks.registry import check
from conformance.evidence import Evidence, Finding, Outcome, Visit


def _signed_in(evidence: Evidence) -> list[Visit]:
    return [visit for visit in evidence.visits if visit.outcome is Outcome.SIGNED_IN]


@check(needs=("identity",))
def same_person(evidence: Evidence) -> Finding:
    """Every sign-in leads to the same local person."""
    visits = _signed_in(evidence)
    if len(visits) < len(evidence.visits) or len(visits) < 2:  # noqa: PLR2004  two make a comparison
        return Finding.untold("not every sign-in came through, so they cannot be compared")
    if None in (ids := [visit.identity for visit in visits]):
        return Finding.untold("the target's identity landmark was not found on the page")
    if len(set(ids)) == 1:
        return Finding.kept()
    return Finding.broken(f"the sign-ins lead to {len(set(ids))} different local persons: {', '.join(map(str, ids))}")


@check(needs=("identity",))
def different_persons(evidence: Evidence) -> Finding:
    """Every sign-in leads to a local person of its own."""
    visits = _signed_in(evidence)
    if len(visits) < 2:  # noqa: PLR2004  two make a comparison
        return Finding.untold("fewer than two sign-ins came through, so they cannot be compared")
    if None in (ids := [visit.identity for visit in visits]):
        return Finding.untold("the target's identity landmark was not found on the page")
    if len(set(ids)) == len(ids):
        return Finding.kept()
    who = " and ".join(visit.persona for visit in visits)
    return Finding.broken(f"{who} lead to one local person, {ids[0]}")


@check(needs=("identity",))
def nobody_else(evidence: Evidence) -> Finding:
    """Whoever is signed in is the person of the first sign-in; refusing the others is fine too."""
    visits = _signed_in(evidence)
    if not visits or visits[0] is not evidence.visits[0]:
        return Finding.untold("the first sign-in did not come through, so there is nobody to compare with")
    if None in (ids := [visit.identity for visit in visits]):
        return Finding.untold("the target's identity landmark was not found on the page")
    if len(set(ids)) == 1:
        return Finding.kept()
    return Finding.broken(f"the sign-ins lead to {len(set(ids))} different local persons: {', '.join(map(str, ids))}")


@check(needs=("identity",))
def strangers_apart(evidence: Evidence) -> Finding:
    """Nobody else comes in as the person of the first sign-in; refusing them is fine too."""
    visits = _signed_in(evidence)
    if visits[:1] != [*evidence.visits[:1]] or len(evidence.visits) < 2:  # noqa: PLR2004  two make a comparison
        return Finding.untold("the first sign-in did not come through, or nobody came after it")
    if None in (ids := [visit.identity for visit in visits]):
        return Finding.untold("the target's identity landmark was not found on the page")
    if ids[0] in ids[1:]:
        return Finding.broken(f"another pupil came in as the person of the first sign-in, {ids[0]}")
    return Finding.kept()


@check(needs=("name",))
def name_as_delivered(evidence: Evidence) -> Finding:
    """The name on the page is the name that was delivered, letter for letter."""
    visit = evidence.last
    if visit is None or visit.outcome is not Outcome.SIGNED_IN:
        return Finding.untold("the sign-in did not come through, so no name is shown")
    if visit.name is None:
        return Finding.untold("the target's name landmark was not found on the page")
    delivered = [str(visit.released[part]) for part in ("given_name", "family_name") if visit.released.get(part)]
    shown = _composed(visit.name)
    missing = [part for part in delivered if _composed(part) not in shown]
    if not delivered:
        return Finding.untold("no name was delivered")
    if missing:
        return Finding.broken(f"delivered was {' '.join(delivered)!r}, the page shows {visit.name!r}")
    return Finding.kept()


@check(needs=("name",))
def userinfo_discarded(evidence: Evidence) -> Finding:
    """Nothing of a userinfo response that may not be trusted is shown; refusing the sign-in is fine too."""
    visit = evidence.last
    if visit is None:
        return Finding.untold("nobody signed in")
    if visit.outcome is not Outcome.SIGNED_IN:
        return Finding.kept()
    told = {str(exchange.response.get("family_name") or "") for exchange in visit.at("userinfo")}
    shown = _composed(visit.name or visit.page.text)
    used = sorted(name for name in told - {"", visit.claims.get("family_name")} if _composed(name) in shown)
    return Finding.broken(f"the page shows {used[0]!r}, which only userinfo told") if used else Finding.kept()


@check()
def nothing_left_behind(evidence: Evidence) -> Finding:
    """The page of the second pupil shows nothing of the first."""
    if len(evidence.visits) < 2:  # noqa: PLR2004  two make a comparison
        return Finding.untold("there was no second sign-in")
    first, second = evidence.visits[-2:]
    personal = ("sub", "given_name", "family_name", "email", "ov_account_uuid")
    traces = {str(first.claims[name]) for name in personal if first.claims.get(name)}
    own = {str(value) for value in second.claims.values()}
    left = sorted(trace for trace in traces - own if trace in second.page.text)
    if left:
        return Finding.broken(f"the page of {second.persona} shows {left[0]!r} of {first.persona}")
    return Finding.kept()


def _composed(text: str) -> str:
    """One spelling of accents and white space, so that only real differences count."""
    return " ".join(unicodedata.normalize("NFC", text).split())
