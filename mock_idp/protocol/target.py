"""For whom a token is asked: the API that `audience` or `resource` names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mock_idp.protocol.client import described
from mock_idp.protocol.errors import InvalidTargetError
from mock_idp.protocol.scope import audience_of

if TYPE_CHECKING:
    from mock_idp.protocol.client import RegisteredClient
    from mock_idp.protocol.server import AcmServer
    from mock_idp.protocol.wire import AcmRequest


def targets(server: AcmServer, request: AcmRequest, client: RegisteredClient) -> list[str]:
    """Return the client_id of every API that a token request names. Raises `InvalidTargetError`."""
    asked = request.payload.datalist
    named = [*asked.get("audience", []), *audience_of(request.payload.scope or "")]
    named += [_owner(server, resource) for resource in asked.get("resource", [])]
    for api in named:
        if api not in {client.client_id, *client.registration.audiences}:
            raise InvalidTargetError(described(f"The API {api} is not among the audiences of this client."))
    return list(dict.fromkeys(named))


def _owner(server: AcmServer, resource: str) -> str:
    owner = server.api_at(resource)
    if owner is None:
        raise InvalidTargetError(described(f"No API is registered under the resource {resource}."))
    return owner
