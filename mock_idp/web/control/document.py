"""The OpenAPI document, derived from the table of operations and the models. It is committed; a test compares.

Write it again with: `python -m mock_idp.web.control.document`
"""

from __future__ import annotations

import json
import re
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pydantic.json_schema import models_json_schema

from mock_idp.domain.population import Situation
from mock_idp.domain.population.search import LONGEST_TEXT
from mock_idp.settings import VERSION
from mock_idp.web.control import examples
from mock_idp.web.control.about import document_file
from mock_idp.web.control.blueprint import PREFIX
from mock_idp.web.control.errors import STATUS_OF, ErrorBody
from mock_idp.web.control.operation import Body, Operation
from mock_idp.web.control.operations import OPERATIONS
from mock_idp.web.control.wire import JSON

if TYPE_CHECKING:
    from pydantic import BaseModel

Json = dict[str, Any]

DESCRIPTION: Final = (
    "Drives the mock of ACM/LeerID: opens stages with faults, circumstances and people of their own, finds pupils, "
    "reads the journal, registers clients, rotates keys, moves the calendar. For testing only. On loopback no token is "
    "needed; a server with a control token asks for it on every call."
)
QUERY: Final[dict[str, Json]] = {
    "stage": {
        "name": "stage",
        "in": "query",
        "description": "Only the exchanges of this stage.",
        "schema": {"type": "string"},
    },
    "since": {
        "name": "since",
        "in": "query",
        "description": "Only exchanges with a higher number.",
        "schema": {"type": "integer", "minimum": 0, "maximum": 10**15 - 1, "default": 0},
    },
    "text": {
        "name": "text",
        "in": "query",
        "description": "A uuid, a user name or the beginning of one, or words of a name, of a school or of a persona.",
        "schema": {"type": "string", "maxLength": LONGEST_TEXT},
    },
    "situation": {
        "name": "situation",
        "in": "query",
        "description": "What is particular about the pupil.",
        "schema": {"type": "string", "enum": [each.value for each in Situation]},
    },
    "school": {
        "name": "school",
        "in": "query",
        "description": "The number of a school at which the pupil is, was or will be enrolled.",
        "schema": {"type": "string", "pattern": "^[0-9]{6}$"},
    },
    "issuer": {
        "name": "issuer",
        "in": "query",
        "description": "The issuer that is meant: op, or a sibling; op when left out.",
        "schema": {"type": "string", "minLength": 1},
    },
    "limit": {
        "name": "limit",
        "in": "query",
        "description": "How many at most.",
        "schema": {"type": "integer", "minimum": 1, "maximum": 200, "default": 50},
    },
    "stage_of": {
        "name": "stage",
        "in": "query",
        "description": "The stage on which they are looked at; the default one when left out.",
        "schema": {"type": "string", "minLength": 1},
    },
}
PATH: Final[dict[str, Json]] = {
    "stage_id": {"type": "string", "minLength": 1, "examples": [examples.STAGE_ID]},
    "client_id": {"type": "string", "minLength": 1, "maxLength": 200, "examples": ["leerid-rp"]},
    "key": {"type": "string", "minLength": 1, "maxLength": 100, "examples": ["sam.testleerling2"]},
    "name": {"type": "string", "pattern": "^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$", "examples": ["evil"]},
    "user_name": {"type": "string", "minLength": 1, "maxLength": 100, "examples": ["sam.testleerling2"]},
}
ALWAYS: Final = ("unauthorized", "forbidden")


def document() -> Json:
    """Return the whole document."""
    paths: dict[str, Json] = {}
    for operation in OPERATIONS:
        paths.setdefault(PREFIX + operation.path, {})[operation.method] = _operation(operation)
    return {
        "openapi": "3.1.0",
        "info": {"title": "LeerID testbed, control API", "version": VERSION, "description": DESCRIPTION},
        "servers": [{"url": "http://localhost:9100"}],
        "security": [{}, {"controlToken": []}],
        "paths": paths,
        "components": {
            "schemas": _schemas(),
            "securitySchemes": {"controlToken": {"type": "http", "scheme": "bearer"}},
        },
    }


def text() -> str:
    """Return the document as it is committed."""
    return json.dumps(document(), indent=2, ensure_ascii=False) + "\n"


def _operation(operation: Operation) -> Json:
    answers = {str(status): _answer(status, body) for status, body in operation.answers.items()}
    refusals = {str(STATUS_OF[slug]): _refusal(slug) for slug in (*operation.refusals, *ALWAYS)}
    described: Json = {
        "operationId": operation.name,
        "summary": operation.summary,
        "tags": [operation.tag],
        "responses": dict(sorted((answers | refusals).items())),
    }
    if parameters := _parameters(operation):
        described["parameters"] = parameters
    if operation.sends:
        described["requestBody"] = {"required": True, "content": _content(operation.sends)}
    return described


def _parameters(operation: Operation) -> list[Json]:
    named = re.findall(r"{(\w+)}", operation.path)
    in_path = [{"name": name, "in": "path", "required": True, "schema": PATH[name]} for name in named]
    return [*in_path, *(QUERY[name] for name in operation.query)]


def _answer(status: int, body: Body | None) -> Json:
    described: Json = {"description": HTTPStatus(status).phrase}
    if body:
        described["content"] = _content(body)
    if status == HTTPStatus.CREATED:
        described["headers"] = {"Location": {"description": "Where it can be read.", "schema": {"type": "string"}}}
    return described


def _refusal(slug: str) -> Json:
    status = HTTPStatus(STATUS_OF[slug])
    problems = examples.PROBLEMS if slug == "invalid_values" else []
    example = {"error": slug, "message": examples.MESSAGES[slug], "problems": problems}
    described: Json = {
        "description": status.phrase,
        "content": _content(Body(model=ErrorBody, example=example)),
    }
    if status == HTTPStatus.UNAUTHORIZED:
        described["headers"] = {"WWW-Authenticate": {"schema": {"type": "string"}}}
    return described


def _content(body: Body) -> Json:
    schema = {"$ref": f"#/components/schemas/{body.model.__name__}"} if body.model else {"type": "object"}
    return {JSON: {"schema": schema, "example": body.example}}


def _schemas() -> Json:
    sent = {each.sends.model for each in OPERATIONS if each.sends and each.sends.model}
    told = {body.model for each in OPERATIONS for body in each.answers.values() if body and body.model}
    schemas = _defined(sent, "validation") | _defined(told | {ErrorBody}, "serialization")
    schemas["Client"]["required"].remove("client_id")  # the path names it already
    schemas["MomentMembers"] = _without_day(schemas["MomentMembers"], schemas)
    return dict(sorted(schemas.items()))


def _without_day(union: Json, schemas: Json) -> Json:
    """Return the union of the moments with `on` left out: it is then the day of the stage."""
    kinds = [schemas[each["$ref"].rpartition("/")[2]] for each in union["oneOf"]]
    free = [{**kind, "required": [name for name in kind["required"] if name != "on"]} for kind in kinds]
    return {"title": union["title"], "description": union["description"], "type": "object", "oneOf": free}


def _defined(models: set[type[BaseModel]], mode: Any) -> Json:
    ordered = sorted(models, key=lambda model: model.__name__)
    _, schema = models_json_schema([(model, mode) for model in ordered], ref_template="#/components/schemas/{model}")
    definitions: Json = schema["$defs"]
    return definitions


def main() -> None:
    """Write the document to its place in the source tree."""
    Path(str(document_file())).write_text(text(), "utf-8")


if __name__ == "__main__":
    main()
