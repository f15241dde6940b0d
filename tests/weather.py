"""The storm of benchmarks/storm against an application in this process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from benchmarks.storm.asked import Answered
from benchmarks.storm.grammar import Material

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from benchmarks.storm.asked import Asked

REDIRECT_URI: Final = "http://127.0.0.1:9200/callback"
SIGNED_OUT: Final = "http://127.0.0.1:9200/signed-out"
SECRET: Final = "s3cret-of-the-storm"


def storming(client_id: str) -> Material:
    """Return the client of a storm."""
    return Material(client_id=client_id, client_secret=SECRET, redirect_uri=REDIRECT_URI, signed_out_uri=SIGNED_OUT)


def sending(app: Flask) -> Callable[[Asked], Answered]:
    """Return what sends a request into an application, without keeping cookies."""
    browser = app.test_client(use_cookies=False)

    def send(asked: Asked) -> Answered:
        answer = browser.open(
            path=asked.path,
            query_string=asked.query,
            method=asked.method,
            headers=list(asked.headers),
            data=asked.body,
            buffered=True,
        )
        cookies = tuple(line.partition(";")[0].partition("=")[::2] for line in answer.headers.getlist("Set-Cookie"))
        headers = {name.lower(): value for name, value in answer.headers}
        return Answered(status=answer.status_code, headers=headers, body=answer.data, cookies=cookies)

    return send
