"""Where claims and tokens must not turn up: addresses, other people's servers, the browser's storage."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, unquote_plus, urlsplit

from conformance.canaries import found_in, of_person
from conformance.checks.registry import check
from conformance.evidence import Evidence, Finding, Outcome, Request
from conformance.issued import access_tokens, tokens_in

RESPONSE: Final = frozenset({"code", "state"})
NOT_A_REQUEST: Final = frozenset({"data", "blob", "about", "chrome-extension"})


@dataclass(frozen=True, kw_only=True)
class _Secret:
    """What was delivered that tells who somebody is, and the hashes of the access tokens that were issued."""

    personal: Mapping[str, str]
    issued: frozenset[str]

    @classmethod
    def of(cls, evidence: Evidence) -> "_Secret":
        """What the sign-ins of this evidence must keep to themselves."""
        personal = {value: what for visit in evidence.visits for value, what in of_person(visit).items()}
        return cls(personal=personal, issued=access_tokens(evidence.visits))

    def told_in(self, text: str) -> tuple[str, ...]:
        """What the text gives away, in words that give nothing away again."""
        return (*tokens_in(text, self.issued), *found_in(text, self.personal))

    def found_in(self, text: str) -> str:
        """The same as one text, empty for nothing."""
        return ", ".join(self.told_in(text))


def _own(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()


@check(passive=True)
def no_claims_in_urls(evidence: Evidence) -> Finding:
    """No claim and no token stands in an address that the browser opened, nor in one that it told as the Referer."""
    secret, provider = _Secret.of(evidence), evidence.surroundings.provider_origin
    for visit in evidence.visits:
        for request in visit.requests:
            if found := secret.found_in(_readable(request.url, at_provider=_own(request.url) == provider)):
                return Finding.broken(f"{found} stands in the address of {request.url.partition('?')[0][:80]}")
            if found := secret.found_in(_readable(request.referer, at_provider=False)):
                return Finding.broken(f"{found} stands in the Referer for {request.url.partition('?')[0][:80]}")
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
    asked = [request for visit in evidence.visits for request in visit.requests]
    others = [each for each in asked if urlsplit(each.url).scheme not in NOT_A_REQUEST and _own(each.url) not in known]
    if others:
        sites = sorted({_own(each.url) for each in others})
        secret = _Secret.of(evidence)
        told = sorted({what for each in others for what in _told(each, secret)})
        heard = f"and tell there: {', '.join(told)}" if told else "where a Referer may carry the code"
        return Finding.broken(f"the pages ask {', '.join(sites[:3])}, {heard}")
    return Finding.kept() if asked else Finding.untold("nobody signed in")


def _told(request: Request, secret: _Secret) -> set[str]:
    """What a request tells whom it asks: in its address, its Referer or what it sends."""
    text = f"{_readable(request.url, at_provider=False)} {_readable(request.referer, at_provider=False)} {request.body}"
    carried = {name for name, _ in parse_qsl(urlsplit(request.referer).query)} & RESPONSE
    return {*secret.told_in(text), *(f"the {it}" for it in carried)}


@check(passive=True)
def nothing_in_browser_storage(evidence: Evidence) -> Finding:
    """No claim and no token lies in the browser's storage: local, session, IndexedDB, Cache Storage."""
    secret = _Secret.of(evidence)
    for visit in evidence.visits:
        for key, value in visit.stored.items():
            if found := secret.found_in(f"{key} {value}"):
                return Finding.broken(f"{found} lies in the browser's storage under {key!r}")
    return Finding.kept() if evidence.visits else Finding.untold("nobody signed in")
