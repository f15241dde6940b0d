"""A little web server on a free port of loopback: a table from path to answer."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

Answer = tuple[int, Any, dict[str, str]]


@dataclass
class LittleServer:
    """Where it is, and what it was asked: method, path, body."""

    url: str = ""
    asked: list[tuple[str, str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)


def page(html: str, status: int = 200, **headers: str) -> Answer:
    return status, html, {"Content-Type": "text/html; charset=utf-8", **headers}


def to(location: str) -> Answer:
    return 302, "", {"Location": location}


@contextmanager
def serve(table: Mapping[str, Answer | Any], host: str = "127.0.0.1") -> Iterator[LittleServer]:
    """Serve `table`; keys are `METHOD path` or `path`, what is no triple is sent as JSON."""
    about = LittleServer()

    class Handler(BaseHTTPRequestHandler):
        def handle_any(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            path = self.path.partition("?")[0]
            about.asked.append((self.command, self.path, body))
            about.headers.append(dict(self.headers))
            answer = table.get(f"{self.command} {path}", table.get(path, (404, "", {})))
            answer = answer if isinstance(answer, tuple) else (200, answer, {})
            self.send(*answer)

        def send(self, status: int, content: Any, headers: dict[str, str]) -> None:
            data = content if isinstance(content, str) else json.dumps(content)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data.encode())

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the name in the standard library
            """Stay silent."""

        do_GET = do_POST = do_PUT = do_DELETE = handle_any  # noqa: N815  names that the standard library calls

    server = ThreadingHTTPServer((host, 0), Handler)
    about.url = f"http://{'localhost' if host == 'localhost' else host}:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield about
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
