"""Defects in handling the session."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from relying_party.accounts.models import BegunRow
from relying_party.accounts.sessions import SIGN_IN_TAKES, begun_of
from relying_party.defects.registry import defect
from relying_party.signin.rules import sessions as rules

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from relying_party.accounts.sessions import Begun, Sessions


PATIENCE = timedelta(seconds=2.5)


@defect(replaces=rules.cookie_flags, requirements=("SES-02",))
def cookie_open_to_scripts(https: bool) -> rules.CookieFlags:  # noqa: FBT001  the rule's signature
    """Sets cookies that every script of the page can read."""
    return {**rules.cookie_flags(https), "httponly": False}


@defect(replaces=rules.cookie_flags, requirements=("SES-02",))
def cookie_of_any_site(https: bool) -> rules.CookieFlags:  # noqa: FBT001  the rule's signature
    """Sets cookies that the browser sends along with the requests of every other site."""
    return {**rules.cookie_flags(https), "samesite": "None", "secure": True}


@defect(replaces=rules.answered_sign_in, requirements=("AZR-03",))
def state_unbound(sessions: Sessions, _token: str, state: str, _now: datetime) -> Begun | None:
    """Accepts a response whose state any browser at all was given."""
    with sessions.database.reading() as session:
        row = session.scalars(select(BegunRow).where(BegunRow.state == state)).first()
        return None if row is None else begun_of(row)


@defect(replaces=rules.answered_sign_in, requirements=("ERR-06", "ERR-07"))
def abandoned_sign_in_blocks(sessions: Sessions, token: str, _state: str, now: datetime) -> Begun | None:
    """Expects the state of the first sign-in begun, so that one that never came back blocks all that follow."""
    waiting = sessions.begun(token, now=now)
    return waiting[-1] if waiting else None


@defect(replaces=rules.answered_sign_in, requirements=("REQ-06",))
def verifier_of_the_latest(sessions: Sessions, token: str, state: str, now: datetime) -> Begun | None:
    """Keeps one code verifier in the session, that of the sign-in begun last."""
    begun = rules.answered_sign_in(sessions, token, state, now)
    latest = next(iter(sessions.begun(token, now=now)), None)
    return replace(begun, code_verifier=latest.code_verifier) if begun and latest else begun


@defect(replaces=rules.use_sign_in_up, requirements=("AZR-04", "REQ-13"))
def response_used_twice(_sessions: Sessions, _begun: Begun) -> bool:
    """Redeems the code again when the page it came to is loaded again."""
    return True


@defect(replaces=rules.renew_session, requirements=("SES-01",))
def session_fixed(_sessions: Sessions, token: str) -> str:
    """Keeps the session id from before the sign-in."""
    return token


@defect(replaces=rules.session_ends, requirements=("SES-07",))
def session_endless(now: datetime, _hours: int) -> datetime:
    """Keeps a session for a year."""
    return now + timedelta(days=365)


@defect(replaces=rules.session_suffices, requirements=("LR-11",))
def session_taken_for_sign_in() -> bool:
    """Goes on with the session that is there when somebody wants to sign in."""
    return True


@defect(replaces=rules.posted_back_to, requirements=("AZR-17",))
def posted_back_to_the_last(begun_in: str, earlier: str) -> str:
    """Lets a posted response come back to the session of the sign-in before it."""
    return earlier or begun_in


@defect(replaces=rules.answered_sign_in, requirements=("LR-11",))
def sign_in_of_seconds(sessions: Sessions, token: str, state: str, now: datetime) -> Begun | None:
    """Forgets a sign-in that does not come back within two and a half seconds."""
    with sessions.database.reading() as session:
        begun_at = select(BegunRow).where(BegunRow.state == state)
        row = session.scalars(begun_at).first()
        if row is not None and now > row.expires_at - SIGN_IN_TAKES + PATIENCE:
            return None
    return rules.answered_sign_in(sessions, token, state, now)


@defect(replaces=rules.takes_from_address, requirements=("REQ-15",))
def state_from_address(begun: Begun, told: Mapping[str, str]) -> Begun:
    """Takes the state from the address at which the sign-in starts, when there is one."""
    return replace(begun, state=told.get("state", begun.state))


@defect(replaces=rules.sign_out_here_first, requirements=("LGT-03", "LGT-04"))
def sign_out_after_provider() -> bool:
    """Ends the session only when the browser comes back from the provider."""
    return False


@defect(replaces=rules.sign_out_at_provider, requirements=("LGT-01",))
def sign_out_here_only(_address: str | None) -> str | None:
    """Leaves the session at the provider alone when somebody signs out."""
    return None


@defect(replaces=rules.end_session, requirements=("LGT-05",))
def sign_out_keeps_session(_sessions: Sessions, _token: str) -> None:
    """Deletes the cookie at sign-out and leaves the session alive on the server."""


@defect(replaces=rules.sign_out_confirmed, requirements=("LGT-02",))
def sign_out_state_required(sent: str, returned: str) -> bool:
    """Crashes when the provider comes back from the sign-out with another state."""
    if not rules.sign_out_confirmed(sent, returned):
        raise ValueError("nobody thought of that")
    return True
