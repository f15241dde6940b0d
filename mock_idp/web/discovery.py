"""The discovery endpoint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint

from mock_idp.faults import Seam
from mock_idp.protocol.answer import Answer
from mock_idp.web.current import current_issuer
from mock_idp.web.delivery import handed_over

if TYPE_CHECKING:
    from flask import Response

blueprint = Blueprint("discovery", __name__)


@blueprint.get("/.well-known/openid-configuration")
def document() -> Response:
    """Answer with the metadata of the issuer."""
    issuer = current_issuer()
    stage_id = issuer.stage_bending(Seam.DISCOVERY)
    with issuer.exchange("discovery", "GET", stage_id) as entry:
        body = issuer.seams.bend(Seam.DISCOVERY, issuer.discovery(), stage_id=stage_id)
        return handed_over(entry, Answer(body=body))
