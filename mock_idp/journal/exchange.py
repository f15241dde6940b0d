"""One exchange on the wire as it is kept: numbered, attributed to a stage, secrets masked."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Endpoint(StrEnum):
    """Where an exchange took place. `authorization-response` is what the browser carries back to the application.

    `trap` is an address that an application was led to and does not follow when it is sound.
    """

    DISCOVERY = "discovery"
    JWKS = "jwks"
    AUTHORIZATION = "authorization"
    SIGN_IN = "sign-in"
    AUTHORIZATION_RESPONSE = "authorization-response"
    TOKEN = "token"  # noqa: S105  the name of an endpoint, not a password
    USERINFO = "userinfo"
    INTROSPECTION = "introspection"
    END_SESSION = "end-session"
    BACKCHANNEL_LOGOUT = "backchannel-logout"
    TRAP = "trap"


class TokenView(BaseModel):
    """A token as it can be read without its signature."""

    model_config = ConfigDict(defer_build=True, frozen=True)

    header: dict[str, Any]
    claims: dict[str, Any]


class Exchange(BaseModel):
    """One request and its answer."""

    model_config = ConfigDict(defer_build=True, frozen=True)

    number: int = Field(description="Ascending; later exchanges have higher numbers.", ge=1)
    at: str = Field(description="When the answer went out, ISO 8601.")
    duration_ms: float = Field(description="How long the answer took, delays that a stage armed included.", ge=0)
    issuer: str = Field(description="The issuer that answered: `op`, or the name of a sibling.")
    flow: str | None = Field(
        description="The sign-in that the exchange belongs to: an opaque id, drawn at the authorization request."
    )
    stage: str = Field(description="The stage that the exchange belongs to.")
    endpoint: Endpoint
    method: str
    client_id: str | None
    request: dict[str, Any] = Field(description="Parameters by name; secrets as `sha256:` and 12 digits.")
    status: int
    response: dict[str, Any] = Field(description="Parameters or members by name; secrets as `sha256:` and 12 digits.")
    fired: list[str] = Field(description="Ids of the faults and circumstances that changed something here.")
    notes: list[str] = Field(description="What was odd in the request, and how to mend it.")
    account: str | None = Field(description="The account_uuid of the person, once known.")
    id_token: TokenView | None = Field(description="The ID token that was issued here, without its signature.")
