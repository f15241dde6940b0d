"""How much of an answer is read, and for how long: on real connections, with answers made slow or long."""

from __future__ import annotations

import gzip
import json
import socket
import time
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING

import pytest
import requests
from honest_provider import Answer
from requests.exceptions import ConnectionError as NoConnection
from requests.exceptions import ReadTimeout, RequestException

from relying_party.defects.responses import FOR_EVER, slow_answers_waited_for
from relying_party.signin.rules import SOUND
from relying_party.signin.transport import LimitedAdapter, Limits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from browsing import Browser
    from conftest import OpenBrowser
    from honest_provider import HonestProvider

SHORT = Limits(seconds=0.5, bytes=1000)
HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
CHUNKED = "Transfer-Encoding: chunked\r\n\r\n"
A_WHILE_S = 0.1
LONG_AFTER_S = 10


def length(body: bytes) -> str:
    return f"Content-Length: {len(body)}\r\n\r\n"


@contextmanager
def answering(pieces: Sequence[bytes], every_s: float) -> Iterator[str]:
    """A server that answers one request with these pieces, one by one, and then closes the connection."""

    def answer() -> None:
        connection, _ = server.accept()
        with connection:
            connection.recv(65536)
            try:
                for piece in pieces:
                    connection.sendall(piece)
                    time.sleep(every_s)
            except OSError:
                return  # nobody listens any more

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = Thread(target=answer, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"
        thread.join(LONG_AFTER_S)


def read(pieces: Sequence[bytes], *, every_s: float = 0.0, limits: Limits = SHORT) -> bytes:
    """What a session reads of them."""
    with answering(pieces, every_s) as url, requests.Session() as session:
        session.trust_env = False
        session.mount("http://", LimitedAdapter(limits))
        return session.get(url, timeout=5).content


@pytest.mark.parametrize(
    "pieces",
    [
        [f"{HEAD}{length(b'{}')}".encode(), b"{", b"}"],
        [f"{HEAD}{CHUNKED}".encode(), b"1\r\n{\r\n", b"1\r\n}\r\n", b"0\r\n\r\n"],
        [f"{HEAD}\r\n".encode(), b"{", b"}"],
    ],
    ids=["length", "chunks", "until-closed"],
)
def test_an_answer_in_a_few_pieces_is_read_whole(pieces: list[bytes]) -> None:
    assert read(pieces, every_s=0.02) == b"{}"


def test_an_empty_answer_is_empty() -> None:
    assert read([f"{HEAD}{length(b'')}".encode()]) == b""


def test_what_comes_compressed_was_not_asked_for_and_stays_as_it_is() -> None:
    packed = gzip.compress(b"{}")
    assert read([f"{HEAD}Content-Encoding: gzip\r\n{length(packed)}".encode(), packed]) == packed


def test_nobody_is_asked_to_compress(browser: Browser, provider: HonestProvider) -> None:
    assert browser.sign_in().signed_in
    endpoints = (".well-known/openid-configuration", "keys", "token", "userinfo")
    assert {provider.headers(each)["Accept-Encoding"] for each in endpoints} == {"identity"}


@pytest.mark.parametrize(
    "head",
    [
        f"{HEAD}{length(b'x' * 100)}",
        f"{HEAD}\r\n",
        f"{HEAD}Content-Encoding: gzip\r\n\r\n",
    ],
    ids=["length", "until-closed", "compressed"],
)
def test_an_answer_that_comes_bit_by_bit_is_given_up_when_its_time_is_over(head: str) -> None:
    began = time.monotonic()
    slow = gzip.compress(bytes(range(100)))[:100]  # a decompressor says nothing before much of it has come
    with pytest.raises(ReadTimeout):
        read([head.encode(), *(bytes([each]) for each in slow)], every_s=A_WHILE_S)
    assert time.monotonic() - began < LONG_AFTER_S / 2


@pytest.mark.parametrize(("size", "is_read"), [(1000, True), (1001, False)])
def test_an_answer_may_be_so_long_and_no_longer(size: int, is_read: bool) -> None:  # noqa: FBT001  a table
    body = b" " * size
    pieces = [f"{HEAD}{length(body)}".encode(), body]
    if is_read:
        assert read(pieces) == body
    else:
        with pytest.raises(NoConnection, match="longer than 1000 bytes"):
            read(pieces)


@pytest.mark.parametrize(
    "pieces",
    [
        [f"{HEAD}{length(b'{}')}".encode(), b"{"],
        [f"{HEAD}{CHUNKED}".encode(), b"5\r\n{"],
        [b"no HTTP at all\r\n\r\n"],
        [b""],
    ],
    ids=["length", "chunks", "not-http", "nothing"],
)
def test_an_answer_that_breaks_off_or_is_none_is_an_error_that_callers_know(pieces: list[bytes]) -> None:
    with pytest.raises(RequestException):
        read(pieces)


def test_the_sound_application_waits_as_long_as_ordinary_providers_need() -> None:
    limits = SOUND.answer_limits()
    assert (limits.seconds, limits.bytes) == (5, 1_000_000)


@pytest.mark.parametrize(("padding", "is_signed_in"), [(900_000, True), (1_000_000, False)])
@pytest.mark.parametrize("endpoint", [".well-known/openid-configuration", "keys", "userinfo"])
def test_what_an_endpoint_says_too_much_of_is_not_believed(
    browser: Browser,
    provider: HonestProvider,
    endpoint: str,
    padding: int,
    is_signed_in: bool,  # noqa: FBT001  a table
) -> None:
    told = json.dumps(provider.answer(f"/op/v1/{endpoint}", {}).body)
    provider.answers[endpoint] = Answer(f"{told}{' ' * padding}")
    outcome = browser.sign_in()
    assert outcome.signed_in == is_signed_in
    assert is_signed_in or outcome.reason == "provider-unavailable"


def test_the_defect_waits_for_ever_and_keeps_the_limit_of_size(open_browser: OpenBrowser) -> None:
    assert open_browser(defect="slow-answers-waited-for").sign_in().signed_in
    assert slow_answers_waited_for() == Limits(seconds=FOR_EVER, bytes=SOUND.answer_limits().bytes)
