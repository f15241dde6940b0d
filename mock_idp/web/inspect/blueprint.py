"""The blueprint of the journal page: guarded before anything else; strangers get a page that says why."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response, g, render_template, request

from mock_idp.web.current import current_provider
from mock_idp.web.delivery import SEE_OTHER, sent_to
from mock_idp.web.headers import OWN_SCRIPT
from mock_idp.web.inspect.entrance import PATH, is_right, let_in, refusal

TOKEN_FIELD: Final = "control_token"  # noqa: S105  the name of a field, not a token

blueprint: Final = Blueprint("inspect", __name__, url_prefix=PATH)


@blueprint.before_request
def guard() -> Response | None:
    """Let in who may look; show everybody else the door, with a lock on it when there is a control token."""
    settings, now = current_provider().settings, current_provider().clock.now().timestamp()
    token, given = settings.control_token, request.form.get(TOKEN_FIELD)
    if token is not None and given is not None and is_right(given, token):
        response = sent_to(request.full_path.rstrip("?"), SEE_OTHER)
        let_in(response, token, now, secure=settings.issuer.startswith("https:"))
        return response
    error = refusal(request, token, now)
    if error is None:
        g.scripts = OWN_SCRIPT
        return None
    page = render_template("inspect_door.html", has_lock=token is not None, was_wrong=given is not None)
    return Response(page, status=error.status, headers=error.headers)
