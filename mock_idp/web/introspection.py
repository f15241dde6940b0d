"""The introspection endpoint: parameters from the body only, JSON back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, request

from mock_idp.protocol.wire import AcmRequest
from mock_idp.state.stages import DEFAULT_STAGE
from mock_idp.web.arrivals import form_request, learn, write_down
from mock_idp.web.current import current_issuer
from mock_idp.web.delivery import handed_over

if TYPE_CHECKING:
    from flask import Response

blueprint = Blueprint("introspection", __name__)


@blueprint.post("/v1/introspect")
def introspect() -> Response:
    """Answer what stands behind a token."""
    issuer = current_issuer()
    trace = issuer.server.tokens.trace(request.form.get("token"))
    stage_id = trace.get("stage_id", DEFAULT_STAGE)
    wire = form_request(stage_id, trace.get("flow"))
    asked = AcmRequest(wire)
    with issuer.exchange("introspection", "POST", stage_id, wire.flow) as entry:
        write_down(entry, wire)
        answer = issuer.server.introspect(asked)
        learn(entry, asked)
        return handed_over(entry, answer)
