"""A datastore somewhere else that is away, slow, or talks nonsense: each is told as away, with the reason."""

from __future__ import annotations

import socket
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from little_server import page, serve, to

from mock_idp.domain.datastore import DatastoreAwayError, Enquiry
from mock_idp.provider.remote_datastore import RemoteDatastore
from mock_idp.web.datastore.operations import FACTS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from little_server import LittleServer

PATH = "/v1/accounts/noor"
ENQUIRY = Enquiry(user_name="noor", day=date(2026, 11, 23), known_on=date(2026, 11, 23))


@pytest.fixture
def away() -> Iterator[Any]:
    """Ask a datastore, and give the reason why it counts as away."""

    def reason(url: str, **patience: float) -> str:
        remote = RemoteDatastore(url, **patience)
        with pytest.raises(DatastoreAwayError) as raised:
            remote.facts(ENQUIRY)
        remote.close()
        assert url in str(raised.value)
        return str(raised.value)

    return reason


def answering(answer: Any) -> AbstractContextManager[LittleServer]:
    return serve({PATH: answer})


def test_an_answer_that_can_be_read_is_believed() -> None:
    with answering(FACTS) as server:
        remote = RemoteDatastore(f"{server.url}/")
        facts = remote.facts(ENQUIRY)
        remote.close()
    assert facts
    assert facts.account_uuid == FACTS["account_uuid"]
    assert facts.enrolments[0].starts_on == date(2026, 9, 1)
    assert server.asked == [("GET", f"{PATH}?day=2026-11-23&known_on=2026-11-23", "")]


def test_a_port_where_nobody_listens_is_away(away: Any) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{probe.getsockname()[1]}"
    assert "refused" in away(url)


@pytest.mark.parametrize("url", ["http://ß☃:1", "http://1.2.3.400:1", "http://a..b:1", f"http://{'a' * 64}:1"])
def test_an_address_that_cannot_be_one_is_away(away: Any, url: str) -> None:
    assert away(url)


def test_an_answer_that_takes_too_long_is_away(away: Any) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        assert "took too long" in away(f"http://127.0.0.1:{silent.getsockname()[1]}", read_s=0.05)


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ((500, {"error": "internal_server_error"}, {}), "status 500"),
        ((503, "", {}), "status 503"),
        ((422, {"error": "invalid_values"}, {}), "status 422"),
        ((404, {"error": "not_found"}, {}), "status 404"),
        ((404, ["unknown_account"], {}), "status 404"),
        (page("<title>Nothing here</title>", 404), "status 404"),
        (to("/elsewhere"), "status 302"),
        (page("<title>Welcome</title>"), "cannot be read"),
        ([], "cannot be read"),
        ({}, "cannot be read"),
        ({**FACTS, "history": "none"}, "cannot be read"),
        ({**FACTS, "enrolments": [{"instellingsnummer": "700202"}]}, "cannot be read"),
        ({**FACTS, "account_state": "asleep"}, "cannot be read"),
    ],
)
def test_an_error_or_nonsense_is_away(away: Any, answer: Any, why: str) -> None:
    with answering(answer) as server:
        assert why in away(server.url)


def test_only_a_datastore_that_says_so_makes_an_account_unknown() -> None:
    with answering((404, {"error": "unknown_account"}, {})) as server:
        remote = RemoteDatastore(server.url)
        assert remote.facts(ENQUIRY) is None
        remote.close()
