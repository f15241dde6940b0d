"""Where claims and tokens must not turn up: addresses, other people's servers, the browser's storage."""

import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import parse_qsl, unquote_plus, urlsplit

from conformance.checks.registry import check
from conformance.evidence import Evidence, Finding, Outcome

TOKEN: Final = re.compile(r"eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{2,}\.")
PERSONAL: Final = ("sub", "ov_account_uuid", "ov_leerid_uuid", "email", "family_name", "rrn")
SHORTEST: Final = 5
"""Shorter values, such as a family name of three letters, turn up by chance."""
RESPONSE: Final = frozenset({"code", "state"})
NOT_A_REQUEST: Final = frozenset({"data", "blob", "about", "chrome-extension"})


def _personal(evidence: Evidence) -> set[str]:
    """Values of the delivered claims that tell who somebody is."""
    found: set[str] = set()
    for visit in evidence.visits:
        for name in PERSONAL:
            value = visit.claims.get(name)
            found |= {str(each) for each in (value if isinstance(value, list) else [value]) if each}
    return {value for value in found if len(value) >= SHORTEST}


def _trace(text: str, personal: Iterable[str]) -> str | None:
    """What the text gives away, in words that give nothing away again; None for nothing."""
    if TOKEN.search(text):
        return "a token"
    return "a claim of the person" if any(value in text for value in personal) else None


def _own(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()


@check(passive=True)
def no_claims_in_urls(evidence: Evidence) -> Finding:
    """No claim and no token stands in an address that the browser opened."""
    personal, provider = _personal(evidence), evidence.surroundings.provider_origin
    for visit in evidence.visits:
        for request in visit.requests:
            if found := _trace(_readable(request.url, at_provider=_own(request.url) == provider), personal):
                return Finding.broken(f"{found} stands in the address of {request.url.partition('?')[0][:80]}")
    return Finding.kept() if evidence.visits else Finding.untold("nobody signed in")


def _readable(url: str, *, at_provider: bool) -> str:
    """The address as a person reads it; at the provider an `id_token_hint` is where it belongs."""
    parts = urlsplit(url)
    allowed = {"id_token_hint"} if at_provider else set()
    query = " ".join(value for name, value in parse_qsl(parts.query) if name not in allowed)
    return f"{unquote_plus(parts.path)} {query} {unquote_plus(parts.fragment)}"


@check(passive=True)
def no_response_in_address(evidence: Evidence) -> Finding:
    """Neither code nor state stands in the address of the page on which the sign-in ended."""
    visits = [visit for visit in evidence.visits if visit.outcome is Outcome.SIGNED_IN]
    for visit in visits:
        parts = urlsplit(visit.page.url)
        told = {name for name, _ in (*parse_qsl(parts.query), *parse_qsl(parts.fragment))}
        if left := sorted(told & RESPONSE):
            return Finding.broken(f"{' and '.join(left)} stand in the address of the page after the sign-in")
    return Finding.kept() if visits else Finding.untold("no sign-in came through")


@check(passive=True)
def no_third_party_requests(evidence: Evidence) -> Finding:
    """During a sign-in the browser asks nobody but the application and the provider."""
    known = {*evidence.surroundings.application_origins, evidence.surroundings.provider_origin}
    asked = [request.url for visit in evidence.visits for request in visit.requests]
    strangers = sorted({_own(url) for url in asked if urlsplit(url).scheme not in NOT_A_REQUEST} - known)
    if strangers:
        return Finding.broken(f"the pages ask {', '.join(strangers[:3])}; a Referer may carry the code there")
    return Finding.kept() if asked else Finding.untold("nobody signed in")


@check(passive=True)
def nothing_in_browser_storage(evidence: Evidence) -> Finding:
    """No claim and no token lies in the browser's local or session storage."""
    personal = _personal(evidence)
    for visit in evidence.visits:
        for key, value in visit.stored.items():
            if found := _trace(value, personal):
                return Finding.broken(f"{found} lies in the browser's storage under {key!r}")
    return Finding.kept() if evidence.visits else Finding.untold("nobody signed in")
