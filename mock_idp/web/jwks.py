"""The keys endpoint. Applications may keep the answer for as long as the header says, never longer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint

from mock_idp.faults import Seam
from mock_idp.protocol.answer import Answer
from mock_idp.web.current import current_issuer
from mock_idp.web.delivery import sent

if TYPE_CHECKING:
    from flask import Response

blueprint = Blueprint("jwks", __name__)


@blueprint.get("/v1/keys")
def keys() -> Response:
    """Answer with the public keys."""
    issuer = current_issuer()
    stage_id = issuer.stage_bending(Seam.JWKS)
    with issuer.exchange("jwks", "GET", stage_id) as entry:
        body = issuer.seams.bend(Seam.JWKS, issuer.keys.jwks(), stage_id=stage_id)
        entry.finish(200, body)
    caching = f"public, max-age={issuer.policy.jwks_max_age_s}, must-revalidate"
    return sent(Answer(body=body, headers={"Cache-Control": caching}))
