"""Decisions about refreshing, for an application that does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from relying_party.signin.rules.protocol import UNAVAILABLE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractContextManager
    from typing import TypeAlias

    from relying_party.signin.refreshing import Refreshable
    from relying_party.signin.refusal import ProviderError

    Refresh: TypeAlias = Callable[[], Refreshable]


def refresh_turn(lock: AbstractContextManager[Any]) -> AbstractContextManager[Any]:
    """Of requests that come at once one refreshes, and the others wait for it (RFC 9700 section 4.14.2)."""
    return lock


def refresh_attempt(refresh: Refresh) -> Refreshable:
    """A refresh is tried once, whatever comes back (RFC 6749 section 5.2)."""
    return refresh()


def next_refresh_token(sent: str, token_response: Mapping[str, Any]) -> str:
    """A new refresh token takes the place of the one that was sent, which is kept when none comes (RFC 6749 6)."""
    return str(token_response.get("refresh_token") or sent)


def refreshed_token_judged(token_response: Mapping[str, Any]) -> bool:
    """An ID token that comes with a refresh is judged; without one the first goes on to count (Core 12.2)."""
    return "id_token" in token_response


def refusal_ends_session(error: ProviderError) -> bool:
    """A refresh that the provider refuses ends the session; one that it does not answer is tried later (RFR-04)."""
    return error.code not in UNAVAILABLE
