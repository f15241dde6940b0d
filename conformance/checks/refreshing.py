"""Refreshing: what is sent for it, and whether the session goes on."""

from conformance.checks.registry import check
from conformance.evidence import AFTER_REFRESH, Evidence, Exchange, Finding, Glance, is_refresh

OK = 200


def _refreshes(evidence: Evidence) -> list[Exchange]:
    return [exchange for exchange in evidence.exchanges if is_refresh(exchange)]


def _looks(evidence: Evidence) -> list[Glance]:
    return [glance for glance in evidence.glances if glance.label.startswith(AFTER_REFRESH)]


def _untold() -> Finding:
    return Finding.untold("the application did not refresh when its access token was over")


@check()
def session_refreshed(evidence: Evidence) -> Finding:
    """The session goes on after each refresh."""
    if not _refreshes(evidence):
        return _untold()
    out = [glance.label for glance in _looks(evidence) if not glance.signed_in]
    return Finding.broken(f"the session has ended: {out[0]}") if out else Finding.kept()


@check()
def session_not_refreshed(evidence: Evidence) -> Finding:
    """A refresh that is refused, or whose answer cannot be believed, ends the session."""
    if not _refreshes(evidence):
        return _untold()
    signed_in = [glance.label for glance in _looks(evidence) if glance.signed_in]
    return Finding.broken(f"the session goes on: {signed_in[0]}") if signed_in else Finding.kept()


@check()
def refresh_not_repeated(evidence: Evidence) -> Finding:
    """A refresh that was refused is not tried again."""
    refused = [each for each in _refreshes(evidence) if each.status != OK]
    if not refused:
        return Finding.untold("no refresh was refused")
    return Finding.broken(f"a refresh was refused {len(refused)} times") if len(refused) > 1 else Finding.kept()


@check()
def newest_refresh_token(evidence: Evidence) -> Finding:
    """Each refresh sends the refresh token that came last."""
    newest, sent = None, 0
    for exchange in evidence.exchanges:
        if is_refresh(exchange):
            sent += 1
            if exchange.asked("refresh_token") != newest:
                return Finding.broken("a refresh token was sent that is not the newest")
        newest = exchange.response.get("refresh_token", newest)
    return Finding.kept() if sent > 1 else Finding.untold("the application did not refresh twice")
