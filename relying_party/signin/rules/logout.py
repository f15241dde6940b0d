"""Decisions about a logout that the provider tells behind the browser's back."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from relying_party.accounts.sessions import Sessions, Vouched


def logout_token_sent(form: Mapping[str, str], _json: Callable[[], object]) -> str:
    """A logout token comes in a form and in nothing else (Back-Channel Logout 2.5)."""
    return form.get("logout_token", "")


def logged_out(sessions: Sessions, vouched: Vouched) -> int:
    """The sessions that a logout token names end on the server (Back-Channel Logout 2.7)."""
    return sessions.end_all(vouched)


def logout_done(_ended: int) -> bool:
    """A logout is done, also when nobody was signed in any more (Back-Channel Logout 2.8)."""
    return True
