"""Clients: register applications while the mock runs. A registered client is served strictly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mock_idp.domain.clients import Client
from mock_idp.web.control.asking import asked_issuer
from mock_idp.web.control.blueprint import blueprint
from mock_idp.web.control.errors import ControlError, Problem, invalid
from mock_idp.web.control.models import ClientList, ClientView
from mock_idp.web.control.wire import answer, nothing, sent_object, shaped
from mock_idp.web.current import current_provider

if TYPE_CHECKING:
    from flask import Response


@blueprint.get("/clients")
def list_clients() -> Response:
    """List every registered client."""
    return answer(ClientList(clients=[view_of(client) for client in asked_issuer().clients.list()]))


@blueprint.get("/clients/<client_id>")
def read_client(client_id: str) -> Response:
    """Read a client."""
    return answer(view_of(known_client(client_id)))


@blueprint.put("/clients/<client_id>")
def put_client(client_id: str) -> Response:
    """Register a client, or replace it."""
    client = _sent(client_id)
    is_new = asked_issuer().clients.get(client_id) is None
    asked_issuer().clients.put(client)
    return answer(view_of(client), 201 if is_new else 200)


@blueprint.delete("/clients/<client_id>")
def delete_client(client_id: str) -> Response:
    """Forget a client."""
    known_client(client_id)
    asked_issuer().clients.delete(client_id)
    return nothing()


def view_of(client: Client) -> ClientView:
    """Return the client as callers see it: without its secret."""
    return ClientView.model_validate(client.model_dump(mode="json", exclude={"client_secret"}))


def known_client(client_id: str) -> Client:
    """Return the client of that id; raise `ControlError` when there is none."""
    client = asked_issuer().clients.get(client_id)
    if client is None:
        raise ControlError("not_found", f"No client {client_id!r} is registered; register it with PUT.")
    return client


def _sent(client_id: str) -> Client:
    body = sent_object()
    client, problems = shaped(Client, {"client_id": client_id, **body}, profiles=current_provider().profiles)
    if body.get("client_id", client_id) != client_id:
        problems.append(Problem(key="client_id", message="This is another client than the path names."))
    if client is None or problems:
        raise invalid(problems)
    return client
