"""The sign-out endpoint: ends the session here, or lets somebody change identity; applications end their own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, Response, render_template, request
from flask_babel import lazy_gettext as _

from mock_idp.faults import Seam
from mock_idp.protocol.refusal import Reason, Refusal
from mock_idp.protocol.wire import AcmRequest
from mock_idp.provider.sessions import SESSION_COOKIE
from mock_idp.settings.policy import Unregistered
from mock_idp.web.arrivals import arrived, wire_request, write_down
from mock_idp.web.current import current_issuer
from mock_idp.web.delivery import sent_to
from mock_idp.web.refusals import refused

if TYPE_CHECKING:
    from mock_idp.journal import Entry
    from mock_idp.protocol.response import RedirectAnswer

blueprint = Blueprint("end_session", __name__)

CLIENT: Final = "client_id"
BACK: Final = "post_logout_redirect_uri"
SWITCH: Final = "switch"


@dataclass(frozen=True, kw_only=True)
class Why:
    """Why nobody was sent back: for the journal, for developers on the page, and the reason of an error page."""

    note: str
    words: Any
    reason: Reason


CLIENT_MISSING: Final = Why(
    note="post_logout_redirect_uri was sent without client_id, so nobody was sent back: add client_id.",
    words=_(
        "post_logout_redirect_uri came without client_id, so nobody is sent back. ACM wants both; libraries that send "
        "only an id_token_hint miss it."
    ),
    reason=Reason.SIGN_OUT_WITHOUT_CLIENT,
)
NOT_REGISTERED: Final = Why(
    note="post_logout_redirect_uri is not registered for this client, so nobody was sent back: register it.",
    words=_(
        "post_logout_redirect_uri is not registered for this client, character by character, so nobody is sent back."
    ),
    reason=Reason.SIGN_OUT_NOT_REGISTERED,
)


@blueprint.route("/v1/logout", methods=["GET", "POST"])
def sign_out() -> Response:
    """End the session, and go back to the application where it is safe; with `switch` the session stays."""
    issuer = current_issuer()
    arrival = arrived()
    wire = wire_request(arrival.stage_id)
    with issuer.exchange("end-session", request.method, arrival.stage_id) as entry:
        write_down(entry, wire, arrival)
        outcome = issuer.server.sign_out(AcmRequest(wire))
        if SWITCH in entry.request:
            return _switched(outcome, arrival.stage_id, entry)
        response = _answered(outcome, arrival.stage_id, entry)
    issuer.sign_ins.sessions.end(request.cookies.get(SESSION_COOKIE))
    response.delete_cookie(SESSION_COOKIE, path=issuer.path)
    return response


def _answered(outcome: RedirectAnswer | Refusal | None, stage_id: str, entry: Entry) -> Response:
    if outcome is None:
        return _stayed(entry)
    if isinstance(outcome, Refusal):
        return _refused(outcome, entry)
    if not entry.request.get(CLIENT):
        entry.note(
            "post_logout_redirect_uri was sent without client_id; ACM documents no id_token_hint: add client_id."
        )
    return _sent_back(outcome, stage_id, entry)


def _stayed(entry: Entry) -> Response:
    """Say that somebody is signed out, and to developers why they were not sent back."""
    why = _why_nobody_is_sent_back(entry)
    if why:
        entry.note(why.note)
        if current_issuer().policy.sign_out_unregistered == Unregistered.REFUSED:
            return _refused(Refusal(reason=why.reason, received=entry.request[BACK]), entry)
    entry.finish(200, {"shown": "signed-out"})
    return Response(render_template("signed_out.html", why=why.words if why else ""))


def _why_nobody_is_sent_back(entry: Entry) -> Why | None:
    if not entry.request.get(BACK):
        return None
    return NOT_REGISTERED if entry.request.get(CLIENT) or entry.request.get("id_token_hint") else CLIENT_MISSING


def _switched(outcome: RedirectAnswer | Refusal | None, stage_id: str, entry: Entry) -> Response:
    """Let somebody choose another identity at the next visit to this application; their session goes on."""
    if isinstance(outcome, Refusal):
        return _refused(outcome, entry)
    client_id = entry.request.get(CLIENT)
    if outcome is None or not client_id:
        entry.note("switch needs client_id and a registered post_logout_redirect_uri; nothing was changed.")
        return _refused(Refusal(reason=Reason.SWITCH_INCOMPLETE, received=entry.request.get(BACK, "")), entry)
    sessions = current_issuer().sign_ins.sessions
    session = sessions.find(request.cookies.get(SESSION_COOKIE), stage_id)
    if session:
        sessions.switch(session, client_id)
    else:
        entry.note("Nobody is signed in, so there is no identity to change: the next sign-in is an ordinary one.")
    return _sent_back(outcome, stage_id, entry)


def _sent_back(outcome: RedirectAnswer, stage_id: str, entry: Entry) -> Response:
    bent = current_issuer().seams.bend(Seam.END_SESSION, dict(outcome.parameters), stage_id=stage_id)
    entry.finish(302, bent)
    return sent_to(replace(outcome, parameters=bent).location)


def _refused(refusal: Refusal, entry: Entry) -> Response:
    entry.finish(400, {"refused": str(refusal.reason)})
    return refused(refusal)
