"""HTTP over one plain connection that is kept: as little work as possible, for the driver shares the machine."""

from __future__ import annotations

import socket
from typing import NamedTuple, Self
from urllib.parse import urlsplit

PATIENCE_S = 30
CHUNK = 65_536
ENDS = b"\r\n\r\n"
FORM = "application/x-www-form-urlencoded"


class WireError(RuntimeError):
    """A server answered something that a flow cannot go on with, or nothing."""


class Answer(NamedTuple):
    """An answer: `headers` by name in lower case, `cookies` those that were set, name and value."""

    status: int
    headers: dict[str, str]
    cookies: tuple[tuple[str, str], ...]
    body: bytes


class Connection:
    """One connection to one origin. Use as a context manager."""

    def __init__(self, origin: str) -> None:
        parts = urlsplit(origin)
        self._host = parts.netloc
        self._socket = socket.create_connection((parts.hostname or "", parts.port or 80), timeout=PATIENCE_S)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._rest = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def ask(self, path: str, *, form: str | None = None, headers: str = "") -> Answer:
        """Send a GET, or a POST with a form, and read the answer. `headers`: more lines, each with its line end."""
        if form is None:
            text = f"GET {path} HTTP/1.1\r\nHost: {self._host}\r\n{headers}\r\n"
        else:
            about = f"Content-Type: {FORM}\r\nContent-Length: {len(form)}\r\n"
            text = f"POST {path} HTTP/1.1\r\nHost: {self._host}\r\n{headers}{about}\r\n{form}"
        return self.say(text.encode())

    def say(self, message: bytes, *, has_body: bool = True) -> Answer:
        """Send a whole request as it is, and read the answer; one to HEAD has no body, whatever its length says."""
        self._socket.sendall(message)
        return self._answer(has_body=has_body)

    def _answer(self, *, has_body: bool) -> Answer:
        held = self._rest
        while (end := held.find(ENDS)) < 0:
            held += self._more()
        status, headers, cookies = _head(held[:end])
        length = _length(status, headers) if has_body else 0
        body = held[end + len(ENDS) :]
        while len(body) < length:
            body += self._more()
        self._rest = body[length:]
        return Answer(status, headers, cookies, body[:length])

    def _more(self) -> bytes:
        received = self._socket.recv(CHUNK)
        if not received:
            raise WireError("The server closed the connection in the middle of an answer.")
        return received


def _head(text: bytes) -> tuple[int, dict[str, str], tuple[tuple[str, str], ...]]:
    """Return status, headers and cookies."""
    first, *lines = text.decode("latin-1").split("\r\n")
    pairs = [(name.lower(), value.strip()) for name, _, value in (line.partition(":") for line in lines)]
    cookies = tuple(_cookie(value) for name, value in pairs if name == "set-cookie")
    return int(first.split(" ", 2)[1]), dict(pairs), cookies


def _cookie(line: str) -> tuple[str, str]:
    name, _, value = line.partition(";")[0].partition("=")
    return name, value


def _length(status: int, headers: dict[str, str]) -> int:
    if "content-length" in headers:
        return int(headers["content-length"])
    if status in {204, 304}:
        return 0
    raise WireError("The server answered without a length, which this small client does not read.")
