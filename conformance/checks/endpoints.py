"""Which endpoints the application asks, and how often."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from conformance.checks.registry import check
from conformance.evidence import Evidence, Finding

NAMED: Final[Mapping[str, str]] = {"token": "token_endpoint", "jwks": "jwks_uri"}
"""Endpoints of the journal, and what metadata call their address."""
MOST: Final = 3
"""Requests at one endpoint in one sign-in: the first, a second try, and one more for good measure."""


@check()
def endpoints_from_metadata(evidence: Evidence) -> Finding:
    """The application asks every endpoint where the metadata say that it is, also after it has moved."""
    exchanges = [exchange for visit in evidence.visits for exchange in visit.exchanges]
    told = next(
        (each for visit in evidence.visits for each in visit.at("discovery") if each.stage == visit.stage), None
    )
    if told is None:
        return Finding.untold("the application read no metadata in which something has moved")
    later = exchanges[exchanges.index(told) :]
    for asked in (each for each in later if each.endpoint in NAMED and each.issuer == told.issuer):
        path = urlsplit(str(told.response.get(NAMED[asked.endpoint]))).path
        if asked.asked("path") != path:
            return Finding.broken(f"the {asked.endpoint} endpoint was asked at its old address, not at {path}")
    return Finding.kept()


@check()
def authorization_asked_once(evidence: Evidence) -> Finding:
    """After an error of the provider the visitor decides whether to try again, not the application."""
    return _at_most(evidence, ("authorization",), 1)


@check()
def retries_bounded(evidence: Evidence) -> Finding:
    """An endpoint that fails is not asked over and over within one sign-in."""
    return _at_most(evidence, ("token", "userinfo"), MOST)


def _at_most(evidence: Evidence, endpoints: tuple[str, ...], most: int) -> Finding:
    asked = [(endpoint, len(visit.at(endpoint))) for visit in evidence.visits for endpoint in endpoints]
    endpoint, number = max(asked, key=lambda each: each[1], default=("", 0))
    if number > most:
        return Finding.broken(f"the {endpoint} endpoint was asked {number} times in one sign-in")
    return Finding.kept() if number else Finding.untold(f"nobody came to the endpoint {endpoints[0]}")
