"""The sign-out endpoint: ends the session here; the application has to end its own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flask import Blueprint, Response, render_template, request

from mock_idp.faults import Seam
from mock_idp.protocol.refusal import Refusal
from mock_idp.protocol.wire import AcmRequest
from mock_idp.provider.sessions import SESSION_COOKIE
from mock_idp.web.arrivals import arrived, wire_request, write_down
from mock_idp.web.current import current_issuer
from mock_idp.web.delivery import sent_to
from mock_idp.web.refusals import refused

if TYPE_CHECKING:
    from mock_idp.journal import Entry
    from mock_idp.protocol.response import RedirectAnswer

blueprint = Blueprint("end_session", __name__)


@blueprint.route("/v1/logout", methods=["GET", "POST"])
def sign_out() -> Response:
    """End the session, and go back to the application where it is safe."""
    issuer = current_issuer()
    arrival = arrived()
    wire = wire_request(arrival.stage_id)
    with issuer.exchange("end-session", request.method, arrival.stage_id) as entry:
        write_down(entry, wire, arrival)
        outcome = issuer.server.sign_out(AcmRequest(wire))
        response = _answered(outcome, arrival.stage_id, entry)
    issuer.sign_ins.sessions.end(request.cookies.get(SESSION_COOKIE))
    response.delete_cookie(SESSION_COOKIE, path=issuer.path)
    return response


def _answered(outcome: RedirectAnswer | Refusal | None, stage_id: str, entry: Entry) -> Response:
    if isinstance(outcome, Refusal):
        entry.finish(400, {"refused": str(outcome.reason)})
        return refused(outcome)
    if outcome is None:
        _explain(entry)
        entry.finish(200, {"shown": "signed-out"})
        return Response(render_template("signed_out.html"))
    if not entry.request.get("client_id"):
        entry.note(
            "post_logout_redirect_uri was sent without client_id; ACM documents no id_token_hint: add client_id."
        )
    bent = current_issuer().seams.bend(Seam.END_SESSION, dict(outcome.parameters), stage_id=stage_id)
    entry.finish(302, bent)
    return sent_to(replace(outcome, parameters=bent).location)


def _explain(entry: Entry) -> None:
    if not entry.request.get("post_logout_redirect_uri"):
        return
    if not (entry.request.get("client_id") or entry.request.get("id_token_hint")):
        entry.note("post_logout_redirect_uri was sent without client_id, so nobody was sent back: add client_id.")
    else:
        entry.note("post_logout_redirect_uri is not registered for this client, so nobody was sent back: register it.")
