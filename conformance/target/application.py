"""A target: one TOML file that describes an application, so that strangers' applications can be judged."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import Field

from conformance.errors import InputError, Problem
from conformance.errors.reading import parse
from conformance.target.addresses import LOOPBACK, Url, Value, origin
from conformance.target.capabilities import Capabilities
from conformance.target.client import Client, SecondIssuer
from conformance.target.looks import Landmarks

SHORT_LIFE_S = 120
"""How long access tokens of an application hold that refreshes: its clock need not be put far ahead of the mock's."""


class Command(Value):
    """How to start the application, and how to know that it is there."""

    command: tuple[str, ...] = Field(min_length=1)
    ready_url: Url
    environment: dict[str, str] = Field(default={})
    timeout_s: float = Field(default=30, gt=0)


class Mock(Value):
    """Where the mock is, and how to start it when nothing answers there."""

    url: Url = "http://localhost:9100"
    command: tuple[str, ...] = ()
    environment: dict[str, str] = Field(default={})
    control_token_env: str | None = Field(default=None, description="environment variable with the control token")
    timeout_s: float = Field(default=30, gt=0)

    @property
    def control_token(self) -> str | None:
        """The control token, from the environment."""
        return os.environ.get(self.control_token_env) if self.control_token_env else None


class Target(Value):
    """An application to judge."""

    name: str
    sign_in_url: Url = Field(description="where a visitor goes to sign in")
    origins: tuple[Url, ...] = Field(default=(), description="further origins that belong to the application")
    profile: str = "full"
    claims_profile: str = "meemoo-2023"
    timeout_s: float = Field(default=10, gt=0, description="how long a landmark may take to appear")
    settle_s: float = Field(default=1, gt=0, description="how long a page must be quiet to count as at rest")
    people: Literal["own", "personas"] = Field(
        default="own",
        description="who signs in: people of each scenario's own, whom nothing else meets, or the mock's personas "
        "themselves, for an application that knows a closed list of people",
    )
    key_refresh_s: float = Field(default=75, ge=0, description="how long it may take to notice rotated keys")
    start: Command | None = None
    mock: Mock = Mock()
    client: Client | None = None
    landmarks: Landmarks
    capabilities: Capabilities = Capabilities()

    def second_registration(self, second: SecondIssuer, environment: Mapping[str, str]) -> dict[str, Any]:
        """The registration at the second issuer. It is not a strict one: it takes every redirect URI there is."""
        first = self.client.redirect_uris if self.client else ()
        uris = tuple(dict.fromkeys((*second.client.redirect_uris, *first)))
        return second.client.registration(self.claims_profile, environment) | {"redirect_uris": list(uris)}

    def registration(self, environment: Mapping[str, str]) -> dict[str, Any]:
        """The registration at the main issuer."""
        body = self.client.registration(self.claims_profile, environment) if self.client else {}
        told = self.capabilities.backchannel_logout
        body |= {"backchannel_logout_uri": told} if told else {}
        return body | ({"access_token_ttl_s": SHORT_LIFE_S} if body and self.capabilities.refresh else {})

    @property
    def application_origins(self) -> tuple[str, ...]:
        """Scheme, host and port of every page that is the application's own."""
        return tuple(dict.fromkeys(origin(url) for url in (self.sign_in_url, *self.origins)))

    @property
    def strangers(self) -> tuple[str, ...]:
        """Those origins that are not on this machine, so must consent."""
        return tuple(url for url in self.application_origins if urlsplit(url).hostname not in LOOPBACK)

    @property
    def able(self) -> frozenset[str]:
        """Names of what the application can do, as scenarios need them."""
        given = {name.replace("_", "-") for name, value in self.capabilities if value}
        given |= {"own-redirect-uri"} if self._tells_issuers_apart else set()
        return frozenset(given | ({"restart"} if self.start else set()))

    @property
    def _tells_issuers_apart(self) -> bool:
        """Whether each issuer has a redirect URI of its own."""
        second = self.capabilities.second_issuer
        if second is None or self.client is None:
            return False
        return not set(second.client.redirect_uris) & set(self.client.redirect_uris)


def load_target(path: Path) -> Target:
    """Read a target file.

    Raises:
        InputError: with every problem of the file.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        hint = "give the path of a target file; examples/reference.toml is one"
        raise InputError(Problem(file=str(path), message=f"cannot be read: {error}", hint=hint)) from None
    target = parse(Target, text, file=str(path))
    _demand_environment(target, str(path))
    return target


def _demand_environment(target: Target, file: str) -> None:
    second = target.capabilities.second_issuer
    named = {
        "client.client_secret_env": target.client.client_secret_env if target.client else None,
        "capabilities.second_issuer.client.client_secret_env": second.client.client_secret_env if second else None,
        "mock.control_token_env": target.mock.control_token_env,
    }
    missing = [
        Problem(file=file, key=key, message=f"the environment variable {name} is not set", hint="export it first")
        for key, name in named.items()
        if name and not os.environ.get(name)
    ]
    if missing:
        raise InputError(*missing)
