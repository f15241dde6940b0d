"""A generated request as a value, the same for a served mock and for its application in this process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

FORM: Final = "application/x-www-form-urlencoded"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A request. `query` and `body` are encoded already; `state` is what an answer at the application must echo."""

    endpoint: str
    method: str = "GET"
    path: str = "/"
    query: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None
    state: str | None = None

    @property
    def target(self) -> str:
        """The path with its query."""
        return f"{self.path}?{self.query}" if self.query else self.path

    def message(self, host: str) -> bytes:
        """Return the request as HTTP/1.1 writes it."""
        length = () if self.body is None else (("Content-Length", str(len(self.body))),)
        headers = [("Host", host), *self.headers, *length]
        lines = [f"{self.method} {self.target} HTTP/1.1", *(f"{name}: {value}" for name, value in headers), "", ""]
        return "\r\n".join(lines).encode("latin-1") + (self.body or b"")


@dataclass(frozen=True, kw_only=True)
class Answered:
    """An answer. `headers`: by name in lower case; `cookies`: those that were set."""

    status: int
    headers: dict[str, str]
    body: bytes
    cookies: tuple[tuple[str, str], ...] = ()

    @property
    def location(self) -> str:
        """Where it leads, empty for nowhere."""
        return self.headers.get("location", "")
