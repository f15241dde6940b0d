"""The end of a sign-in: the answer to the application, the session, and what this browser remembers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flask import request

from mock_idp.protocol.choosing import Asking
from mock_idp.protocol.claims_source import SourceAwayError
from mock_idp.protocol.refusal import Reason, Refusal
from mock_idp.protocol.response import RedirectAnswer
from mock_idp.provider.sessions import SESSION_COOKIE, Session
from mock_idp.web.current import address_of, current_issuer
from mock_idp.web.delivery import SEE_OTHER, delivered, sent_to
from mock_idp.web.languages import chosen_language
from mock_idp.web.refusals import refused
from mock_idp.web.sign_in.recent import remember_person

if TYPE_CHECKING:
    from flask import Response

    from mock_idp.domain.people.person import Person
    from mock_idp.journal import Entry
    from mock_idp.protocol.code import SignedIn
    from mock_idp.protocol.wire import AcmRequest
    from mock_idp.provider.sign_in import Interaction


@dataclass(frozen=True, kw_only=True)
class Coming:
    """Somebody on the way to an application. `session`: theirs, if it began before; `picked`: the identity chosen."""

    signed_in: SignedIn
    session: Session | None = None
    picked: str | None = None


def completed(interaction: Interaction, person: Person, acr: str, entry: Entry) -> Response:
    """Answer the application for a person; a page is answered only once."""
    signed_in = current_issuer().sign_ins.now(person.user_name, acr)
    return _answered(interaction, Coming(signed_in=signed_in), entry)


def denied(interaction: Interaction, why: str, entry: Entry) -> Response:
    """Answer the application that nobody signed in; the journal has the reason."""
    return _answered(interaction, why, entry)


def gone_on(interaction: Interaction, session: Session, picked: str, entry: Entry) -> Response:
    """Answer the application for somebody who chose as whom they go on."""
    return _answered(interaction, Coming(signed_in=session.signed_in, session=session, picked=picked), entry)


def _answered(interaction: Interaction, coming: Coming | str, entry: Entry) -> Response:
    """Answer once: for somebody, or why for nobody."""
    issuer = current_issuer()
    asked = interaction.asked
    refusing = issuer.server.check_again(asked)
    if not issuer.sign_ins.end(interaction) or refusing:
        entry.finish(400, {"refused": "interaction-unknown"})
        return refused(refusing or Refusal(reason=Reason.INTERACTION_UNKNOWN))
    if isinstance(coming, str):
        answer = issuer.server.denied(asked, coming)
        _learn(asked, entry)
        entry.finish(303, {"signed_in": None})
        return _sent_back(answer, interaction, entry)
    try:
        return _let_in(interaction, asked, coming, entry)
    except SourceAwayError as error:
        issuer.sign_ins.reopen(interaction)
        entry.note(f"{error} Nothing was signed in; the pupil can try again.")
        entry.finish(503, {"refused": "datastore-away"})
        view = "sign_in.choose" if coming.session else "sign_in.show"
        again = address_of(view, interaction_id=interaction.id, lang=chosen_language())
        return refused(Refusal(reason=Reason.DATASTORE_AWAY), 503, again=again)


def _let_in(interaction: Interaction, asked: AcmRequest, coming: Coming, entry: Entry) -> Response:
    """Answer for a person, or ask as whom they go on; raise `SourceAwayError` when nothing came of it."""
    server = current_issuer().server
    choice = server.choose(asked, coming.signed_in, Asking(picked=coming.picked))
    if not isinstance(choice, RedirectAnswer) and choice.options:
        _learn(asked, entry)
        return _to_chooser(interaction, coming, entry)
    answer = choice if isinstance(choice, RedirectAnswer) else server.answer(asked, choice.signed_in)
    _learn(asked, entry)
    signed_in = coming.signed_in if isinstance(choice, RedirectAnswer) else choice.signed_in
    chosen = {"identity": signed_in.identity} if signed_in.identity else {}
    entry.finish(303, {"signed_in": signed_in.person, **chosen})
    response = _sent_back(answer, interaction, entry)
    if "code" in answer.parameters:
        _remember(replace(coming, signed_in=signed_in), interaction, entry.client_id, response)
    return response


def _to_chooser(interaction: Interaction, coming: Coming, entry: Entry) -> Response:
    """Begin the session, and let the person choose: the same page once more if that did not name an identity."""
    issuer = current_issuer()
    before = request.cookies.get(SESSION_COOKIE)
    session = coming.session or issuer.sign_ins.sessions.begin(coming.signed_in, interaction.stage_id, before)
    issuer.sign_ins.reopen(replace(interaction, session_id=session.id))
    entry.finish(SEE_OTHER, {"signed_in": coming.signed_in.person, "shown": "identity-chooser"})
    response = sent_to(address_of("sign_in.choose", interaction_id=interaction.id, lang=chosen_language()), SEE_OTHER)
    _give(session, response)
    return response


def _remember(coming: Coming, interaction: Interaction, client_id: str | None, response: Response) -> None:
    sessions = current_issuer().sign_ins.sessions
    if coming.session:
        sessions.settle(coming.session, coming.signed_in.identity, client_id)
    else:
        _give(sessions.begin(coming.signed_in, interaction.stage_id, request.cookies.get(SESSION_COOKIE)), response)
    remember_person(coming.signed_in.person, response)


def _give(session: Session, response: Response) -> None:
    issuer = current_issuer()
    response.set_cookie(
        SESSION_COOKIE, session.id, path=issuer.path, httponly=True, samesite="Lax", secure=issuer.is_https
    )


def _learn(asked: AcmRequest, entry: Entry) -> None:
    for sentence in asked.learnt.notes:
        entry.note(sentence)


def _sent_back(answer: RedirectAnswer, interaction: Interaction, entry: Entry) -> Response:
    return delivered(answer, interaction.wire, client_id=entry.client_id, method="POST")
