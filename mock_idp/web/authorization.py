"""The authorization endpoint: check the request first, then the page, the session, or the answer at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, request

from mock_idp.faults import Errand, Seam
from mock_idp.protocol.authorization_rules import NONE
from mock_idp.protocol.claims_source import SourceAwayError
from mock_idp.protocol.refusal import Reason, Refusal
from mock_idp.protocol.wire import AcmRequest
from mock_idp.provider.issuer import fresh_flow
from mock_idp.provider.remarks import remarks
from mock_idp.provider.sessions import Session
from mock_idp.web.arrivals import arrived, wire_request, write_down
from mock_idp.web.current import address_of, current_issuer
from mock_idp.web.delivery import delivered, sent_to
from mock_idp.web.languages import chosen_language
from mock_idp.web.refusals import refused
from mock_idp.web.returning import returning

if TYPE_CHECKING:
    from flask import Response

    from mock_idp.journal import Entry
    from mock_idp.protocol.response import RedirectAnswer
    from mock_idp.protocol.wire import WireRequest

blueprint = Blueprint("authorization", __name__)


@blueprint.route("/v1/auth", methods=["GET", "POST"])
def authorize() -> Response:
    """Answer an authorization request."""
    issuer = current_issuer()
    arrival = arrived()
    wire = wire_request(arrival.stage_id, fresh_flow())
    with issuer.exchange("authorization", request.method, arrival.stage_id, wire.flow) as entry:
        write_down(entry, wire, arrival)
        checked = AcmRequest(wire)
        outcome = issuer.server.check(checked)
        _learn(entry, checked)
        if isinstance(outcome, Refusal):
            entry.finish(400, {"refused": str(outcome.reason)})
            return refused(outcome)
        if outcome is None and (onward := _onward(wire)):
            entry.finish(302, {"shown": "another issuer"})
            return sent_to(onward)
        try:
            answer = outcome or _without_page(checked, wire, entry)
        except SourceAwayError as error:
            entry.note(str(error))
            entry.finish(503, {"refused": "datastore-away"})
            return refused(Refusal(reason=Reason.DATASTORE_AWAY), 503)
        _learn(entry, checked)
        if answer is None or isinstance(answer, Session):
            return _shown(wire, answer, entry)
        entry.finish(302, {"answered": "at once"})
    return delivered(answer, wire, client_id=entry.client_id, method=request.method)


def _onward(wire: WireRequest) -> str:
    """Return where the browser is sent on to instead of being answered; empty when this issuer is honest."""
    errand = Errand(parameters=dict(reversed(wire.parameters)))
    bent: Errand = current_issuer().seams.bend(Seam.AUTHORIZATION, errand, stage_id=wire.stage_id)
    return bent.onward


def _shown(wire: WireRequest, session: Session | None, entry: Entry) -> Response:
    """Send the browser to the sign-in page, or whoever has a session to choose as whom they go on."""
    interaction = current_issuer().sign_ins.begin(wire, session)
    page, view = ("identity-chooser", "sign_in.choose") if session else ("sign-in", "sign_in.show")
    entry.finish(302, {"shown": page})
    return sent_to(address_of(view, interaction_id=interaction.id, lang=chosen_language()))


def _without_page(checked: AcmRequest, wire: WireRequest, entry: Entry) -> RedirectAnswer | Session | None:
    """Return the answer for somebody who is signed in already, or for nobody when no page may be shown."""
    issuer = current_issuer()
    for sentence in remarks(entry.request):
        entry.note(sentence)
    if checked.client and checked.client.is_open:
        entry.note(
            f"Client {checked.client.client_id!r} is not registered: in the open mode any application on this "
            "computer is taken as it is. ACM refuses clients that it does not know."
        )
    if answer := returning(checked, wire, entry):
        return answer
    return issuer.server.login_required(checked) if checked.payload.data.get("prompt") == NONE else None


def _learn(entry: Entry, checked: AcmRequest) -> None:
    """Write down what was odd, and why an answer is what it is: the wire does not tell."""
    for sentence in checked.learnt.notes:
        entry.note(sentence)
