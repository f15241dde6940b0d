"""Where a third party, such as a portal of a school, begins a sign-in (OpenID Connect Core 1.0 section 4)."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from flask import Blueprint, redirect, request, url_for

from relying_party.web.sign_in import SEE_OTHER, started
from relying_party.web.site import current_site

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

blueprint = Blueprint("third_party", __name__)
LOG = logging.getLogger(__name__)


@blueprint.route("/initiate-login", methods=["GET", "POST"])
def initiate() -> Response:
    """Begin a sign-in at the issuer that is named, when it is one of ours; `target_link_uri` leads nowhere."""
    number = current_site().issuers.number_of(request.values.get("iss", ""))
    if number is None:
        LOG.warning("sign-in refused: a third party named an issuer that is not configured")
        return redirect(url_for("pages.refused", reason="issuer-named"), SEE_OTHER)
    return started(number)
