"""Clients as Authlib asks them: the registered ones, strict; and in the open mode any application on loopback."""

from __future__ import annotations

import re
from hmac import compare_digest
from typing import Any, Final
from urllib.parse import urlsplit

from authlib.oauth2.rfc6749 import ClientMixin, InvalidScopeError

from mock_idp.domain.claims import OPENID
from mock_idp.domain.clients import AuthMethod, Client
from mock_idp.settings import is_loopback, is_uri

REFRESH: Final = "refresh_token"
"""A grant that nobody is registered for: whoever was given a refresh token may use it."""
FORBIDDEN_IN_ERRORS: Final = re.compile(r"[^\x20\x21\x23-\x5B\x5D-\x7E]")
"""Characters that an error description must not hold (RFC 6749 section 4.1.2.1)."""


class RegisteredClient(ClientMixin):
    """A registered client: everything is compared exactly."""

    is_open = False

    def __init__(self, client: Client) -> None:
        self.registration = client

    @property
    def client_id(self) -> str:
        """The client identifier."""
        return self.registration.client_id

    @property
    def require_pkce(self) -> bool:
        """Whether a code challenge must be sent."""
        return self.registration.require_pkce or self.registration.token_endpoint_auth_method == AuthMethod.NONE

    def get_client_id(self) -> str:
        """Return the client identifier."""
        return self.client_id

    def get_default_redirect_uri(self) -> None:
        """Return nothing: ACM wants `redirect_uri` in every request."""

    def get_allowed_scope(self, scope: str | None) -> str:
        """Return the scope, each value once. Whether it is granted depends on the stage: see `authorization_rules`."""
        asked = (scope or "").split()
        if OPENID not in asked:
            raise InvalidScopeError("The scope must contain openid.")
        return " ".join(dict.fromkeys(asked))

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        """Return whether the redirect URI is registered, character by character."""
        return redirect_uri in self.registration.redirect_uris

    def check_post_logout_redirect_uri(self, redirect_uri: str) -> bool:
        """Return whether the post-logout redirect URI is registered."""
        return redirect_uri in self.registration.post_logout_redirect_uris

    def check_client_secret(self, client_secret: str) -> bool:
        """Return whether this is the secret."""
        known = self.registration.client_secret
        return known is not None and compare_digest(known.encode(), client_secret.encode())

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        """Return whether the client is registered for this method."""
        del endpoint
        return method == self.registration.token_endpoint_auth_method

    def check_response_type(self, response_type: str) -> bool:
        """Return whether the response type is the only one that ACM knows."""
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        """Return whether the client is registered for this grant type."""
        return grant_type == REFRESH or grant_type in self.registration.grant_types


class OpenClient(RegisteredClient):
    """An application that nobody registered: welcome as it is, if it lives on loopback.

    The claims profile is that of everybody who is not registered, unless the stage names another.
    """

    is_open = True

    def __init__(self, client_id: str, claims_profile: str | None = None) -> None:
        unchecked: dict[str, Any] = {"client_id": client_id, "redirect_uris": ()}
        if claims_profile is not None:
            unchecked["claims_profile"] = claims_profile
        super().__init__(Client.model_construct(**unchecked))

    @property
    def require_pkce(self) -> bool:
        """Whether a code challenge must be sent: never."""
        return False

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        """Return whether the redirect URI stays on this machine."""
        return is_loopback_uri(redirect_uri)

    def check_post_logout_redirect_uri(self, redirect_uri: str) -> bool:
        """Return whether the post-logout redirect URI stays on this machine."""
        return is_loopback_uri(redirect_uri)

    def check_client_secret(self, client_secret: str) -> bool:
        """Accept any secret: there is none to compare it with."""
        return bool(client_secret)

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        """Accept any method."""
        del method, endpoint
        return True


def is_loopback_uri(uri: str) -> bool:
    """Return whether an absolute http(s) URI without fragment points at this machine."""
    if not is_uri(uri):
        return False
    parts = urlsplit(uri)
    return parts.scheme in {"http", "https"} and is_loopback(parts.hostname) and "@" not in parts.netloc


def described(text: str) -> str:
    """Return the text with what an error description must not hold replaced."""
    return FORBIDDEN_IN_ERRORS.sub("?", text)
