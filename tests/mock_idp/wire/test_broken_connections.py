"""What a client finds when an answer is late, breaks off or never comes: seen on a real connection."""

from __future__ import annotations

import socket
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx
import pytest

from mock_idp.faults.transport import DRIP_S
from mock_idp.settings import Settings
from mock_idp.web import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from laboratory import Laboratory

DISCOVERY = "/op/.well-known/openid-configuration"
HONEST = 200


@contextmanager
def armed(mock: str, **things: list[str]) -> Iterator[None]:
    """Let a stage bend the whole issuer until the end of the block."""
    stage = httpx.post(f"{mock}/control/v1/stages", json=things).raise_for_status().json()["id"]
    try:
        yield
    finally:
        httpx.delete(f"{mock}/control/v1/stages/{stage}").raise_for_status()


def told(mock: str) -> bytes:
    """Return everything that comes before the connection ends, headers included."""
    parts = urlsplit(mock)
    with socket.create_connection((parts.hostname, parts.port), timeout=5) as connection:
        connection.sendall(f"GET {DISCOVERY} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode())
        return b"".join(iter(lambda: connection.recv(65536), b""))


@pytest.mark.parametrize("way", ["dropped", "truncated"])
def test_a_broken_answer_is_an_error_of_the_connection(laboratory: Laboratory, way: str) -> None:
    with armed(laboratory.mock, faults=[f"transport.discovery-{way}"]), pytest.raises(httpx.RemoteProtocolError):
        httpx.get(f"{laboratory.mock}{DISCOVERY}")

    assert httpx.get(f"{laboratory.mock}{DISCOVERY}").status_code == HONEST


def test_the_connection_is_closed_at_once_not_kept_open(laboratory: Laboratory) -> None:
    with armed(laboratory.mock, faults=["transport.discovery-dropped"]):
        began = time.monotonic()
        assert b"authorization_endpoint" not in told(laboratory.mock)
        assert time.monotonic() - began < 2


def test_others_are_answered_while_one_waits(laboratory: Laboratory) -> None:
    with armed(laboratory.mock, circumstances=["transport.discovery-slow"]), httpx.Client() as client:
        request = client.build_request("GET", f"{laboratory.mock}{DISCOVERY}", extensions={"timeout": {"read": 0.2}})
        with pytest.raises(httpx.ReadTimeout):
            client.send(request)
        began = time.monotonic()
        assert httpx.get(f"{laboratory.mock}/op/v1/keys").status_code == HONEST
        assert time.monotonic() - began < 1.5


def test_an_answer_comes_bit_by_bit_and_stops_when_nobody_listens_any_more(laboratory: Laboratory) -> None:
    with armed(laboratory.mock, faults=["transport.discovery-dripping"]), httpx.Client() as client:
        began, pieces = time.monotonic(), 0
        with client.stream("GET", f"{laboratory.mock}{DISCOVERY}") as answer:
            promised = int(answer.headers["Content-Length"])
            for piece in answer.iter_raw():
                pieces += 1
                assert len(piece) * 40 < promised, "a few percent at a time"
                if time.monotonic() - began > 1:
                    break
        assert pieces in range(2, 8)
        for _ in range(8):  # more than the mock answers at the same time
            assert httpx.get(f"{laboratory.mock}/op/v1/keys").status_code == HONEST


def test_nothing_is_missing_of_an_answer_that_came_bit_by_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    app = create_app(Settings())
    client = app.test_client()
    honest = client.get(DISCOVERY)
    stage = client.post("/control/v1/stages", json={"faults": ["transport.discovery-dripping"]})

    answer = client.get(DISCOVERY)

    assert stage.status_code == 201
    assert (answer.status_code, answer.get_json()) == (HONEST, honest.get_json())
    assert int(answer.headers["Content-Length"]) == len(honest.data)
    assert sum(slept) == pytest.approx(DRIP_S, rel=0.05)


def test_a_redirect_leads_to_another_host_where_a_trap_lies(laboratory: Laboratory) -> None:
    with armed(laboratory.mock, faults=["transport.discovery-redirected"]):
        answer = httpx.get(f"{laboratory.mock}{DISCOVERY}")
        bait = httpx.get(answer.headers["Location"]).json()

    assert urlsplit(answer.headers["Location"]).hostname != urlsplit(laboratory.mock).hostname
    assert bait["issuer"] == f"{laboratory.mock}/op"
    assert bait["token_endpoint"].startswith(answer.headers["Location"].removesuffix("/discovery"))
