"""The blueprint of the control API: guarded before anything else, and wrong calls answered in JSON as well."""

from __future__ import annotations

import re
from typing import Final

from flask import Blueprint, Response, request
from werkzeug.exceptions import MethodNotAllowed, RequestEntityTooLarge

from mock_idp.web.control.errors import ControlError, answer_of
from mock_idp.web.control.guard import check
from mock_idp.web.current import current_provider

PREFIX: Final = "/control/v1"
BELOW: Final = re.compile(rf"{PREFIX}(/|\Z)")

blueprint: Final = Blueprint("control", __name__, url_prefix=PREFIX)


@blueprint.before_app_request
def guard() -> Response | None:
    """Refuse strangers and wrong paths and methods under the prefix; let everything else pass."""
    if not BELOW.match(request.path):
        return None
    try:
        check(request, current_provider().settings.control_token)
        check_route()
    except ControlError as error:
        return answer_of(error)
    return None


def check_route() -> None:
    """Raise `ControlError` when the path is not in the API or the method is not for this path."""
    wrong = request.routing_exception
    if isinstance(wrong, MethodNotAllowed):
        allowed = ", ".join(sorted(wrong.valid_methods or ()))
        raise ControlError(
            "method_not_allowed", f"{request.method} is not for this path; use {allowed}.", headers={"Allow": allowed}
        )
    if wrong is not None:
        raise ControlError("not_found", f"There is nothing at this path; see {PREFIX}/openapi.json for what there is.")


@blueprint.errorhandler(ControlError)
def tell(error: ControlError) -> Response:
    """Answer a call that cannot be answered as it was meant."""
    return answer_of(error)


@blueprint.errorhandler(RequestEntityTooLarge)
def tell_too_large(_: RequestEntityTooLarge) -> Response:
    """Answer a body that is longer than the server reads."""
    return answer_of(ControlError("too_large", "The body is too large; send less."))
