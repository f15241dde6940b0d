"""Signing in: to the provider and back."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from flask import Blueprint, redirect, request, url_for

from relying_party.signin.refusal import Refused
from relying_party.web import cookies
from relying_party.web.site import Site, current_site

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

blueprint = Blueprint("sign_in", __name__)
LOG = logging.getLogger(__name__)
SEE_OTHER = 303


@blueprint.get("/sign-in")
def start() -> Response:
    """Send the browser to the provider, with a session to come back to."""
    site = current_site()
    token = _session_to_sign_in_with(site)
    try:
        address = site.sign_in.begin(token)
    except Refused as refused:
        return _refuse(refused)
    response = redirect(address)
    cookies.write(response, cookies.SESSION, token)
    return response


@blueprint.get("/callback")
def callback() -> Response:
    """Finish a sign-in, and leave this address at once: code and state must not stay in it."""
    site, token = current_site(), cookies.read(cookies.SESSION)
    try:
        signed_in = site.sign_in.finish(token, dict(request.args.lists()))
    except Refused as refused:
        return _refuse(refused)
    visit = site.sessions.find(signed_in.session_token, now=site.clock())
    if visit is not None:
        site.hints.keep(visit.id, signed_in.id_token)
    told = site.policy.rules.first_page_parameters(signed_in.id_token)
    response = redirect(url_for("pages.me", **told), SEE_OTHER)
    cookies.write(response, cookies.SESSION, signed_in.session_token)
    return response


def _session_to_sign_in_with(site: Site) -> str:
    """Return the token of a session without a person: on a shared device one pupil ends before the next begins."""
    token, visit = cookies.read(cookies.SESSION), cookies.current_visit()
    if visit is not None and visit.person_id is None:
        return token
    if visit is not None:
        site.hints.take(visit.id)
        site.sessions.end(token)
    return site.sessions.start(now=site.clock())


def _refuse(refused: Refused) -> Response:
    LOG.warning("sign-in refused: reason=%s step=%s", refused.reason, refused.step)
    return redirect(url_for("pages.refused", reason=refused.reason), SEE_OTHER)
