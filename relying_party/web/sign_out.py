"""Signing out: here first, then at the provider."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from flask import Blueprint, make_response, redirect, render_template, request, url_for

from relying_party.web import cookies
from relying_party.web.site import Site, current_site

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from relying_party.accounts.sessions import Visit

blueprint = Blueprint("sign_out", __name__)
SEE_OTHER = 303


@blueprint.post("/sign-out")
def sign_out() -> Response:
    """End the session here, whatever happens at the provider; then send the browser there (RP-Initiated Logout 1.0).

    The session cookie is SameSite=Lax, so a form on another site ends nobody's session.
    """
    site, visit = current_site(), cookies.current_visit()
    id_token = site.forget(visit.id) if visit else ""
    name = _name(site, visit)
    farewell, left_behind = site.policy.rules.farewell(name), site.policy.rules.name_left_behind(name)
    here_first = site.policy.rules.sign_out_here_first()
    if here_first:
        _end_session(site)
    state = secrets.token_urlsafe(16)
    at_provider = site.issuers.of(visit.issuer).sign_out_url(state=state, id_token=id_token) if visit else None
    response = redirect(at_provider or url_for("sign_out.signed_out"), SEE_OTHER)
    if here_first:
        cookies.remove(response, cookies.SESSION)
    cookies.write(response, cookies.SIGN_OUT, state, lives_s=cookies.SIGN_OUT_LIVES_S)
    if farewell:
        cookies.write(response, cookies.FAREWELL, quote(farewell), lives_s=cookies.SIGN_OUT_LIVES_S)
    if left_behind:
        cookies.write(response, cookies.LEFT_BEHIND, quote(left_behind))
    return response


@blueprint.get("/signed-out")
def signed_out() -> Response:
    """Say what has ended: here for certain, at the provider only when the state we sent came back."""
    site = current_site()
    sent, returned = cookies.read(cookies.SIGN_OUT), request.args.get("state", "")
    at_provider = site.policy.rules.sign_out_confirmed(sent, returned)
    farewell = unquote(cookies.read(cookies.FAREWELL))
    response = make_response(render_template("signed-out.html", at_provider=at_provider, farewell=farewell))
    if not site.policy.rules.sign_out_here_first():
        _end_session(site)
        cookies.remove(response, cookies.SESSION)
    return response


def _name(site: Site, visit: Visit | None) -> str:
    person = site.people.find(visit.person_id) if visit and visit.person_id else None
    return f"{person.snapshot.given_name} {person.snapshot.family_name}".strip() if person else ""


def _end_session(site: Site) -> None:
    if cookies.current_visit() is not None:
        site.policy.rules.end_session(site.sessions, cookies.read(cookies.SESSION))
