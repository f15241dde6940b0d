"""The server keeps to its own description: schemathesis over the application, bounded and always the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import schemathesis
from contract_checks import CHECKS, bounded
from hypothesis import given
from hypothesis.strategies import booleans
from schemathesis import GenerationMode

from mock_idp.web.control import examples
from mock_idp.web.control.document import document
from mock_idp.web.control.operations import OPERATIONS

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from schemathesis import Case
    from schemathesis.schemas import BaseSchema

    from mock_idp.provider.composition import Provider
    from mock_idp.web.control.operation import Operation

KNOWN = {
    "stage_id": "default",
    "client_id": "leerid-rp",
    "user_name": "sam.testleerling2",
    "name": "op",
    "key": "sam.testleerling2",
}
BOUNDED = bounded(12)


@pytest.fixture(scope="module")
def description() -> BaseSchema:
    """The description, read once: deriving it from the models takes longer than a test."""
    return schemathesis.openapi.from_dict(document())


@pytest.fixture
def described(control: FlaskClient, provider: Provider, description: BaseSchema) -> BaseSchema:
    control.put("/control/v1/clients/leerid-rp", json=examples.CLIENT_REGISTRATION)
    control.post("/control/v1/stages/default/people", json=examples.PERSON_MEMBERS)
    entry = provider.journal.begin("token", "POST", "default")
    entry.request = {"code": "synthetic-code", "client_assertion": {"header": {"alg": "RS256"}, "claims": {}}}
    entry.id_token = lambda: {"header": {"alg": "RS256"}, "claims": {"sub": "synthetic"}}
    entry.finish(200, {"access_token": "synthetic-token", "expires_in": 3600})
    description.app = control.application
    return description.clone()  # operations that were looked up keep their application


@pytest.mark.parametrize(
    ("operation", "mode"),
    [(each, mode) for mode in GenerationMode for each in OPERATIONS if mode.is_positive or each.sends or each.query],
    ids=lambda value: getattr(value, "name", ""),
)
def test_the_server_keeps_to_its_description(described: BaseSchema, operation: Operation, mode: GenerationMode) -> None:
    strategy = described[f"/control/v1{operation.path}"][operation.method].as_strategy(generation_mode=mode)

    @BOUNDED
    @given(case=strategy, of_something_known=booleans())
    def keeps_to_it(case: Case, *, of_something_known: bool) -> None:
        if of_something_known:
            case.path_parameters.update({name: KNOWN[name] for name in case.path_parameters})
        case.call_and_validate(checks=CHECKS)

    keeps_to_it()
