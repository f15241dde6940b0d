"""The description of the datastore is complete, derived, and true."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from mock_idp.web.datastore import document
from mock_idp.web.datastore.app import document_file
from mock_idp.web.datastore.operations import OPERATIONS

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from mock_idp.web.datastore.operations import Operation

from_flask = re.compile(r"<(\w+)>")


def test_the_committed_document_is_what_the_models_say() -> None:
    assert document_file().read_text("utf-8") == document.text(), (
        "Write it again: python -m mock_idp.web.datastore.document"
    )


def test_the_committed_document_is_served(asked: FlaskClient) -> None:
    answer = asked.get("/v1/openapi.json")

    assert answer.get_json() == document.document()
    assert answer.mimetype == "application/json"


def test_every_route_is_described_and_every_description_has_a_route(asked: FlaskClient) -> None:
    routes = {from_flask.sub(r"{\1}", rule.rule) for rule in asked.application.url_map.iter_rules()}

    assert routes == set(document.document()["paths"])


@pytest.mark.parametrize("operation", [each for each in OPERATIONS if each.told], ids=lambda each: each.name)
def test_every_example_fits_its_model(operation: Operation) -> None:
    assert operation.told
    assert operation.told.model_validate(operation.example)


def test_neither_a_password_nor_a_national_number_has_a_place_in_it() -> None:
    members = {name for schema in document.document()["components"]["schemas"].values() for name in _members(schema)}

    assert "leer_id_uuid" in members
    assert not members & {"password", "insz", "rrn", "bis", "number", "national_number", "sex"}


def _members(schema: dict[str, object]) -> set[str]:
    properties = schema.get("properties", {})
    assert isinstance(properties, dict)
    return set(properties)
