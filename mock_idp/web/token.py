"""The token endpoint: parameters from the body only, JSON back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from flask import Blueprint, request

from mock_idp.faults import Seam
from mock_idp.faults.code_forms import plain
from mock_idp.protocol.wire import AcmRequest
from mock_idp.state.stages import DEFAULT_STAGE
from mock_idp.web.arrivals import form_request, learn, write_down, write_path
from mock_idp.web.current import current_issuer, current_provider
from mock_idp.web.delivery import handed_over

if TYPE_CHECKING:
    from flask import Response

    from mock_idp.protocol.wire import WireRequest
    from mock_idp.provider.issuer import Issuer
    from mock_idp.state.store import Record

PRESENTED: Final = ("code", "refresh_token", "subject_token")
"""The parameters by which a token request tells from which sign-in it comes."""
blueprint = Blueprint("token", __name__)


@blueprint.post("/v1/token")
@blueprint.post("/v2/token")
def token() -> Response:
    """Give tokens for a code, a refresh token, another token, or the client itself."""
    issuer = current_issuer()
    trace = _trace(issuer)
    stage_id = trace.get("stage_id", DEFAULT_STAGE)
    wire = form_request(stage_id, trace.get("flow"))
    asked = AcmRequest(_with_plain_code(wire))
    with issuer.exchange("token", "POST", stage_id, wire.flow) as entry:
        write_down(entry, wire)
        write_path(entry)
        honest = issuer.server.token(asked)
        answer = issuer.seams.bend(Seam.TOKEN_RESPONSE, honest, stage_id=stage_id)
        learn(entry, asked)
        return handed_over(entry, answer)


def _with_plain_code(wire: WireRequest) -> WireRequest:
    """Return the request with the code that was given, where the stage had sent it in another form."""
    pairs = ((name, plain(value) if name == "code" else value) for name, value in wire.parameters)
    return replace(wire, parameters=tuple(pairs))


def _trace(asked: Issuer) -> Record:
    """Return stage and flow of what is presented: the issuer that is asked knows, else the one it was stolen from."""
    presented = [plain(request.form.get(name, "")) for name in PRESENTED]
    each = (asked, *current_provider().issuers.all())
    return next((trace for issuer in each if (trace := issuer.server.tokens.trace(*presented))), {})
