"""Requests from the wire as values: parameters, stage, and what the journal writes down of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import g, request

from mock_idp.protocol.authentication import claimed_client_id, method_in_words
from mock_idp.protocol.wire import WireRequest
from mock_idp.state.stages import COOKIE_NAME
from mock_idp.web.current import current_provider

if TYPE_CHECKING:
    from mock_idp.journal import Entry
    from mock_idp.protocol.wire import AcmRequest
    from mock_idp.provider.composition import Arrival


def arrived() -> Arrival:
    """Return the stage that the browser's cookie names."""
    return current_provider().arrival(request.cookies.get(COOKIE_NAME))


def wire_request(stage_id: str, flow: str | None = None) -> WireRequest:
    """Return the request with the parameters of its query and form."""
    form = request.form.items(multi=True) if request.content_type else ()  # without a type there is none to be read
    return _wire((*request.args.items(multi=True), *form), stage_id, flow)


def form_request(stage_id: str, flow: str | None = None) -> WireRequest:
    """Return the request with the parameters of its form only."""
    return _wire(tuple(request.form.items(multi=True)), stage_id, flow)


def write_down(entry: Entry, wire: WireRequest, arrival: Arrival | None = None) -> None:
    """Write the request into the journal."""
    entry.request = dict(reversed(wire.parameters))
    entry.client_id = entry.request.get("client_id")
    if arrival and arrival.unknown:
        entry.note(f"The cookie {COOKIE_NAME} names no stage ({arrival.unknown[:40]}), so the default one was used.")


def write_path(entry: Entry) -> None:
    """Write down where an endpoint was asked that has moved; at its usual address nothing is said."""
    if "/v2/" in request.path:
        entry.request["path"] = request.path


def learn(entry: Entry, asked: AcmRequest) -> None:
    """Write down what the server learnt about a request in which a client proves who it is."""
    entry.request["client_auth"] = method_in_words(asked)
    entry.client_id = claimed_client_id(asked)
    entry.id_token = asked.learnt.id_token
    entry.account = asked.granted.account if asked.granted else None
    for sentence in asked.learnt.notes:
        entry.note(sentence)


def _wire(pairs: tuple[tuple[str, str], ...], stage_id: str, flow: str | None) -> WireRequest:
    g.flow = flow  # so that a page that says what went wrong can lead to it in the journal
    header = request.headers.get("Authorization")
    return WireRequest(method=request.method, parameters=pairs, authorization=header, stage_id=stage_id, flow=flow)
