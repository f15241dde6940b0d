"""The traps: whoever follows an address that leads nowhere honest is written down, and finds a stranger's things."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Blueprint, abort, request

from mock_idp.faults.trap import bait, lured
from mock_idp.web.arrivals import wire_request, write_down
from mock_idp.web.current import current_issuer, current_provider
from mock_idp.web.delivery import noted, sent

if TYPE_CHECKING:
    from flask import Response

METHODS: Final = ["GET", "POST", "PUT", "PATCH", "DELETE"]
NOTE: Final = "The application followed an address that came from a token or a document and that nobody vouched for."
blueprint = Blueprint("trap", __name__)


@blueprint.route("/trap/<stage_id>/<path:name>", methods=METHODS)
def lie_in_wait(stage_id: str, name: str) -> Response:
    """Write down who comes, and by which name; hand out the bait."""
    if current_provider().stages.find(stage_id) is None:
        abort(404)
    issuer, traps = current_issuer(), current_provider().traps
    with issuer.exchange("trap", request.method, stage_id) as entry:
        write_down(entry, wire_request(stage_id))
        entry.request |= {"name": name, "credentials": request.headers.get("Authorization", "").partition(" ")[0]}
        entry.note(NOTE)
        answer = bait(name, lured(issuer.discovery(), traps.address(stage_id)))
        entry.finish(answer.status, noted(answer))
    return sent(answer)
