"""Client authentication at the token endpoint: one method per request, the one the client is registered for."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote_plus

from authlib.oauth2.rfc6749 import InvalidClientError, InvalidRequestError
from authlib.oauth2.rfc6749.authenticate_client import ClientAuthentication

from mock_idp.domain.clients import AuthMethod
from mock_idp.protocol.client import described
from mock_idp.settings.policy import Strictness

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mock_idp.protocol.client import RegisteredClient
    from mock_idp.protocol.conduct import Conduct
    from mock_idp.protocol.wire import AcmRequest

    QueryClient = Callable[[str], RegisteredClient | None]

METHODS: Final = tuple(AuthMethod)
PROVING: Final = tuple(method for method in METHODS if method != AuthMethod.NONE)
"""The methods of those who prove who they are."""
REPEATABLE: Final = ("audience", "resource")


class OneMethod(ClientAuthentication):
    """Authlib's registry of methods; ours takes the one that the request presents, and says what is wrong."""

    def __init__(self, query_client: QueryClient, conduct: Conduct) -> None:
        super().__init__(query_client)
        self._conduct = conduct

    def authenticate(self, request: AcmRequest, methods: Sequence[str], endpoint: str) -> RegisteredClient:
        """Return the client, or raise `InvalidClientError` (401) with a reason that helps."""
        _each_once(request)
        method = presented_method(request)
        client: RegisteredClient | None = self._methods[method](self.query_client, request)
        if client is None or (method == AuthMethod.NONE and method not in methods):
            raise refused("The client did not authenticate; a client_id alone is not enough here.")
        if method not in methods or not client.check_endpoint_auth_method(method, endpoint):
            self._other_method(request, client, method)
        _names_no_other_client(request, client)
        if client.is_open:
            request.learnt.note(
                f"Client {client.client_id!r} is not registered here, so its credentials were not checked; "
                "register it to have them checked as ACM does."
            )
        request.auth_method = method
        return client

    def _other_method(self, request: AcmRequest, client: RegisteredClient, method: AuthMethod) -> None:
        complaint = other_method(client, method)
        if self._conduct.policy.registered_method == Strictness.STRICT or not _has_proven_something(client, method):
            raise refused(complaint)
        request.learnt.note(f"{complaint} ACM has one method for each client.")


def other_method(client: RegisteredClient, method: AuthMethod) -> str:
    """Return, for a developer, that a client came by another method than its own."""
    return f"The client is registered for {client.registration.token_endpoint_auth_method}, not {method}."


def _names_no_other_client(request: AcmRequest, client: RegisteredClient) -> None:
    named = request.form.get("client_id", client.client_id)
    if named != client.client_id:
        raise refused(f"client_id in the body is {named}, but {client.client_id} authenticated: send one and the same.")


def _has_proven_something(client: RegisteredClient, method: AuthMethod) -> bool:
    """Return whether a method that the client is not registered for was checked all the same."""
    if method in {AuthMethod.BASIC, AuthMethod.POST}:
        return client.registration.client_secret is not None
    return method == AuthMethod.PRIVATE_KEY_JWT  # its signature is verified, or it was refused


def _each_once(request: AcmRequest) -> None:
    """Refuse parameters that are repeated (RFC 6749 section 3.2); several APIs may be named (RFC 8693 section 2.1)."""
    sent = request.payload.datalist
    repeated = [name for name, values in sent.items() if len(values) > 1 and name not in REPEATABLE]
    if repeated:
        raise InvalidRequestError(described(f"Sent more than once: {', '.join(repeated)}."))


def presented_method(request: AcmRequest) -> AuthMethod:
    """Return the method that a request uses; two at once are refused (RFC 6749 section 2.3)."""
    presented = [method for method, is_used in SIGNS.items() if is_used(request)]
    if len(presented) > 1:
        raise InvalidRequestError(f"More than one way of client authentication: {', '.join(presented)}.")
    return presented[0] if presented else AuthMethod.NONE


SIGNS: Final[dict[AuthMethod, Callable[[AcmRequest], bool]]] = {
    AuthMethod.BASIC: lambda request: request.headers.get("Authorization", "").lower().startswith("basic"),
    AuthMethod.POST: lambda request: "client_secret" in request.form,
    AuthMethod.PRIVATE_KEY_JWT: lambda request: "client_assertion" in request.form,
}
"""How each method is recognised."""


def by_basic(query_client: QueryClient, request: AcmRequest) -> RegisteredClient:
    """Authenticate by client_secret_basic: id and secret, each form-encoded (RFC 6749 section 2.3.1)."""
    try:
        pair = base64.b64decode(request.headers["Authorization"].partition(" ")[2].strip(), validate=True).decode()
    except ValueError:  # no base64, no ASCII, or no UTF-8 within
        raise refused("The Authorization header is not base64 of client_id:client_secret.") from None
    client_id, _, secret = pair.partition(":")
    client = known_client(query_client, unquote_plus(client_id))
    if uses_secret(client) and not client.check_client_secret(unquote_plus(secret)):
        raise refused(_why_not(client, secret))
    return client


def by_post(query_client: QueryClient, request: AcmRequest) -> RegisteredClient:
    """Authenticate by client_secret_post."""
    client = known_client(query_client, request.form.get("client_id"))
    if uses_secret(client) and not client.check_client_secret(request.form["client_secret"]):
        raise refused("The client_secret is wrong.")
    return client


def by_nothing(query_client: QueryClient, request: AcmRequest) -> RegisteredClient:
    """Identify a public client."""
    return known_client(query_client, request.form.get("client_id"))


def known_client(query_client: QueryClient, client_id: str | None) -> RegisteredClient:
    """Return the client of that id, or raise `InvalidClientError`."""
    if not client_id:
        raise refused("The request names no client: client_id is missing.")
    client = query_client(client_id)
    if client is None:
        raise refused(f"There is no client {client_id}.")
    return client


def uses_secret(client: RegisteredClient) -> bool:
    """Return whether there is a secret to compare; if not, the registered method will tell."""
    return client.is_open or client.registration.client_secret is not None


def refused(description: str) -> InvalidClientError:
    """Return `invalid_client` with status 401."""
    return InvalidClientError(status_code=401, description=described(description))


def _why_not(client: RegisteredClient, sent: str) -> str:
    if client.check_client_secret(sent):
        return "The client_secret was sent as it is; form-encode it before base64 (RFC 6749 section 2.3.1)."
    return "The client_secret is wrong."


def method_in_words(request: AcmRequest) -> str:
    """Return the method that a request presents, for the journal: several are joined by a plus sign."""
    return "+".join(method for method, is_used in SIGNS.items() if is_used(request)) or str(AuthMethod.NONE)


def claimed_client_id(request: AcmRequest) -> str | None:
    """Return the client that a token request says it comes from, authenticated or not."""
    if request.client is not None:
        return request.client.client_id
    return request.form.get("client_id")
