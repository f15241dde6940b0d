"""Scopes: what a client may ask for, and what the token response says of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mock_idp.domain.claims import OFFLINE_ACCESS, OPENID
from mock_idp.domain.clients import not_granted
from mock_idp.settings.policy import AnswerScope

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mock_idp.domain.claims import ClaimsProfile, ClaimsProfiles
    from mock_idp.domain.clients import Client
    from mock_idp.protocol.client import RegisteredClient
    from mock_idp.settings import Policy

AUDIENCE: Final = "audience:server:client_id:"
"""What a scope begins with that means an access token for an API: the client_id of that API follows."""


def granted_scopes(client: RegisteredClient, profile: ClaimsProfile) -> tuple[str, ...]:
    """Return the scopes that a client may ask for while `profile` holds; an open one may refresh without being told."""
    registration = client.registration
    own = (OFFLINE_ACCESS,) if client.is_open else ()
    return (*registration.granted(profile), *own, *(f"{AUDIENCE}{each}" for each in registration.audiences))


def reasons_against(
    scopes: Iterable[str], client: RegisteredClient, profile: ClaimsProfile, profiles: ClaimsProfiles
) -> Iterator[str]:
    """Yield why scopes are refused that neither the registration nor the claims profile grants, and what would."""
    granted = granted_scopes(client, profile)
    for scope in scopes:
        if scope in granted:
            continue
        if scope.startswith(AUDIENCE):
            yield f"The API {scope.removeprefix(AUDIENCE)!r} is not among the audiences of this client."
        elif scope in {*profile.scopes, OFFLINE_ACCESS}:
            yield f"The scope {scope!r} is not among those that this client was registered for."
        else:
            yield not_granted(scope, profile, profiles)


def audience_of(scope: str) -> list[str]:
    """Return the APIs that a scope names."""
    return [each.removeprefix(AUDIENCE) for each in scope.split() if each.startswith(AUDIENCE)]


def scope_told(scope: str, client: Client, policy: Policy) -> str | None:
    """Return the scope of the token response, None for no such member: real ones were seen without openid."""
    told = policy.answer_scope
    if client.openid_in_answer is not None:
        told = AnswerScope.AS_GRANTED if client.openid_in_answer else AnswerScope.WITHOUT_OPENID
    if told == AnswerScope.OMITTED:
        return None
    return scope if told == AnswerScope.AS_GRANTED else " ".join(each for each in scope.split() if each != OPENID)


def each_once(scope: str) -> str:
    """Return the scope with every value once, in the order in which they came."""
    return " ".join(dict.fromkeys(scope.split()))
