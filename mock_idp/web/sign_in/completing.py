"""The end of a sign-in: the answer to the application, the session, and what this browser remembers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import url_for

from mock_idp.protocol.claims_source import SourceAwayError
from mock_idp.protocol.refusal import Reason, Refusal
from mock_idp.protocol.response import RedirectAnswer
from mock_idp.protocol.wire import AcmRequest
from mock_idp.provider.sign_in import SESSION_COOKIE
from mock_idp.web.current import current_provider
from mock_idp.web.delivery import delivered
from mock_idp.web.languages import chosen_language
from mock_idp.web.refusals import refused
from mock_idp.web.sign_in.recent import remember_person

if TYPE_CHECKING:
    from flask import Response

    from mock_idp.domain.people.person import Person
    from mock_idp.journal import Entry
    from mock_idp.protocol.code import SignedIn
    from mock_idp.provider.sign_in import Interaction


def completed(interaction: Interaction, person: Person | None, entry: Entry) -> Response:
    """Answer the application for a person, or that nobody signed in; a page is answered only once."""
    provider = current_provider()
    checked = provider.server.check(interaction.wire)
    if not provider.sign_ins.end(interaction) or isinstance(checked, Refusal):
        entry.finish(400, {"refused": "interaction-unknown"})
        return refused(checked if isinstance(checked, Refusal) else Refusal(reason=Reason.INTERACTION_UNKNOWN))
    if isinstance(checked, RedirectAnswer) or person is None:
        entry.finish(303, {"cancelled": person is None})
        answer = provider.server.answer(checked, None) if isinstance(checked, AcmRequest) else checked
        return _sent_back(answer, interaction, entry)
    return _signed_in(interaction, checked, person, entry)


def _signed_in(interaction: Interaction, checked: AcmRequest, person: Person, entry: Entry) -> Response:
    """Answer for a person; when the datastore is away, nothing happened and the sign-in can be tried again."""
    provider = current_provider()
    signed_in = provider.sign_ins.now(person.user_name)
    try:
        answer = provider.server.answer(checked, signed_in)
    except SourceAwayError as error:
        provider.sign_ins.reopen(interaction)
        entry.note(f"{error} Nothing was signed in; the pupil can try again.")
        entry.finish(503, {"refused": "datastore-away"})
        again = url_for("sign_in.show", interaction_id=interaction.id, lang=chosen_language())
        return refused(Refusal(reason=Reason.DATASTORE_AWAY), 503, again=again)
    entry.finish(303, {"signed_in": person.user_name})
    response = _sent_back(answer, interaction, entry)
    if "code" in answer.parameters:
        _remember(signed_in, interaction, response)
    return response


def _remember(signed_in: SignedIn, interaction: Interaction, response: Response) -> None:
    provider = current_provider()
    session_id = provider.sign_ins.remember(signed_in, interaction.stage_id)
    is_https = provider.settings.issuer.startswith("https:")
    response.set_cookie(SESSION_COOKIE, session_id, httponly=True, samesite="Lax", secure=is_https)
    remember_person(signed_in.person, response)


def _sent_back(answer: RedirectAnswer, interaction: Interaction, entry: Entry) -> Response:
    return delivered(answer, stage_id=interaction.stage_id, client_id=entry.client_id, method="POST")
