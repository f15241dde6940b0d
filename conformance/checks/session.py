"""The application's own session: renewed at sign-in, guarded, gone after sign-out."""

import re
from typing import Final

from conformance.canaries import for_no_log, found_in
from conformance.checks.registry import check
from conformance.evidence import Cookie, Evidence, Finding, Outcome, Visit

SESSION_NAME: Final = re.compile(r"sess|sid\b|sid$|auth|token|login", re.IGNORECASE)
SHORTEST: Final = 16
"""Characters below which a value can hardly hold the 64 bits of a session id (OWASP Session Management)."""
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
    """The session cookie is HttpOnly, not SameSite=None, and Secure where the application is served over https."""
    visit = _last_signed_in(evidence)
    if visit is None or not visit.cookies:
        return Finding.untold("no sign-in came through that left a cookie")
    origins = evidence.surroundings.application_origins
    secure = all(url.startswith("https://") for url in origins)
    for cookie in _of_session(visit):
        if not cookie.http_only:
            return Finding.broken(f"the cookie {cookie.name!r} is not HttpOnly: a script can read it")
        if secure and not cookie.secure:
            return Finding.broken(f"the cookie {cookie.name!r} is not Secure")
        if cookie.same_site == "None" and not _needs_other_sites(visit, origins):
            return Finding.broken(f"the cookie {cookie.name!r} is SameSite=None: requests of other sites carry it")
    return Finding.kept()


def _needs_other_sites(visit: Visit, origins: tuple[str, ...]) -> bool:
    """Whether a session may have to come along from another site: a response that is posted, an origin beside it."""
    return len(origins) > 1 or any(each.asked("response_mode") == "form_post" for each in visit.at("authorization"))


def _of_session(visit: Visit) -> list[Cookie]:
    """The cookies that carry the session: set or changed by the sign-in if any, by their name, else HttpOnly ones."""
    before = {_worth(cookie) for cookie in visit.cookies_before}
    changed = [cookie for cookie in visit.cookies if _worth(cookie) not in before]
    for found in (changed, list(visit.cookies)):
        guarded = [cookie for cookie in found if cookie.http_only]
        named = [cookie for cookie in found if _is_session(cookie) and not (guarded and _is_harmless(cookie))]
        if named or guarded:
            return named or guarded
    return list(visit.cookies)


def _is_session(cookie: Cookie) -> bool:
    return bool(SESSION_NAME.search(cookie.name)) and not NOT_SESSION.search(cookie.name)


def _is_harmless(cookie: Cookie) -> bool:
    """Whether a script may read it: beside a session that is HttpOnly, what is too short to be a secret."""
    return not cookie.http_only and len(cookie.value) < SHORTEST


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
