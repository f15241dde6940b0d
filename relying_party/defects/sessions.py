"""Defects in handling the session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relying_party.defects.registry import defect
from relying_party.signin.rules import sessions as rules

if TYPE_CHECKING:
    from relying_party.accounts.sessions import Sessions


@defect(replaces=rules.renew_session, requirements=("SES-01",))
def session_fixed(_sessions: Sessions, token: str) -> str:
    """Keeps the session id from before the sign-in."""
    return token


@defect(replaces=rules.end_session, requirements=("LGT-05",))
def sign_out_keeps_session(_sessions: Sessions, _token: str) -> None:
    """Deletes the cookie at sign-out and leaves the session alive on the server."""
