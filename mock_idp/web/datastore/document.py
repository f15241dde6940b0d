"""The OpenAPI document of the datastore, derived from the table of operations and the models. A test compares.

Write it again with: `python -m mock_idp.web.datastore.document`
"""

from __future__ import annotations

import json
import re
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pydantic.json_schema import models_json_schema

from mock_idp.settings import VERSION
from mock_idp.web.control.errors import ErrorBody
from mock_idp.web.control.wire import JSON
from mock_idp.web.datastore.app import document_file
from mock_idp.web.datastore.operations import OPERATIONS, STATUS_OF, USER_NAME, Operation

if TYPE_CHECKING:
    from pydantic import BaseModel

Json = dict[str, Any]

DESCRIPTION: Final = (
    "What the SSO datastore knows of an account, as ACM asks it at every sign-in (protocol of 7 March 2023, article "
    "6). For testing only: every pupil is invented, how the real datastore is asked is not published, and neither "
    "passwords nor national numbers are told."
)
REF: Final = "#/components/schemas/{model}"
IN_PATH: Final[Json] = {
    "user_name": {"type": "string", "minLength": 1, "description": "In whatever case.", "examples": [USER_NAME]}
}


def document() -> Json:
    """Return the whole document."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "LeerID testbed, SSO datastore", "version": VERSION, "description": DESCRIPTION},
        "servers": [{"url": "http://localhost:9101"}],
        "paths": {each.path: {"get": _operation(each)} for each in OPERATIONS},
        "components": {"schemas": dict(sorted((_asked() | _told()).items()))},
    }


def text() -> str:
    """Return the document as it is committed."""
    return json.dumps(document(), indent=2, ensure_ascii=False) + "\n"


def _operation(operation: Operation) -> Json:
    answers = {"200": {"description": HTTPStatus.OK.phrase, "content": _content(operation.told, operation.example)}}
    answers |= {str(STATUS_OF[slug]): _refusal(slug, message) for slug, message in operation.refusals.items()}
    described: Json = {"operationId": operation.name, "summary": operation.summary, "responses": answers}
    if parameters := [*_in_path(operation.path), *_in_query(operation)]:
        described["parameters"] = parameters
    return described


def _in_path(path: str) -> list[Json]:
    names = re.findall(r"{(\w+)}", path)
    return [{"name": name, "in": "path", "required": True, "schema": IN_PATH[name]} for name in names]


def _in_query(operation: Operation) -> list[Json]:
    if operation.asks is None:
        return []
    members = operation.asks.model_json_schema(ref_template=REF)["properties"]
    return [{"name": name, "in": "query", **_described(schema)} for name, schema in members.items()]


def _described(schema: Json) -> Json:
    """Take the sentence out of a member's schema; a parameter that is absent is no null in a query."""
    own = {name: value for name, value in schema.items() if name not in {"description", "title", "anyOf", "default"}}
    shape = schema.get("anyOf", [{}])[0] | own
    told = {"default": schema["default"]} if schema.get("default") is not None else {}
    return {"description": schema["description"], "schema": shape | told}


def _refusal(slug: str, message: str) -> Json:
    example = {"error": slug, "message": message, "problems": []}
    return {"description": HTTPStatus(STATUS_OF[slug]).phrase, "content": _content(ErrorBody, example)}


def _content(model: type[BaseModel] | None, example: Any) -> Json:
    schema = {"$ref": REF.format(model=model.__name__)} if model else {"type": "object"}
    return {JSON: {"schema": schema, "example": example}}


def _asked() -> Json:
    """Return the schemas that members of a query refer to."""
    return {
        name: schema
        for each in OPERATIONS
        if each.asks
        for name, schema in each.asks.model_json_schema(ref_template=REF).get("$defs", {}).items()
    }


def _told() -> Json:
    models = {each.told for each in OPERATIONS if each.told} | {ErrorBody}
    ordered = sorted(models, key=lambda model: model.__name__)
    _, schema = models_json_schema([(model, "serialization") for model in ordered], ref_template=REF)
    definitions: Json = schema["$defs"]
    return definitions


def main() -> None:
    """Write the document to its place in the source tree."""
    Path(str(document_file())).write_text(text(), "utf-8")


if __name__ == "__main__":
    main()
