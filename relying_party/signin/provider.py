"""Talking to the provider: Authlib's client does the protocol's mechanics. No redirect is followed, no call waits long.

What the provider answers is returned as it is; whether to believe it is for the guards.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import quote_plus

from authlib.common.urls import add_params_to_uri
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.auth import encode_client_secret_basic
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from requests import HTTPError, RequestException

from relying_party.settings import ClientAuthentication, ResponseMode, Settings
from relying_party.signin.refusal import ProviderError, Step
from relying_party.signin.tokens import read_key
from relying_party.signin.transport import LimitedAdapter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from joserfc.jwk import RSAKey

    from relying_party.accounts.sessions import Begun
    from relying_party.signin.rules import Rules

TIMEOUT_S = 5
"""Seconds for one read."""
ASSERTION_LIVES_S = 60
UNREACHABLE, UNUSABLE, OTHER = "unreachable", "unusable", "other"
OK = 200
QUERY = ResponseMode.QUERY
KNOWN_ERRORS = frozenset(
    {
        "access_denied",
        "invalid_client",
        "invalid_grant",
        "invalid_request",
        "invalid_scope",
        "server_error",
        "temporarily_unavailable",
        "unauthorized_client",
        "unsupported_grant_type",
        "unsupported_response_type",
        "interaction_required",
        "login_required",
        "consent_required",
        "account_selection_required",
    }
)
"""RFC 6749 sections 4.1.2.1 and 5.2, Core 3.1.2.6. Another word of the provider's is not repeated in logs."""


def error_code(told: object) -> str:
    """Return the provider's error code when it is a known one."""
    return told if isinstance(told, str) and told in KNOWN_ERRORS else OTHER


def json_object(content: bytes) -> Mapping[str, Any] | None:
    """Return the JSON object that was answered; None when it is something else."""
    try:
        document = json.loads(content)
    except ValueError:
        return None
    return document if isinstance(document, dict) else None


