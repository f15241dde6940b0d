"""Requests and answers as a sign-in needs them: Werkzeug's, without the work that nothing here asks for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, cast

from flask import Flask, Request, Response
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.routing import MapAdapter
from werkzeug.urls import iri_to_uri

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from wsgiref.types import StartResponse, WSGIEnvironment

    Headers = tuple[tuple[str, str], ...]

PLAIN: Final = re.compile(r"[A-Za-z0-9:/?&=%._~+#-]*")
"""An address that is a URI as it is."""


class Whole(Response):
    """An answer that is whole when it is made, and is sent so: headers are neither copied nor completed.

    `beside`: headers that every answer of its kind has.
    """

    beside: Headers = ()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Send it."""
        if environ["REQUEST_METHOD"] == "HEAD":
            self.headers.extend(self.beside)
            return super().__call__(environ, start_response)
        start_response(self.status, [*self.headers, *self.beside])
        return cast("list[bytes]", self.response)  # it was made of a whole text


class Parameters(ImmutableMultiDict[str, str]):
    """Parameters of a request; asking for one that was not sent raises nothing inside."""

    # Werkzeug's has several signatures, and calls an argument `type`.
    def get(self, key: str, default: Any = None, type: Any = None) -> Any:  # type: ignore[override]  # noqa: A002
        """Return the first value of a parameter."""
        return super().get(key, default, type) if key in self else default


class Asked(Request):
    """A request."""

    parameter_storage_class = Parameters
    dict_storage_class = Parameters


class Testbed(Flask):
    """Flask for one host: which one was asked decides nothing, so addresses are matched by their path alone."""

    request_class = Asked

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function: none of ours is a coroutine."""
        return func

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """Return what finds the view of a request."""
        if request is None:
            return None
        environ = request.environ
        path = environ.get("PATH_INFO", "").encode("latin-1").decode(errors="replace")
        return MapAdapter(
            map=self.url_map,
            server_name=request.host.lower(),
            script_name=request.root_path or "/",
            subdomain="",
            url_scheme=request.scheme,
            path_info=path or "/",
            default_method=request.method,
            query_args=environ.get("QUERY_STRING", ""),
        )


def as_uri(address: str) -> str:
    """Return an address as a header can hold it."""
    return address if PLAIN.fullmatch(address) else iri_to_uri(address)
