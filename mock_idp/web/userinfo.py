"""The userinfo endpoint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, request

from mock_idp.faults import Seam
from mock_idp.protocol.answer import Answer
from mock_idp.protocol.userinfo import presented_bearer, sealed
from mock_idp.protocol.wire import AcmRequest
from mock_idp.state.stages import DEFAULT_STAGE
from mock_idp.web.arrivals import wire_request
from mock_idp.web.current import current_issuer
from mock_idp.web.delivery import handed_over

if TYPE_CHECKING:
    from flask import Response

    from mock_idp.journal import Entry

blueprint = Blueprint("userinfo", __name__)


@blueprint.route("/v1/userinfo", methods=["GET", "POST"])
def userinfo() -> Response:
    """Answer with the claims behind an access token."""
    issuer = current_issuer()
    trace = issuer.server.tokens.trace(_token_anywhere())
    stage_id = trace.get("stage_id", DEFAULT_STAGE)
    asked = AcmRequest(wire_request(stage_id, trace.get("flow")))
    with issuer.exchange("userinfo", request.method, stage_id, asked.flow) as entry:
        entry.request = {**asked.args, "bearer": presented_bearer(asked)}
        answer = issuer.seams.bend(Seam.USERINFO, _honest(asked, entry), stage_id=stage_id)
        as_wanted = sealed(answer, issuer.keys, issuer=issuer.conduct.identifier, client_id=entry.client_id)
        return handed_over(entry, as_wanted)


def _token_anywhere() -> str:
    """Return the access token wherever it was put, so that a request that is refused is journaled on its stage."""
    in_header = request.headers.get("Authorization", "").partition(" ")[2].strip()
    return in_header or request.values.get("access_token", "")


def _honest(asked: AcmRequest, entry: Entry) -> Answer:
    issuer = current_issuer()
    token = issuer.server.userinfo.token(asked)
    for sentence in asked.learnt.notes:
        entry.note(sentence)
    if isinstance(token, Answer):
        return token
    entry.client_id = token.client_id
    entry.account = token.account
    claims = issuer.seams.bend(Seam.CLAIMS, dict(token.claims), stage_id=asked.stage_id)
    return Answer(body=dict(sorted(claims.items())))
