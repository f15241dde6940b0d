"""Defects that mix several issuers up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from werkzeug.routing import RequestRedirect

from relying_party.defects.registry import defect
from relying_party.signin.guards import authorization_response
from relying_party.signin.rules import issuers

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from joserfc.jwk import RSAKey

    from relying_party.accounts.sessions import Begun, Sessions
    from relying_party.settings import Settings
    from relying_party.signin.evidence import Evidence


@defect(replaces=authorization_response.redirect_uri, requirements=("MIX-01", "MIX-02"))
def redirect_uri_unchecked(_evidence: Evidence) -> bool:
    """Takes an answer at the redirect URI of one issuer for that of another."""
    return True


@defect(replaces=issuers.own_redirect_uri, requirements=("MIX-01", "MIX-02"))
def redirect_uri_shared(_at_issuer: Settings, all_issuers: Sequence[Settings]) -> str:
    """Has one redirect URI for all issuers, so that no answer tells whose it is."""
    return all_issuers[0].redirect_uri


@defect(replaces=issuers.issuer_named, requirements=("MIX-06",))
def any_issuer_begins(named: str, known: Sequence[str]) -> str | None:
    """Begins a sign-in at whatever issuer somebody names."""
    if named and named not in known:
        raise RequestRedirect(f"{named}/v1/auth")
    return issuers.issuer_named(named, known)


@defect(replaces=issuers.issuer_asked, requirements=("KEY-16", "MIX-01"))
def latest_issuer_wins(begun: Begun, sessions: Sessions, token: str, now: datetime) -> str:
    """Remembers one issuer for a browser: a second tab at another one changes it for the first."""
    waiting = sessions.begun(token, now=now)
    return waiting[0].issuer if waiting else begun.issuer


@defect(replaces=issuers.judging_issuer, requirements=("MIX-04",))
def issuer_from_token(asked: str, claims: Mapping[str, Any], known: Sequence[str]) -> str:
    """Judges an ID token by the issuer that it names, as long as that one is configured."""
    named = claims.get("iss")
    return named if isinstance(named, str) and named in known else asked


@defect(replaces=issuers.verifying_keys, requirements=("KEY-15", "MIX-03"))
def keys_of_all_issuers(own: Sequence[RSAKey], of_others: Callable[[], Sequence[RSAKey]]) -> Sequence[RSAKey]:
    """Keeps the keys of all issuers in one place and finds them by their id alone."""
    return (*own, *of_others())
