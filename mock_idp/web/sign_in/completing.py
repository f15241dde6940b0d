"""The end of a sign-in: the answer to the application, the session, and what this browser remembers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from mock_idp.protocol.claims_source import SourceAwayError
from mock_idp.protocol.refusal import Reason, Refusal
from mock_idp.protocol.wire import AcmRequest
from mock_idp.provider.sessions import SESSION_COOKIE
from mock_idp.web.current import address_of, current_issuer
from mock_idp.web.delivery import delivered
from mock_idp.web.languages import chosen_language
from mock_idp.web.refusals import refused
from mock_idp.web.sign_in.recent import remember_person

if TYPE_CHECKING:
    from flask import Response

    from mock_idp.journal import Entry
    from mock_idp.protocol.code import SignedIn
    from mock_idp.protocol.response import RedirectAnswer
    from mock_idp.provider.sign_in import Interaction
    from mock_idp.web.sign_in.outcome import Outcome


def completed(interaction: Interaction, outcome: Outcome, entry: Entry) -> Response:
    """Answer the application for a person, or that nobody signed in; a page is answered only once."""
    issuer = current_issuer()
    asked = AcmRequest(interaction.wire)
    refusing = issuer.server.check(asked)
    if not issuer.sign_ins.end(interaction) or isinstance(refusing, Refusal):
        entry.finish(400, {"refused": "interaction-unknown"})
        return refused(refusing if isinstance(refusing, Refusal) else Refusal(reason=Reason.INTERACTION_UNKNOWN))
    if refusing or outcome.person is None:
        answer = refusing or issuer.server.answer(asked, None)
        _learn(asked, entry)
        entry.finish(303, {"cancelled": outcome.person is None})
        return _sent_back(answer, interaction, entry)
    signed_in = issuer.sign_ins.now(outcome.person.user_name, outcome.acr)
    return _signed_in(interaction, asked, signed_in, entry)


def _signed_in(interaction: Interaction, asked: AcmRequest, signed_in: SignedIn, entry: Entry) -> Response:
    """Answer for a person; when the datastore is away, nothing happened and the sign-in can be tried again."""
    issuer = current_issuer()
    try:
        answer = issuer.server.answer(asked, signed_in)
    except SourceAwayError as error:
        issuer.sign_ins.reopen(interaction)
        entry.note(f"{error} Nothing was signed in; the pupil can try again.")
        entry.finish(503, {"refused": "datastore-away"})
        again = address_of("sign_in.show", interaction_id=interaction.id, lang=chosen_language())
        return refused(Refusal(reason=Reason.DATASTORE_AWAY), 503, again=again)
    _learn(asked, entry)
    entry.finish(303, {"signed_in": signed_in.person})
    response = _sent_back(answer, interaction, entry)
    if "code" in answer.parameters:
        _remember(signed_in, interaction, response)
    return response


def _remember(signed_in: SignedIn, interaction: Interaction, response: Response) -> None:
    issuer = current_issuer()
    before = request.cookies.get(SESSION_COOKIE)
    session = issuer.sign_ins.sessions.begin(signed_in, interaction.stage_id, replacing=before)
    response.set_cookie(
        SESSION_COOKIE, session.id, path=issuer.path, httponly=True, samesite="Lax", secure=issuer.is_https
    )
    remember_person(signed_in.person, response)


def _learn(asked: AcmRequest, entry: Entry) -> None:
    for sentence in asked.learnt.notes:
        entry.note(sentence)


def _sent_back(answer: RedirectAnswer, interaction: Interaction, entry: Entry) -> Response:
    return delivered(answer, interaction.wire, client_id=entry.client_id, method="POST")
