"""Decisions that keep several issuers apart: whose answer something is, and by whose keys it is judged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from joserfc.jwk import RSAKey

    from relying_party.accounts.sessions import Begun, Sessions
    from relying_party.settings import Settings


def own_redirect_uri(at_issuer: Settings, _all_issuers: Sequence[Settings]) -> str:
    """Each issuer has a redirect URI of its own, so that an answer tells whose it is (RFC 9700 section 4.4.2.2)."""
    return at_issuer.redirect_uri


def issuer_named(named: str, known: Sequence[str]) -> str | None:
    """A sign-in that a third party begins goes to an issuer that is configured, or nowhere (Core 4)."""
    return named if named in known else None


def issuer_asked(begun: Begun, _sessions: Sessions, _token: str, _now: datetime) -> str:
    """Each sign-in goes on at the issuer that it was begun at, whatever was begun since (RFC 9700 section 4.4)."""
    return begun.issuer


def judging_issuer(asked: str, _claims: Mapping[str, Any], _known: Sequence[str]) -> str:
    """An ID token is judged by what is known of the issuer that was asked (Core 3.1.3.7 item 2)."""
    return asked


def verifying_keys(own: Sequence[RSAKey], _of_others: Callable[[], Sequence[RSAKey]]) -> Sequence[RSAKey]:
    """A signature is verified with the keys of that issuer, never with those of another (RFC 8725 section 3.8)."""
    return own
