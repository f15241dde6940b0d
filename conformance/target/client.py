"""How an application is registered at a provider, and at a second one."""

import os
from collections.abc import Mapping
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from conformance.target.addresses import Url, Value


class Client(Value):
    """The application's registration; the harness puts it at the mock."""

    client_id: str
    client_secret: str | None = None
    client_secret_env: str | None = Field(default=None, description="environment variable that holds the secret")
    token_endpoint_auth_method: Literal["client_secret_basic", "client_secret_post", "private_key_jwt"] = (
        "client_secret_basic"  # noqa: S105  the name of a method
    )
    redirect_uris: tuple[Url, ...] = Field(min_length=1)
    post_logout_redirect_uris: tuple[Url, ...] = ()
    scopes: tuple[str, ...] = ()
    jwks: dict[str, Any] | None = Field(default=None, description="public keys, for private_key_jwt")

    @model_validator(mode="after")
    def _can_be_recognised(self) -> Self:
        if self.token_endpoint_auth_method == "private_key_jwt":  # noqa: S105  the name of a method
            if self.jwks is None:
                raise ValueError("private_key_jwt needs jwks")
        elif (self.client_secret is None) == (self.client_secret_env is None):
            raise ValueError("give either client_secret or client_secret_env")
        return self

    @property
    def secret(self) -> str | None:
        """The client secret, wherever it stands."""
        return self.client_secret or (os.environ.get(self.client_secret_env) if self.client_secret_env else None)

    def registration(self, claims_profile: str, environment: Mapping[str, str]) -> dict[str, Any]:
        """The body for the control API, secret included."""
        body = self.model_dump(exclude={"client_secret_env"}, exclude_none=True, mode="json")
        if self.client_secret_env:
            body["client_secret"] = environment.get(self.client_secret_env, "")
        if not self.scopes:
            del body["scopes"]
        # openid in the answer, so that a circumstance can leave it out: then the verdict is about that, not about all
        return body | {"claims_profile": claims_profile, "openid_in_answer": True}


class SecondIssuer(Value):
    """A second provider at which people can sign in: a sibling of the mock's issuer, which the harness opens there."""

    name: str = Field(default="evil", description="the sibling's name: its issuer is MOCK/i/NAME/op")
    sign_in_url: Url = Field(description="where a visitor goes to sign in at that one")
    client: Client
