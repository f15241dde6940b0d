"""Faults of transport: how an answer is handed over, not what it says. The same handful for each endpoint.

Sign-out is not among them: there the browser asks, and no application hears of it. A server behind WSGI cannot reset a
connection; it can promise a length and end early, and the application finds the connection closed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import wraps
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from mock_idp.faults.material import WEB_PAGE
from mock_idp.faults.registry import circumstance, fault
from mock_idp.faults.seam import Delivery, Seam
from mock_idp.protocol.answer import Answer

if TYPE_CHECKING:
    from collections.abc import Callable

SLOW_S = 2.0
DRIP_S: Final = 20.0
"""Seconds: a guess of how long nobody waits. The one public application of which a limit is known waits five."""
ENORMOUS: Final = 8_000_000
"""Characters; a thousand times what any of these answers needs."""
HTML: Final = "text/html; charset=utf-8"
ENDPOINTS: Final = ("discovery", "jwks", "token", "userinfo")


def slow(delivery: Delivery) -> Delivery:
    """The {} endpoint takes two seconds to answer."""
    return replace(delivery, delay_s=SLOW_S)


def dropped(delivery: Delivery) -> Delivery:
    """The connection to the {} endpoint ends before an answer has come."""
    return replace(delivery, arrives=0.0)


def truncated(delivery: Delivery) -> Delivery:
    """The answer of the {} endpoint breaks off halfway."""
    return replace(delivery, arrives=0.5)


def web_page(delivery: Delivery) -> Delivery:
    """The {} endpoint answers with a web page."""
    return _with(delivery, body=WEB_PAGE, content_type=HTML)


def mislabelled(delivery: Delivery) -> Delivery:
    """The {} endpoint calls its answer a web page, though it is JSON."""
    return _with(delivery, content_type=HTML)


def enormous(delivery: Delivery) -> Delivery:
    """The answer of the {} endpoint is eight million characters long."""
    body = delivery.answer.body
    text = body if isinstance(body, str) else json.dumps(body)
    return _with(delivery, body=text + " " * ENORMOUS)


def dripping(delivery: Delivery) -> Delivery:
    """The answer of the {} endpoint comes bit by bit, for twenty seconds."""
    return replace(delivery, lasts_s=DRIP_S)


def unavailable(delivery: Delivery) -> Delivery:
    """The {} endpoint is overloaded and says when to come back."""
    answer = Answer(status=HTTPStatus.SERVICE_UNAVAILABLE, body=WEB_PAGE, content_type=HTML)
    return replace(delivery, answer=replace(answer, headers={"Retry-After": "30"}))


def redirected(delivery: Delivery, trap: str) -> Delivery:
    """The {} endpoint sends the application on to another host."""
    address = {"Location": f"{trap}/{delivery.endpoint}"}
    return replace(delivery, answer=Answer(status=HTTPStatus.TEMPORARY_REDIRECT, body="", headers=address))


def _with(delivery: Delivery, **changes: Any) -> Delivery:
    return replace(delivery, answer=replace(delivery.answer, **changes))


@dataclass(frozen=True, kw_only=True)
class Way:
    """One way in which an answer comes. `cited`: a requirement for each of `ENDPOINTS`."""

    bend: Callable[..., Delivery]
    cited: tuple[str, ...]


WAYS: Final = tuple(
    Way(bend=bend, cited=tuple(cited))
    for bend, *cited in (
        # discovery, jwks, token, userinfo
        (slow, "DIS-16", "KEY-11", "TOK-04", "UIN-06"),
        (dropped, "DIS-13", "KEY-11", "TOK-04", "UIN-06"),
        (truncated, "DIS-14", "KEY-11", "TOK-04", "UIN-06"),
        (web_page, "DIS-14", "KEY-11", "TOK-05", "UIN-06"),
        (mislabelled, "DIS-14", "KEY-11", "TOK-05", "UIN-06"),
        (enormous, "DIS-16", "KEY-11", "TOK-04", "UIN-06"),
        (dripping, "DIS-16", "KEY-11", "TOK-04", "UIN-06"),
        (unavailable, "DIS-13", "KEY-11", "TOK-03", "UIN-06"),
        (redirected, "DIS-15", "DIS-15", "TOK-12", "TOK-12"),
    )
)
UNUSUAL: Final = frozenset({slow})
"""What a provider may do; every other way is a fault."""


def _at(endpoint: str, way: Callable[..., Delivery]) -> Callable[..., Delivery]:
    """Return the way, bending at one endpoint only, under a name and a sentence of its own."""

    @wraps(way)
    def bend(delivery: Delivery, *trap: str) -> Delivery:
        return way(delivery, *trap) if delivery.endpoint == endpoint else delivery

    bend.__name__ = f"{endpoint}_{way.__name__}"
    bend.__doc__ = (way.__doc__ or "").format(endpoint)
    return bend


for _way in WAYS:
    _register = circumstance if _way.bend in UNUSUAL else fault
    for _endpoint, _cited in zip(ENDPOINTS, _way.cited, strict=True):
        _register(Seam.TRANSPORT, requirements=[_cited])(_at(_endpoint, _way.bend))
