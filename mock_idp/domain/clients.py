"""Clients: the applications that may ask for a sign-in, as an integration file registers them."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator, model_validator

from mock_idp.domain.claims import DEFAULT_PROFILE, OFFLINE_ACCESS, ClaimsProfile, ClaimsProfiles, built_in_profiles
from mock_idp.domain.identities import Capacity, IdentityLevel
from mock_idp.domain.problems import did_you_mean, parsed, validated
from mock_idp.settings import is_uri

if TYPE_CHECKING:
    from collections.abc import Mapping

SECRET_MEMBERS = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
"""Members of a JWK that only the owner may know (RFC 7518 sections 6.2 to 6.4)."""


class AuthMethod(StrEnum):
    """How a client proves who it is at the token endpoint."""

    BASIC = "client_secret_basic"
    POST = "client_secret_post"
    PRIVATE_KEY_JWT = "private_key_jwt"
    NONE = "none"


class GrantType(StrEnum):
    """For what a client may come to the token endpoint. Refreshing follows from the scope offline_access."""

    AUTHORIZATION_CODE = "authorization_code"
    CLIENT_CREDENTIALS = "client_credentials"
    TOKEN_EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"  # noqa: S105  a grant type, not a password


FOR_APIS: Final = frozenset({GrantType.CLIENT_CREDENTIALS, GrantType.TOKEN_EXCHANGE})


class Client(BaseModel):
    """A registered client. Redirect URIs are compared exactly; `jwks` holds public keys only.

    Validated against the claims profiles that the validation context gives under `profiles`; without it, those that
    come with the mock.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    client_id: str = Field(min_length=1, max_length=200)
    client_secret: str | None = Field(default=None, min_length=1, repr=False)
    grant_types: tuple[GrantType, ...] = Field(default=(GrantType.AUTHORIZATION_CODE,), min_length=1)
    redirect_uris: tuple[str, ...] = Field(
        default=(), validate_default=True, description="At least one, unless nobody signs in to it."
    )
    post_logout_redirect_uris: tuple[str, ...] = ()
    token_endpoint_auth_method: AuthMethod = AuthMethod.BASIC
    jwks: dict[str, Any] | None = None
    scopes: tuple[str, ...] | None = Field(
        default=None, description="Scopes that it may ask for; when left out, those of its claims profile."
    )
    claims_profile: str = DEFAULT_PROFILE
    require_pkce: bool = False
    client_name: str | None = Field(default=None, min_length=1, max_length=200, description="As people read it.")
    required_scopes: tuple[str, ...] = Field(default=(), description="Scopes that are added though not asked for.")
    acr_values: tuple[str, ...] = Field(
        default=(), description="Means of authentication that it takes; when left out, any."
    )
    identity_level: IdentityLevel = Field(
        default=IdentityLevel.NONE, description="Whether people choose as whom they come, and how precisely."
    )
    capacities: tuple[Capacity, ...] = Field(default=(), description="Capacities that it takes; when left out, any.")
    access_token_ttl_s: int | None = Field(default=None, ge=1, description="When left out, as for everybody.")
    audiences: tuple[str, ...] = Field(
        default=(), description="client_id of the APIs for which it may ask a token, or exchange one."
    )
    resources: tuple[str, ...] = Field(default=(), description="As an API: the URLs by which it may be asked for.")
    openid_in_answer: bool | None = Field(
        default=None, description="Whether openid stands in the scope of the token response; else as for everybody."
    )
    backchannel_logout_uri: str | None = Field(
        default=None,
        description="Where logout tokens are sent, on request of the control API only, and only on this machine; "
        "ID tokens name the session (sid) then.",
    )
    organisation_code: str | None = Field(
        default=None,
        min_length=1,
        description="Whose application it is: told of its own tokens with the scope vo_info.",
    )
    organisation_name: str | None = Field(default=None, min_length=1, description="The same, in words.")

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Self:
        """Return the client that was kept as `record`; it was checked when it was registered."""
        return cls.model_validate(record, context={"profiles": None})

    @property
    def calls_apis(self) -> bool:
        """Whether it may have tokens for APIs, and so scopes that no claims profile knows."""
        return bool(self.audiences) or bool(FOR_APIS & set(self.grant_types))

    def granted(self, profile: ClaimsProfile) -> tuple[str, ...]:
        """Return the scopes that this client may ask for while `profile` holds."""
        return profile.scopes if self.scopes is None else self.scopes

    @field_validator("redirect_uris")
    @classmethod
    def _can_be_come_back_to(cls, redirect_uris: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        if not redirect_uris and GrantType.AUTHORIZATION_CODE in info.data.get("grant_types", ()):
            raise ValueError("Without one nobody can sign in; register at least one.")
        return redirect_uris

    @model_validator(mode="after")
    def _holds_together(self, info: ValidationInfo) -> Self:
        profiles = (info.context or {}).get("profiles", built_in_profiles())
        problems = [sentence for rule in RULES if (sentence := rule(self))]
        if profiles is not None:
            problems += _against(self, profiles)
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


def _addresses_are_absolute(client: Client) -> str | None:
    backchannel = (client.backchannel_logout_uri,) if client.backchannel_logout_uri else ()
    addresses = (*client.redirect_uris, *client.post_logout_redirect_uris, *backchannel)
    wrong = next((each for each in addresses if not is_uri(each)), None)
    return None if wrong is None else f"{wrong!r} is no absolute address without fragment, such as https://host/path."


def _proves_itself(client: Client) -> str | None:
    is_public = client.token_endpoint_auth_method == AuthMethod.NONE
    kinds = sorted(FOR_APIS & set(client.grant_types))
    return (
        f"Nobody is known by client_id alone: no {' or '.join(kinds)} without proof." if is_public and kinds else None
    )


def _keys_are_public(client: Client) -> str | None:
    keys = (client.jwks or {"keys": []}).get("keys")
    if not isinstance(keys, list) or not all(isinstance(key, dict) for key in keys):
        return 'jwks must be an object with a list "keys".'
    leaked = any(SECRET_MEMBERS & key.keys() for key in keys)
    return "jwks holds a private key; register public keys only, and replace that one." if leaked else None


def _against(client: Client, profiles: ClaimsProfiles) -> list[str]:
    """Return what is wrong with the profile that a client names, and with its scopes."""
    if client.claims_profile not in profiles:
        return [profiles.missing(client.claims_profile)]
    profile = profiles[client.claims_profile]
    possible = (*profile.scopes, OFFLINE_ACCESS)
    if client.calls_apis:  # the scopes of an API are its own, and open no claim
        return []
    return [not_granted(each, profile, profiles) for each in client.granted(profile) if each not in possible]


def not_granted(scope: str, profile: ClaimsProfile, profiles: ClaimsProfiles) -> str:
    """Return, for a developer, why a profile does not grant a scope, and what would."""
    others = [name for name in profiles.granting(scope) if name != profile.name]
    told = f"The scope {scope!r} is not granted: the claims profile {profile.name} grants {', '.join(profile.scopes)}"
    if others:
        return f"{told}; {' or '.join(others)} would grant it."
    return f"{told}. {did_you_mean(scope, profile.scopes)}".strip()


RULES = (_secret_for_its_method, _keys_for_its_method, _proves_itself, _keys_are_public, _addresses_are_absolute)
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


def clients_in(text: str, file: str, profiles: ClaimsProfiles | None = None) -> tuple[Client, ...]:
    """Return the clients of a TOML document of `[[clients]]` tables; raise `ProblemsError` with all problems."""
    known = built_in_profiles() if profiles is None else profiles
    return validated(_ClientsFile, parsed(text, file), file, profiles=known).clients
