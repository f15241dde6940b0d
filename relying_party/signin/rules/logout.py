"""Decisions about a logout that the provider tells behind the browser's back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from relying_party.accounts.sessions import Sessions, Vouched


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A request at the address for logout tokens: what stands in its form, its address and its JSON."""

    form: Mapping[str, str]
    address: Mapping[str, str]
    json: object


def logout_token_sent(sent: Sent) -> str:
    """A logout token comes in a form and in nothing else (Back-Channel Logout 2.5)."""
    return sent.form.get("logout_token", "")


def logged_out(sessions: Sessions, vouched: Vouched) -> int:
    """The sessions that a logout token names end on the server (Back-Channel Logout 2.7)."""
    return sessions.end_all(vouched)


def logout_done(_ended: int) -> bool:
    """A logout is done, also when nobody was signed in any more (Back-Channel Logout 2.8)."""
    return True
