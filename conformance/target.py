"""A target: one TOML file that describes an application, so that strangers' applications can be judged."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from conformance.errors import InputError, Problem
from conformance.errors.reading import parse

SHORT_LIFE_S = 120
"""How long access tokens of an application hold that refreshes: its clock need not be put far ahead of the mock's."""
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def _http_url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(f"{text!r} is no http or https URL")
    return text


def _on_this_machine(text: str) -> str:
    if urlsplit(text).hostname not in LOOPBACK:
        raise ValueError(f"{text!r} is not on this machine; what is opened for tests must not be reached from others")
    return text


Url = Annotated[str, AfterValidator(_http_url)]
Door = Annotated[Url, AfterValidator(_on_this_machine)]
"""An address that is opened for tests: what is asked there may delete what an application keeps."""


class Value(BaseModel):
    """A frozen record that accepts no unknown member."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Landmark(Value):
    """How a state of the application looks; every member that is given must hold."""

    role: str | None = Field(default=None, description="ARIA role, such as heading")
    name: str | None = Field(default=None, description="accessible name of the element with that role")
    text: str | None = Field(default=None, description="text that can be seen on the page")
    test_id: str | None = Field(default=None, description="value of data-testid")
    selector: str | None = Field(default=None, description="CSS selector, when nothing above can be used")
    url: str | None = Field(default=None, description="URL of the page; * stands for any text")
    status: int | None = Field(default=None, ge=100, le=599, description="HTTP status of the page")

    @model_validator(mode="after")
    def _something_is_given(self) -> Self:
        if not self.model_dump(exclude_none=True):
            raise ValueError("an empty landmark is everywhere: give test_id, role, text, selector, url or status")
        if self.name is not None and self.role is None:
            raise ValueError("name needs role")
        return self


class Landmarks(Value):
    """How the application looks when it has signed a person in, refused, signed out, and where a sign-in starts."""

    signed_in: Landmark
    refused: Landmark | None = Field(
        default=None, description="without it: came to rest on a page of its own, not signed in, status below 500"
    )
    signed_out: Landmark | None = None
    start: Landmark | None = Field(
        default=None, description="what to click at sign_in_url, when that page does not send the visitor on by itself"
    )


class Command(Value):
    """How to start the application, and how to know that it is there."""

    command: tuple[str, ...] = Field(min_length=1)
    ready_url: Url
    environment: dict[str, str] = {}
    timeout_s: float = Field(default=30, gt=0)


class Mock(Value):
    """Where the mock is, and how to start it when nothing answers there."""

    url: Url = "http://localhost:9100"
    command: tuple[str, ...] = ()
    environment: dict[str, str] = {}
    control_token_env: str | None = Field(default=None, description="environment variable with the control token")
    timeout_s: float = Field(default=30, gt=0)

    @property
    def control_token(self) -> str | None:
        """The control token, from the environment."""
        return os.environ.get(self.control_token_env) if self.control_token_env else None


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


class Capabilities(Value):
    """What the application lets one see and do; a scenario that needs something missing is skipped."""

    identity: Landmark | None = Field(default=None, description="where a stable local id of the person can be read")
    name: Landmark | None = Field(default=None, description="where the person's name can be read")
    sign_out: Landmark | None = Field(default=None, description="what to click to sign out")
    second_issuer: SecondIssuer | None = Field(
        default=None, description="people can sign in at a second provider as well"
    )
    log: bool = Field(default=False, description="what it prints, when the harness starts it, is its log")
    clock: Door | None = Field(
        default=None,
        description="an address on this machine that takes a posted `ahead_s` and puts the application's clock so many "
        "seconds ahead; 0 puts it right again",
    )
    restart: Door | None = Field(
        default=None,
        description="an address on this machine that takes a POST and lets the application begin anew: what it holds "
        "of its providers in memory is forgotten, as by a restart. It is asked before the process is restarted, and "
        "judges an application that the harness did not start on its discovery and keys",
    )
    session_s: int | None = Field(default=None, gt=0, description="the longest life of a session, in seconds")
    backchannel_logout: Url | None = Field(
        default=None, description="where it takes logout tokens (OpenID Connect Back-Channel Logout)"
    )
    initiate_login: Url | None = Field(
        default=None, description="where a third party can begin a sign-in, with `iss` (OpenID Connect Core 4)"
    )
    next_parameter: str | None = Field(
        default=None, description="parameter of sign_in_url that says where a visitor goes after the sign-in"
    )
    refresh: bool = Field(
        default=False,
        description="it asks for offline_access and, when a page of somebody who signed in is opened after the access "
        "token is over by its clock, refreshes; the harness registers it with access tokens of two minutes",
    )
    store: Door | None = Field(
        default=None,
        description="an address on this machine that answers with all that is kept of people: a JSON list, one object "
        "for each person, in whatever form",
    )
    privacy_log: Door | None = Field(
        default=None,
        description="an address on this machine that answers with the privacy log: a JSON list, one object for each "
        "entry, in whatever form",
    )
    pages: tuple[Url, ...] = Field(
        default=(),
        description="pages on which the data of one pupil are shown, to that pupil or to staff, as another pupil might "
        "open them; {identity} stands for the local id of whose data they are",
    )
    export: Url | None = Field(
        default=None, description="where a pupil who is signed in is shown or handed what is kept about them"
    )
    report: Url | None = Field(
        default=None, description="the page on which a pupil who is signed in can say that something is wrong in it"
    )
    purge: Door | None = Field(
        default=None,
        description="an address on this machine that takes a POST and deletes what is kept too long by the "
        "application's clock",
    )
    admission: bool = Field(default=False, description="it admits pupils by school and knows the testbed's schools")


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


def origin(url: str) -> str:
    """Scheme, host and port of a URL, in lower case."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()


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
