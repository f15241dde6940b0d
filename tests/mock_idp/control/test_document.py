"""The description of the API is complete, derived, and true."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from mock_idp.web.control import document
from mock_idp.web.control.operations import OPERATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.testing import FlaskClient

    from mock_idp.web.control.operation import Body

from_flask = re.compile(r"<(\w+)>")


def bodies() -> Iterator[tuple[str, Body]]:
    for operation in OPERATIONS:
        if operation.sends:
            yield f"{operation.name}-sent", operation.sends
        for status, body in operation.answers.items():
            if body and body.model:
                yield f"{operation.name}-{status}", body


def test_the_committed_document_is_what_the_models_say() -> None:
    assert document.document_file().read_text("utf-8") == document.text(), (
        "Write it again: python -m mock_idp.web.control.document"
    )


def test_the_committed_document_is_served(control: FlaskClient) -> None:
    answer = control.get("/control/v1/openapi.json")

    assert answer.get_json() == document.document()
    assert answer.mimetype == "application/json"


def test_every_route_is_described_and_every_description_has_a_route(control: FlaskClient) -> None:
    rules = [rule for rule in control.application.url_map.iter_rules() if rule.endpoint.startswith("control.")]
    routes = {
        (from_flask.sub(r"{\1}", rule.rule), method.lower())
        for rule in rules
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    described = {(path, method) for path, item in document.document()["paths"].items() for method in item}

    assert routes == described


@pytest.mark.parametrize("body", [body for _, body in bodies()], ids=[name for name, _ in bodies()])
def test_every_example_fits_its_model(body: Body) -> None:
    context = {"personas": ["secondary-pupil"]}

    assert body.model
    assert body.model.model_validate(body.example, strict=False, context=context)
