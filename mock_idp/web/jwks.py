"""The keys endpoint. Applications may keep the answer for as long as the header says, never longer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Blueprint

from mock_idp.faults import Seam
from mock_idp.protocol.answer import Answer
from mock_idp.web.current import current_provider
from mock_idp.web.delivery import sent

if TYPE_CHECKING:
    from flask import Response

CACHING: Final = "public, max-age=21500, must-revalidate"

blueprint = Blueprint("jwks", __name__)


@blueprint.get("/v1/keys")
def keys() -> Response:
    """Answer with the public keys."""
    provider = current_provider()
    stage_id = provider.stage_bending(Seam.JWKS)
    with provider.exchange("jwks", "GET", stage_id) as entry:
        body = provider.seams.bend(Seam.JWKS, provider.keys.jwks(), stage_id=stage_id)
        entry.finish(200, body)
    return sent(Answer(body=body, headers={"Cache-Control": CACHING}))
