"""Somebody who has a session already: let in at once, asked as whom they go on, or asked to sign in after all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from mock_idp.protocol.authorization_rules import NONE
from mock_idp.protocol.choosing import Asking
from mock_idp.protocol.response import RedirectAnswer
from mock_idp.provider.sessions import SESSION_COOKIE, Session
from mock_idp.settings.policy import Strictness
from mock_idp.web.current import current_issuer

if TYPE_CHECKING:
    from mock_idp.journal import Entry
    from mock_idp.protocol.wire import AcmRequest, WireRequest


def returning(checked: AcmRequest, wire: WireRequest, entry: Entry) -> RedirectAnswer | Session | None:
    """Return the answer for whoever has a session; the session when they choose first; None without one."""
    session = current_issuer().sign_ins.visitor(request.cookies.get(SESSION_COOKIE), wire)
    if session is None or not _is_strong_enough(session, checked, entry):
        return None
    return _as_whom(session, checked)


def _is_strong_enough(session: Session, checked: AcmRequest, entry: Entry) -> bool:
    """Return whether a session lets somebody in, by its level; the journal tells when it is too low."""
    issuer = current_issuer()
    if issuer.sign_ins.is_strong_enough(session, issuer.server.demand(checked)):
        return True
    entry.note(f"The session is of a lower level ({session.signed_in.acr}) than what is asked for.")
    return issuer.policy.session_levels == Strictness.LENIENT


def _as_whom(session: Session, checked: AcmRequest) -> RedirectAnswer | Session | None:
    issuer = current_issuer()
    client_id = checked.payload.client_id
    again = issuer.policy.chooser_again or client_id in session.switching
    choice = issuer.server.choose(checked, session.signed_in, Asking(again=again))
    if isinstance(choice, RedirectAnswer):
        return choice
    may_show = checked.payload.data.get("prompt") != NONE
    if choice.options:
        return session if may_show else issuer.server.interaction_required(checked)
    answer = issuer.server.answer(checked, choice.signed_in)
    if "code" in answer.parameters:
        issuer.sign_ins.sessions.settle(session, choice.signed_in.identity, client_id)
    is_somebody_else = answer.parameters.get("error") == "login_required"
    return None if is_somebody_else and may_show else answer
