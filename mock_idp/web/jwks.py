"""The keys endpoint. Applications may keep the answer for as long as the header says, never longer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint

from mock_idp.faults import Seam
from mock_idp.protocol.answer import Answer
from mock_idp.web.arrivals import write_path
from mock_idp.web.current import current_issuer
from mock_idp.web.delivery import handed_over

if TYPE_CHECKING:
    from flask import Response

blueprint = Blueprint("jwks", __name__)


@blueprint.get("/v1/keys")
@blueprint.get("/v2/keys")
def keys() -> Response:
    """Answer with the public keys."""
    issuer = current_issuer()
    stage_id = issuer.stage_bending(Seam.JWKS)
    with issuer.exchange("jwks", "GET", stage_id) as entry:
        write_path(entry)
        bent = issuer.seams.bend(Seam.JWKS, issuer.keys.jwks(), stage_id=stage_id)
        return handed_over(entry, bent if isinstance(bent, Answer) else _to_be_kept(bent))


def _to_be_kept(document: dict[str, Any]) -> Answer:
    caching = f"public, max-age={current_issuer().policy.jwks_max_age_s}, must-revalidate"
    return Answer(body=document, headers={"Cache-Control": caching})
