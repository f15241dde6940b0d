"""The handful of ways in which an answer comes, at each endpoint: one thing bent, at that endpoint only."""

from __future__ import annotations

import json
from dataclasses import fields

import pytest

from mock_idp.faults import Beside, Delivery, Fault, Kind, Seam, bend, catalogue
from mock_idp.faults.transport import ENDPOINTS, ENORMOUS, WAYS
from mock_idp.protocol.answer import Answer

TRAP = "http://127.0.0.1:9100/trap/one"
BODY = {"issuer": "http://localhost:9100/op"}
CHANGED: dict[str, set[str]] = {
    "slow": {"delay_s"},
    "dropped": {"arrives"},
    "truncated": {"arrives"},
    "web-page": {"body", "content_type"},
    "mislabelled": {"content_type"},
    "enormous": {"body"},
    "dripping": {"lasts_s"},
    "unavailable": {"status", "body", "content_type", "headers"},
    "redirected": {"status", "body", "headers"},
}
ALL = [each for each in catalogue().values() if each.seam == Seam.TRANSPORT]


def parts(fault: Fault) -> tuple[str, str]:
    """Return the endpoint and the way of a fault."""
    endpoint, _, way = fault.id.removeprefix("transport.").partition("-")
    return endpoint, way


def changed(before: Delivery, after: Delivery) -> set[str]:
    """Return the names of the members that differ, those of the answer by their own."""
    pairs = ((before, after, Delivery), (before.answer, after.answer, Answer))
    names = {
        f.name for one, other, kind in pairs for f in fields(kind) if getattr(one, f.name) != getattr(other, f.name)
    }
    return names - {"answer"}


def honest(endpoint: str) -> Delivery:
    return Delivery(endpoint=endpoint, answer=Answer(body=BODY))


def bent(endpoint: str, way: str) -> Answer:
    delivery, _ = bend(Seam.TRANSPORT, honest(endpoint), [f"transport.{endpoint}-{way}"], Beside(trap=lambda: TRAP))
    assert isinstance(delivery, Delivery)
    return delivery.answer


def test_every_way_comes_at_every_endpoint() -> None:
    ways = [way.bend.__name__.replace("_", "-") for way in WAYS]

    assert ways == list(CHANGED)
    assert {each.id for each in ALL} == {f"transport.{endpoint}-{way}" for endpoint in ENDPOINTS for way in ways}


@pytest.mark.parametrize("fault", ALL, ids=lambda fault: fault.id)
def test_it_changes_one_thing_at_its_endpoint_and_nothing_elsewhere(fault: Fault) -> None:
    here, way = parts(fault)
    delivery = honest(here)

    after, fired = bend(Seam.TRANSPORT, delivery, [fault.id], Beside(trap=lambda: TRAP))

    assert delivery == honest(here), "the payload that went in was touched"
    assert changed(delivery, after) == CHANGED[way]
    assert fired == (fault.id,)
    for other in {*ENDPOINTS, "introspection"} - {here}:
        assert bend(Seam.TRANSPORT, honest(other), [fault.id], Beside(trap=lambda: TRAP)) == (honest(other), ())


@pytest.mark.parametrize("fault", ALL, ids=lambda fault: fault.id)
def test_its_sentence_names_its_endpoint(fault: Fault) -> None:
    assert f" {parts(fault)[0]} endpoint" in fault.sentence
    assert fault.kind == (Kind.CIRCUMSTANCE if parts(fault)[1] == "slow" else Kind.FAULT)


def test_a_redirect_leads_to_the_trap_with_the_whole_request() -> None:
    answer = bent("token", "redirected")

    assert (answer.status, answer.headers) == (307, {"Location": f"{TRAP}/token"})


def test_an_overloaded_endpoint_says_when_to_come_back() -> None:
    answer = bent("token", "unavailable")

    assert (answer.status, answer.headers) == (503, {"Retry-After": "30"})


def test_an_enormous_answer_can_be_read_by_whoever_has_the_memory() -> None:
    body = bent("discovery", "enormous").body

    assert isinstance(body, str)
    assert len(body) > ENORMOUS
    assert json.loads(body) == BODY
