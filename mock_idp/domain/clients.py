"""Clients: the applications that may ask for a sign-in, as an integration file registers them."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from mock_idp.domain.claims import DEFAULT_PROFILE, claims_profile, profile_names
from mock_idp.domain.problems import did_you_mean, parsed, validated

DEFAULT_SCOPES = ("openid", "profile", "ov_leerling", "vo")
SECRET_MEMBERS = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
"""Members of a JWK that only the owner may know (RFC 7518 sections 6.2 to 6.4)."""


class AuthMethod(StrEnum):
    """How a client proves who it is at the token endpoint."""

    BASIC = "client_secret_basic"
    POST = "client_secret_post"
    PRIVATE_KEY_JWT = "private_key_jwt"
    NONE = "none"


class Client(BaseModel):
    """A registered client. Redirect URIs are compared exactly; `jwks` holds public keys only."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    client_id: str = Field(min_length=1, max_length=200)
    client_secret: str | None = Field(default=None, min_length=1, repr=False)
    redirect_uris: tuple[str, ...] = Field(min_length=1)
    post_logout_redirect_uris: tuple[str, ...] = ()
    token_endpoint_auth_method: AuthMethod = AuthMethod.BASIC
    jwks: dict[str, Any] | None = None
    scopes: tuple[str, ...] = DEFAULT_SCOPES
    claims_profile: str = DEFAULT_PROFILE
    require_pkce: bool = False

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        problems = [sentence for rule in RULES if (sentence := rule(self))]
        if problems:
            raise ValueError(" ".join(problems))
        return self


def _secret_for_its_method(client: Client) -> str | None:
    wanted = client.token_endpoint_auth_method in {AuthMethod.BASIC, AuthMethod.POST}
    return (
        f"{client.token_endpoint_auth_method} needs a client_secret." if wanted and not client.client_secret else None
    )


def _keys_for_its_method(client: Client) -> str | None:
    wanted = client.token_endpoint_auth_method == AuthMethod.PRIVATE_KEY_JWT
    return "private_key_jwt needs jwks: the public keys of the client." if wanted and not client.jwks else None


def _keys_are_public(client: Client) -> str | None:
    keys = (client.jwks or {"keys": []}).get("keys")
    if not isinstance(keys, list) or not all(isinstance(key, dict) for key in keys):
        return 'jwks must be an object with a list "keys".'
    leaked = any(SECRET_MEMBERS & key.keys() for key in keys)
    return "jwks holds a private key; register public keys only, and replace that one." if leaked else None


def _profile_is_known(client: Client) -> str | None:
    if client.claims_profile in profile_names():
        return None
    hint = did_you_mean(client.claims_profile, profile_names())
    return f"There is no claims profile {client.claims_profile!r}. {hint}".strip()


def _scopes_are_known(client: Client) -> str | None:
    if client.claims_profile not in profile_names():
        return None
    known = claims_profile(client.claims_profile).scopes
    unknown = [f"{scope!r}. {did_you_mean(scope, known)}".strip() for scope in client.scopes if scope not in known]
    return f"Unknown scope: {' '.join(unknown)}" if unknown else None


RULES = (_secret_for_its_method, _keys_for_its_method, _keys_are_public, _profile_is_known, _scopes_are_known)
"""What must hold between the members of a client; every broken rule is told."""


class _ClientsFile(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    clients: tuple[Client, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _named_once(self) -> Self:
        ids = [client.client_id for client in self.clients]
        twice = sorted({each for each in ids if ids.count(each) > 1})
        if twice:
            raise ValueError(f"client_id registered twice: {', '.join(twice)}")
        return self


def clients_in(text: str, file: str) -> tuple[Client, ...]:
    """Return the clients of a TOML document of `[[clients]]` tables; raise `ProblemsError` with all problems."""
    return validated(_ClientsFile, parsed(text, file), file).clients
