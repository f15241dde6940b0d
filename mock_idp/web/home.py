"""The start page: what this is, and what to paste into an application."""

from __future__ import annotations

from flask import Blueprint, Response, render_template
from flask_babel import gettext as _

from mock_idp.web.current import current_provider

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
def show() -> Response:
    """Show the start page."""
    provider = current_provider()
    issuer, site = provider.settings.issuer, provider.settings.site
    page = render_template(
        "home.html",
        settings=[
            (_("Issuer"), issuer),
            (_("Client"), _("any client_id and client_secret") if provider.settings.is_open else _("as registered")),
            (_("Scopes"), "openid profile ov_leerling"),
            (_("Authorization"), f"{issuer}/v1/auth"),
            ("Token", f"{issuer}/v1/token"),
            ("Userinfo", f"{issuer}/v1/userinfo"),
            (_("Keys"), f"{issuer}/v1/keys"),
            (_("Sign-out"), f"{issuer}/v1/logout"),
        ],
        links=[
            (_("Discovery document"), f"{issuer}/.well-known/openid-configuration"),
            (_("All personas with user name and password"), f"{site}/control/v1/personas"),
            (_("Sign-ins as they come, with what was odd"), f"{site}/inspect"),
            (_("What has been said on the wire"), f"{site}/control/v1/journal"),
            (_("What can be armed"), f"{site}/control/v1/faults"),
            (_("Description of the control API"), f"{site}/control/v1/openapi.json"),
        ],
        personas_count=len(provider.personas.all()),
        crowd_count=len(provider.people.crowd),
    )
    return Response(page)
