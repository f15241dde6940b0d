"""The datastore keeps to its own description: schemathesis over the application, bounded and always the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import schemathesis
from contract_checks import CHECKS, bounded
from hypothesis import given
from hypothesis.strategies import booleans
from schemathesis import GenerationMode

from mock_idp.domain.people.personas import read_personas
from mock_idp.web.datastore.document import document
from mock_idp.web.datastore.operations import OPERATIONS

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from schemathesis import Case
    from schemathesis.schemas import BaseSchema

    from mock_idp.domain.clock import SettableClock
    from mock_idp.web.datastore.operations import Operation

BOUNDED = bounded(40)


@pytest.fixture
def described(asked: FlaskClient) -> BaseSchema:
    schema = schemathesis.openapi.from_dict(document())
    schema.app = asked.application
    return schema


@pytest.mark.parametrize(
    ("operation", "mode"),
    [(each, mode) for mode in GenerationMode for each in OPERATIONS if mode.is_positive or each.asks],
    ids=lambda value: getattr(value, "name", ""),
)
def test_the_datastore_keeps_to_its_description(
    described: BaseSchema, clock: SettableClock, operation: Operation, mode: GenerationMode
) -> None:
    known = read_personas(anchor=clock.now().date()).all()[0].user_name
    strategy = described[operation.path]["GET"].as_strategy(generation_mode=mode)

    @BOUNDED
    @given(case=strategy, of_somebody_known=booleans())
    def keeps_to_it(case: Case, *, of_somebody_known: bool) -> None:
        if of_somebody_known:
            case.path_parameters.update(dict.fromkeys(case.path_parameters, known))
        case.call_and_validate(checks=CHECKS)

    keeps_to_it()
