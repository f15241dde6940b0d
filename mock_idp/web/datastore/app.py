"""The application of a served datastore: three paths that are read, problems in JSON, the headers of every answer."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final, cast

from flask import Blueprint, Flask, Response, current_app
from werkzeug.exceptions import HTTPException

from mock_idp.provider.datastore_question import Question
from mock_idp.web.control.errors import ControlError, ErrorBody, answer_of
from mock_idp.web.control.wire import JSON, answer, sent_query
from mock_idp.web.datastore.models import AccountFacts, Health
from mock_idp.web.datastore.operations import STATUS_OF
from mock_idp.web.headers import harden

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from mock_idp.provider.served_datastore import ServedDatastore

EXTENSION: Final = "leerid-datastore"
DESCRIPTION: Final = "/v1/openapi.json"
SERVER_ERROR: Final = 500

blueprint: Final = Blueprint("datastore", __name__)


def create_datastore_app(datastore: ServedDatastore) -> Flask:
    """Return the WSGI application that answers for a datastore."""
    app = Flask("mock_idp.web.datastore", static_folder=None)
    app.extensions[EXTENSION] = datastore
    app.register_blueprint(blueprint)
    app.register_error_handler(ControlError, answer_of)
    app.register_error_handler(HTTPException, _wrong_call)
    app.after_request(harden)
    return app


@blueprint.get("/healthz")
def health() -> Response:
    """Say that it answers."""
    return answer(Health())


@blueprint.get(DESCRIPTION)
def openapi() -> Response:
    """Serve the description of this API."""
    return Response(_document(), mimetype=JSON)


@blueprint.get("/v1/accounts/<user_name>")
def account(user_name: str) -> Response:
    """Read what is true of an account on a day."""
    datastore = cast("ServedDatastore", current_app.extensions[EXTENSION])
    facts = datastore.facts(user_name, sent_query(Question))
    if facts is None:
        message = f"No pupil signs in as {user_name!r}, or not yet on this day; `leerid-idp personas` lists some."
        return answer(ErrorBody(error="unknown_account", message=message, problems=[]), STATUS_OF["unknown_account"])
    return answer(AccountFacts(facts))


def document_file() -> Traversable:
    """Return the place of the committed description."""
    return files("mock_idp.web.datastore") / "openapi.json"


@cache
def _document() -> str:
    return document_file().read_text("utf-8")


def _wrong_call(error: HTTPException) -> Response:
    status = error.code or SERVER_ERROR
    message = f"{error.name}; see {DESCRIPTION} for what there is."
    allowed = {name: value for name, value in error.get_headers() if name == "Allow"}
    body = ErrorBody(error=error.name.lower().replace(" ", "_"), message=message, problems=[])
    return answer(body, status, allowed)
