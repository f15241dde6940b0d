"""Where the provider says that somebody signed out there (OpenID Connect Back-Channel Logout 1.0)."""

from __future__ import annotations

import logging

from flask import Blueprint, request

from relying_party.signin.refusal import Refused
from relying_party.signin.rules.logout import Sent
from relying_party.web.site import current_site

blueprint = Blueprint("backchannel", __name__)
LOG = logging.getLogger(__name__)
OK, BAD_REQUEST, WRONG_METHOD = 200, 400, 405


@blueprint.route("/backchannel-logout", methods=["GET", "POST"])
def log_out() -> tuple[dict[str, str], int]:
    """End the sessions that a logout token names."""
    site = current_site()
    sent = Sent(form=request.form, address=request.args, json=request.get_json(silent=True))
    told = site.policy.rules.logout_token_sent(sent)
    try:
        done = bool(told) and site.issuers.numbered(0).log_out(told)
    except Refused as refused:
        LOG.warning("logout refused: reason=%s", refused.reason)
        done = False
    wrong = BAD_REQUEST if request.method == "POST" else WRONG_METHOD
    return ({}, OK) if done else ({"error": "invalid_request"}, wrong)
