"""The application's own session: renewed at sign-in, guarded, gone after sign-out."""

import re
from typing import Final

from conformance.canaries import for_no_log, found_in
from conformance.checks.registry import check
from conformance.evidence import Cookie, Evidence, Finding, Outcome, Visit

SESSION_NAME: Final = re.compile(r"sess|sid\b|sid$|auth|token|login", re.IGNORECASE)
AFTER_SIGN_OUT: Final = frozenset({"sign-out", "after sign-out", "old cookie"})
"""Looks at pages once somebody had pressed sign out."""
NOT_SESSION: Final = re.compile(r"csrf|xsrf", re.IGNORECASE)
"""A script must be able to read these."""


def _last_signed_in(evidence: Evidence) -> Visit | None:
    visits = [visit for visit in evidence.visits if visit.outcome is Outcome.SIGNED_IN]
    return visits[-1] if visits else None


def _must_be_out(evidence: Evidence, label: str, broken: str) -> Finding:
    glance = evidence.glance(label)
    if glance is None or _last_signed_in(evidence) is None:
        return Finding.untold("this journey did not come to look at that")
    return Finding.broken(broken) if glance.signed_in else Finding.kept()


@check(passive=True)
def session_renewed(evidence: Evidence) -> Finding:
    """The session that holds before the sign-in is worth nothing after it."""
    visit = _last_signed_in(evidence)
    if visit is None:
        return Finding.untold("no sign-in came through")
    if evidence.glance("cookies from before the sign-in"):
        return _must_be_out(
            evidence,
            "cookies from before the sign-in",
            "a browser with the cookies from before the sign-in is signed in: the session can be fixed beforehand",
        )
    before = {_worth(cookie) for cookie in visit.cookies_before}
    after = {_worth(cookie) for cookie in visit.cookies}
    if after and after <= before:
        return Finding.broken("no cookie changed at sign-in: the session from before it went on")
    return Finding.kept()


def _worth(cookie: Cookie) -> tuple[str, str, str]:
    return cookie.domain, cookie.name, cookie.value


@check(passive=True)
def cookie_flags(evidence: Evidence) -> Finding:
    """Session cookies are HttpOnly, and Secure where the application is served over https."""
    visit = _last_signed_in(evidence)
    if visit is None:
        return Finding.untold("no sign-in came through")
    wanted = [cookie for cookie in visit.cookies if _is_session(cookie)]
    secure = all(url.startswith("https://") for url in evidence.surroundings.application_origins)
    for cookie in wanted:
        if not cookie.http_only:
            return Finding.broken(f"the cookie {cookie.name!r} is not HttpOnly: a script can read it")
        if secure and not cookie.secure:
            return Finding.broken(f"the cookie {cookie.name!r} is not Secure")
    if visit.cookies and not any(cookie.http_only for cookie in visit.cookies):
        return Finding.broken("no cookie is HttpOnly: a script can read the session")
    return Finding.kept()


def _is_session(cookie: Cookie) -> bool:
    return bool(SESSION_NAME.search(cookie.name)) and not NOT_SESSION.search(cookie.name)


@check()
def signed_out_locally(evidence: Evidence) -> Finding:
    """After sign-out the page on which the sign-in ended is closed again."""
    return _must_be_out(evidence, "after sign-out", "after sign-out the page still shows the visitor as signed in")


@check()
def nobody_seen_after_sign_out(evidence: Evidence) -> Finding:
    """No page after the sign-out names anybody who had signed in, or gives an address, a number or a birth date.

    Where the visitor was sent on to the provider, its page tells nothing of the application.
    """
    pages = [each.page for each in evidence.glances if each.label in AFTER_SIGN_OUT]
    told = {value: what for visit in evidence.visits for value, what in for_no_log(visit).items()}
    if not pages or not told:
        return Finding.untold("nobody signed out, or nothing was told of them")
    own = [page for page in pages if not page.url.startswith(f"{evidence.surroundings.provider_origin}/")]
    seen = found_in("\n".join(f"{page.title} {page.text}" for page in own), told)
    return Finding.broken(f"a page after the sign-out shows {', '.join(seen)}") if seen else Finding.kept()


@check()
def stranger_meanwhile(evidence: Evidence) -> Finding:
    """A sign-in that the provider could not finish leaves the visitor a stranger."""
    glance = evidence.glance("meanwhile")
    if glance is None:
        return Finding.untold("this journey did not come to look at that")
    return (
        Finding.broken("the visitor is signed in, though nobody vouched for them")
        if glance.signed_in
        else Finding.kept()
    )


@check()
def old_cookie_refused(evidence: Evidence) -> Finding:
    """A cookie from before the sign-out opens nothing any more."""
    return _must_be_out(evidence, "old cookie", "the cookie from before the sign-out still opens the session")
