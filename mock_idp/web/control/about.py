"""What answers here, what it can do wrong, and who can sign in."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from flask import Response

from mock_idp.faults import catalogue
from mock_idp.settings import PRODUCT, VERSION
from mock_idp.web.control.blueprint import blueprint
from mock_idp.web.control.models import About, Faults, FaultView
from mock_idp.web.control.people_models import Personas, PersonaView
from mock_idp.web.control.wire import JSON, answer
from mock_idp.web.current import current_provider

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

API: Final = "1"


@blueprint.get("")
def about() -> Response:
    """Say what this is."""
    settings = current_provider().settings
    return answer(About(product=PRODUCT, version=VERSION, api=API, issuer=settings.issuer, seed=settings.seed))


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """Serve the description of this API."""
    return Response(_document(), mimetype=JSON)


@blueprint.get("/faults")
def faults() -> Response:
    """List what a stage can arm."""
    return answer(Faults(faults=[FaultView.model_validate(each) for each in catalogue().values()]))


@blueprint.get("/personas")
def personas() -> Response:
    """List who can sign in."""
    return answer(Personas(personas=[PersonaView.model_validate(each) for each in current_provider().personas.all()]))


def document_file() -> Traversable:
    """Return the place of the committed description."""
    return files("mock_idp.web") / "openapi.json"


@cache
def _document() -> str:
    return document_file().read_text("utf-8")