class Provider:
    """The provider's endpoints, one method each."""

    def __init__(self, settings: Settings, *, rules: Rules, redirect_uri: str, clock: Callable[[], datetime]) -> None:
        self._settings = settings
        self._rules = rules
        self._redirect_uri = redirect_uri
        self._clock = clock

    @property
    def _call(self) -> dict[str, Any]:
        careful = {"allow_redirects": self._rules.redirects_followed(), "verify": self._rules.certificates_checked()}
        return {**careful, "timeout": TIMEOUT_S}

    def metadata(self) -> Mapping[str, Any]:
        """Fetch the discovery document (Discovery 1.0 section 4)."""
        return self._document(f"{self._settings.issuer}/.well-known/openid-configuration", Step.DISCOVERY)

    def jwks(self, metadata: Mapping[str, Any]) -> Mapping[str, Any]:
        """Fetch the provider's keys."""
        return self._document(self._rules.endpoint_asked(metadata, "jwks_uri"), Step.ID_TOKEN)

    def authorization_url(
        self, metadata: Mapping[str, Any], begun: Begun, *, redirect_uri: str, again: bool = False
    ) -> str:
        """Return the address that starts a sign-in at the provider (Core 3.1.2.1), with PKCE S256 (RFC 7636)."""
        asked = (
            self._demands() | {"scope": self._settings.scope_asked} | ({"prompt": "none"} if begun.is_silent else {})
        )
        with self._client() as client:
            address, _state = client.create_authorization_url(
                metadata["authorization_endpoint"],
                redirect_uri=redirect_uri,
                state=begun.state,
                nonce=begun.nonce,
                code_verifier=begun.code_verifier,
                **self._rules.request_asked(asked, again=again),
            )
        return str(address)

    def _demands(self) -> dict[str, Any]:
        """Return what we ask of the authentication itself, when we ask for something (Core 3.1.2.1)."""
        asked = {"max_age": self._settings.max_age_seconds, "acr_values": self._settings.acr_values}
        asked |= {"response_mode": str(self._settings.response_mode) if self._settings.response_mode != QUERY else ""}
        return {name: value for name, value in asked.items() if value}

    def token_response(
        self, metadata: Mapping[str, Any], begun: Begun, code: str, authentication: ClientAuthentication
    ) -> Mapping[str, Any]:
        """Exchange the code (Core 3.1.3.1)."""
        proof = {"code_verifier": begun.code_verifier} if begun.code_verifier else {}
        address = self._rules.endpoint_asked(metadata, "token_endpoint")
        with self._client(authentication) as client, _told_as_provider_error(Step.TOKEN_RESPONSE):
            return dict(client.fetch_token(address, grant_type="authorization_code", code=code, **proof, **self._call))

    def refresh_response(self, metadata: Mapping[str, Any], refresh_token: str) -> Mapping[str, Any]:
        """Refresh (Core 12.1). Authlib puts the refresh token that was sent into an answer that has no new one."""
        address = self._rules.endpoint_asked(metadata, "token_endpoint")
        with self._client() as client, _told_as_provider_error(Step.REFRESH):
            client.token = {"refresh_token": refresh_token}
            return dict(client.refresh_token(address, **self._call))

    def userinfo(self, metadata: Mapping[str, Any], access_token: str, place: str) -> bytes:
        """Ask who the access token stands for, with the token in its place (Core 5.3.1)."""
        token = {"access_token": access_token, "token_type": "Bearer"}
        return self._content(metadata["userinfo_endpoint"], Step.USERINFO, token=token, place=place)

    def end_session_url(self, endpoint: str, *, state: str, id_token: str) -> str:
        """Return the address that signs out at the provider (RP-Initiated Logout 1.0 section 2)."""
        told = {
            "client_id": self._settings.client_id,
            "post_logout_redirect_uri": self._settings.post_logout_redirect_uri,
            "state": state,
            "id_token_hint": id_token,
        }
        return str(add_params_to_uri(endpoint, [(name, value) for name, value in told.items() if value]))

    def _document(self, address: str, step: Step) -> Mapping[str, Any]:
        """Fetch one JSON object."""
        document = json_object(self._content(address, step))
        if document is None:
            raise ProviderError(code=UNUSABLE, step=step)
        return document

    def _content(self, address: str, step: Step, *, token: Mapping[str, str] | None = None, place: str = "") -> bytes:
        """Fetch what lies at an address."""
        with self._client() as client:
            client.token, client.token_auth.token_placement = token, place
            try:
                answer = client.get(address, withhold_token=token is None, headers=JSON_WANTED, **self._call)
            except RequestException:
                raise ProviderError(code=UNREACHABLE, step=step) from None
        if answer.status_code != OK:
            raise ProviderError(code=UNUSABLE, step=step)
        return bytes(answer.content)

    def _client(self, authentication: ClientAuthentication | None = None) -> OAuth2Session:
        """Make Authlib's client; a fresh one per call, so that threads share nothing."""
        settings, method = self._settings, authentication or self._settings.client_authentication
        client = OAuth2Session(
            client_id=settings.client_id,
            client_secret=settings.client_secret.get_secret_value(),
            token_endpoint_auth_method=str(method),
            redirect_uri=self._redirect_uri,
            scope=settings.scope_asked,
            code_challenge_method="S256",
        )
        for scheme in ("https://", "http://"):
            client.mount(scheme, LimitedAdapter(self._rules.answer_limits()))
        client.trust_env = False  # a .netrc or proxy variable on this machine must not change what is sent
        client.register_client_auth_method((str(ClientAuthentication.CLIENT_SECRET_BASIC), _encoded_basic))
        if self._key is not None and method == ClientAuthentication.PRIVATE_KEY_JWT:
            self._sign_with(client, self._key)
        return client

    @cached_property
    def _key(self) -> RSAKey | None:
        """Our private key, when we have one; read once, for checking it takes longer than all else in a call."""
        file = self._settings.client_key_file
        return None if file is None else read_key(file.read_bytes())

    def _sign_with(self, client: OAuth2Session, key: RSAKey) -> None:
        """Prove who we are with a private key: the audience is the issuer and the proof is short-lived."""
        client.client_secret = key
        expires = int(self._clock().timestamp()) + ASSERTION_LIVES_S
        claims = {"exp": expires, "aud": self._rules.assertion_audience(self._settings.issuer)}
        client.register_client_auth_method(
            PrivateKeyJWT(self._settings.issuer, claims=claims, headers={"kid": key.kid} if key.kid else None)
        )


@contextmanager
def _told_as_provider_error(step: Step) -> Iterator[None]:
    """Turn what Authlib raises about an answer of the token endpoint into an error of the provider."""
    try:
        yield
    except OAuthError as error:
        raise ProviderError(code=error_code(error.error), step=step) from None
    except (HTTPError, ValueError, TypeError):
        raise ProviderError(code=UNUSABLE, step=step) from None
    except RequestException:
        raise ProviderError(code=UNREACHABLE, step=step) from None


JSON_WANTED = {"Accept": "application/json"}


class _Encoded:
    """Client id and secret as HTTP Basic wants them."""

    def __init__(self, client: Any) -> None:
        self.client_id = quote_plus(client.client_id)
        self.client_secret = quote_plus(client.client_secret)


def _encoded_basic(client: Any, method: str, uri: str, headers: Any, body: Any) -> Any:
    """Form-encode id and secret first, which Authlib leaves out (RFC 6749 section 2.3.1)."""
    return encode_client_secret_basic(_Encoded(client), method, uri, headers, body)
