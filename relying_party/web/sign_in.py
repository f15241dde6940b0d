"""Signing in: to the provider and back."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from flask import Blueprint, abort, make_response, redirect, request, url_for

from relying_party.accounts.sessions import SIGN_IN_TAKES
from relying_party.settings import ResponseMode
from relying_party.signin.refusal import PersonNeeded, Refused
from relying_party.web import cookies
from relying_party.web.pages import pupils_page
from relying_party.web.site import Site, current_site

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict
    from werkzeug.wrappers import Response

    from relying_party.signin.flow import SignedIn

blueprint = Blueprint("sign_in", __name__)
LOG = logging.getLogger(__name__)
SEE_OTHER, NOT_FOUND = 303, 404
FIRST, SECOND = 0, 1
SIGN_IN_TAKES_S = int(SIGN_IN_TAKES.total_seconds())


@blueprint.get("/sign-in", defaults={"number": FIRST})
@blueprint.get("/sign-in/second", endpoint="start_at_second", defaults={"number": SECOND})
def start(number: int) -> Response:
    """Send the browser to the provider, with a session to come back to."""
    visit = cookies.current_visit()
    if visit and visit.person_id and current_site().policy.rules.session_suffices():
        return redirect(url_for("pages.me"), SEE_OTHER)
    return started(number)


def started(number: int, *, again: bool = False) -> Response:
    """Begin a sign-in at the issuer of that number."""
    site = _site_with(number)
    token = _session_to_sign_in_with(site)
    try:
        address = site.issuers.numbered(number).begin(token, host=request.host, told=request.args, again=again)
    except Refused as refused:
        return _refuse(refused)
    response = redirect(address)
    cookies.write(response, cookies.SESSION, token)
    if site.settings.response_mode == ResponseMode.FORM_POST:
        back_to = site.policy.rules.posted_back_to(token, "" if again else cookies.read(cookies.POSTED))
        cookies.write_for_posting(response, back_to, lives_s=SIGN_IN_TAKES_S)
    return response


@blueprint.route("/callback", methods=["GET", "POST"], defaults={"number": FIRST})
@blueprint.route("/callback/second", methods=["GET", "POST"], defaults={"number": SECOND})
def callback(number: int) -> Response:
    """Finish a sign-in, and leave this address at once: code and state must not stay in it.

    A form that is posted from the provider's site brings no session cookie; it is refused, unless we asked for a form.
    """
    site, token = _site_with(number), cookies.of_sign_in()
    try:
        signed_in = site.issuers.finish(number, token, dict(_told().lists()))
    except Refused as refused:
        return _refuse(refused, described=_told().get("error_description", ""))
    except PersonNeeded:
        return started(number, again=True)
    visit = site.sessions.find(signed_in.session_token, now=site.clock())
    if visit is not None:
        site.hints.keep(visit.id, signed_in.id_token)
        site.refreshing.keep(visit.id, signed_in.refreshable)
    response = _first_page(site, signed_in)
    cookies.write(response, cookies.SESSION, signed_in.session_token)
    return response


def _told() -> MultiDict[str, str]:
    return request.form if request.method == "POST" else request.args


def _first_page(site: Site, signed_in: SignedIn) -> Response:
    rules = site.policy.rules
    if signed_in.person_id is None:
        return redirect(url_for("staff.look_for"), SEE_OTHER)
    if rules.leaves_response_address():
        if signed_in.next_page:
            return redirect(signed_in.next_page, SEE_OTHER)
        told = rules.first_page_parameters(signed_in.id_token, signed_in.access_token)
        return redirect(url_for("pages.me", **told), SEE_OTHER)
    return make_response(pupils_page(site.people.find(signed_in.person_id)))


def _site_with(number: int) -> Site:
    """Return the site, which must have an issuer of this number."""
    site = current_site()
    if number == SECOND and not site.issuers.has_second:
        abort(NOT_FOUND)
    return site


def _session_to_sign_in_with(site: Site) -> str:
    """Return the token of a session without anybody: on a shared device one person ends before the next begins."""
    token, visit = cookies.read(cookies.SESSION), cookies.current_visit()
    if visit is not None and not visit.is_signed_in:
        return token
    if visit is not None:
        site.forget(visit.id)
        site.sessions.end(token)
    return site.sessions.start(now=site.clock())


def _refuse(refused: Refused, *, described: str = "") -> Response:
    LOG.warning("sign-in refused: reason=%s step=%s", refused.reason, refused.step)
    words = current_site().policy.rules.words_of_provider(described)
    return redirect(url_for("pages.refused", reason=refused.reason, error_description=words or None), SEE_OTHER)
