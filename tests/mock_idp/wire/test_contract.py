"""Every endpoint keeps to its description: schemathesis over the main issuer and a sibling, always the same."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import schemathesis
from contract_checks import CHECKS, bounded
from hypothesis import given
from hypothesis.strategies import booleans
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection
from small_application import REDIRECT_URI
from wire_description import ENDPOINTS, Endpoint, document

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from schemathesis import Case
    from schemathesis.schemas import BaseSchema

    from mock_idp.provider import Provider

KEPT = [each for each in CHECKS if each is not negative_data_rejection]  # protocols forgive parameters they do not know
BOUNDED = bounded(12)
KNOWN = {"client_id": "anybody", "redirect_uri": REDIRECT_URI, "response_type": "code", "scope": "openid"}


@pytest.fixture(scope="module", params=["/op", "/i/evil/op"])
def issuer(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def description(issuer: str) -> BaseSchema:
    """The description of an issuer, read once."""
    return schemathesis.openapi.from_dict({**document(), "servers": [{"url": issuer}]})


@pytest.fixture
def described(browser: FlaskClient, provider: Provider, description: BaseSchema) -> BaseSchema:
    provider.issuers.open("evil")
    description.app = browser.application
    return description.clone()  # operations that were looked up keep their application


@pytest.mark.parametrize(
    ("endpoint", "mode"),
    [(each, mode) for mode in GenerationMode for each in ENDPOINTS if mode.is_positive or each.takes],
    ids=lambda value: getattr(value, "name", ""),
)
def test_the_endpoint_keeps_to_its_description(
    described: BaseSchema, browser: FlaskClient, endpoint: Endpoint, mode: GenerationMode, issuer: str
) -> None:
    strategy = described[endpoint.path][endpoint.method].as_strategy(generation_mode=mode)

    @BOUNDED
    @given(case=strategy, is_nearly_right=booleans())
    def keeps_to_it(case: Case, *, is_nearly_right: bool) -> None:
        if is_nearly_right and case.path_parameters:
            page = browser.get(f"{issuer}/v1/auth", query_string={**KNOWN, "prompt": "login"}).location
            case.path_parameters["page"] = page.rpartition("/")[2]
        if is_nearly_right and "redirect_uri" in endpoint.takes and endpoint.method == "GET":
            case.query = {**(case.query or {}), **KNOWN}
        case.call_and_validate(checks=KEPT)

    keeps_to_it()


def test_every_endpoint_of_an_issuer_is_described(browser: FlaskClient) -> None:
    rules = [rule for rule in browser.application.url_map.iter_rules() if rule.rule.startswith("/op/")]
    paths = {re.sub(r"<\w+>", "{page}", rule.rule.removeprefix("/op")) for rule in rules}
    assert paths == {each.path for each in ENDPOINTS}
