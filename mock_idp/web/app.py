"""The web application: one blueprint per endpoint, strict headers on everything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mock_idp.provider import Provider
from mock_idp.web import (
    authorization,
    control,
    discovery,
    end_session,
    home,
    inspect,
    introspection,
    jwks,
    sign_in,
    token,
    trap,
    userinfo,
)
from mock_idp.web.current import EXTENSION, SIBLINGS, tell_issuers_apart
from mock_idp.web.headers import harden
from mock_idp.web.languages import speak
from mock_idp.web.whole import Testbed
from mock_idp.web.wrong_calls import answer_wrong_calls

if TYPE_CHECKING:
    from flask import Flask

    from mock_idp.settings import Settings

ENDPOINTS: Final = (discovery, jwks, authorization, sign_in, token, userinfo, introspection, end_session)
LARGEST_BODY: Final = 1_000_000


def create_app(settings: Settings, provider: Provider | None = None) -> Flask:
    """Return the WSGI application of all issuers; raise `ProblemsError` when a file cannot be used."""
    app = Testbed("mock_idp.web")
    app.url_map.merge_slashes = False  # an issuer with a slash at its end must not work here by redirect
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.extensions[EXTENSION] = provider = provider or Provider(settings)
    provider.traps.leads_to = app
    speak(app)
    tell_issuers_apart(app)
    answer_wrong_calls(app)
    for endpoint in ENDPOINTS:
        app.register_blueprint(endpoint.blueprint, url_prefix=settings.issuer_path)
        name = f"{SIBLINGS}{endpoint.blueprint.name}"
        app.register_blueprint(endpoint.blueprint, url_prefix="/i/<issuer_name>/op", name=name)
    app.register_blueprint(home.blueprint)
    app.register_blueprint(trap.blueprint)
    app.register_blueprint(control.blueprint)
    app.register_blueprint(inspect.blueprint)
    app.after_request(harden)
    return app
