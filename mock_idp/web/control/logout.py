"""Back-channel logout, on request: ACM documents none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mock_idp.provider.backchannel import NotToBeReachedError, send
from mock_idp.web.control.asking import asked_issuer
from mock_idp.web.control.blueprint import blueprint
from mock_idp.web.control.clients import known_client
from mock_idp.web.control.errors import ControlError, invalid
from mock_idp.web.control.models import LogoutAnswer, LogoutMembers
from mock_idp.web.control.stages import known_stage
from mock_idp.web.control.wire import answer, sent_object, shaped

if TYPE_CHECKING:
    from flask import Response


@blueprint.post("/stages/<stage_id>/backchannel-logout")
def log_out(stage_id: str) -> Response:
    """Send a logout token to an application, as this stage bends it."""
    stage = known_stage(stage_id)
    members, problems = shaped(LogoutMembers, sent_object())
    if members is None:
        raise invalid(problems)
    about = {name: value for name, value in (("sub", members.sub), ("sid", members.sid)) if value is not None}
    try:
        reaction = send(asked_issuer(), known_client(members.client_id), stage.id, about)
    except NotToBeReachedError as error:
        raise ControlError("conflict", str(error)) from None
    return answer(LogoutAnswer(status=reaction.status, cache_control=reaction.cache_control))
