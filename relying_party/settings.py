"""What the application is told at its start: one frozen value, read from the command line and the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path  # noqa: TC003  pydantic reads the annotation
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

PREFIX = "LEERID_RP_"
SYNTHETIC_SECRET = "testbed-secret-not-for-production"  # noqa: S105  the mock's published test secret, worth nothing
SECOND_SYNTHETIC_SECRET = "second-testbed-secret-not-for-production"  # noqa: S105  same, of the second issuer
CALLBACK = "/callback"
SECOND_CALLBACK = "/callback/second"
OFFLINE_ACCESS = "offline_access"
PRIVACY_LOG_DAYS = 1830
"""Five years: two more than an account is kept, so that it can be told of an account that is gone."""
LONGEST_PRIVACY_LOG_DAYS = 36_600
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing that is wrong in the settings."""

    key: str
    message: str
    hint: str


class SettingsError(Exception):
    """The settings cannot be used; all problems at once."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(f"{problem.key}: {problem.message}" for problem in problems))
        self.problems = problems


class ClientAuthentication(StrEnum):
    """How the application proves to the token endpoint that it is itself (Core 1.0 section 9)."""

    CLIENT_SECRET_BASIC = "client_secret_basic"  # noqa: S105  the name of a method
    CLIENT_SECRET_POST = "client_secret_post"  # noqa: S105  the name of a method
    PRIVATE_KEY_JWT = "private_key_jwt"


class ResponseMode(StrEnum):
    """How the provider sends its response: in the address, or as a form that the browser posts."""

    QUERY = "query"
    FORM_POST = "form_post"


def is_loopback(host: str | None) -> bool:
    """Tell whether a host name means this machine."""
    return host in LOOPBACK


def _web_address(value: str) -> str:
    """Accept `https` everywhere and `http` on this machine only."""
    parts = urlsplit(value)
    if not parts.hostname or parts.query or parts.fragment:
        raise ValueError("this is not a web address like https://example.be/op")
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(parts.hostname)):
        raise ValueError("only https is safe here; http is accepted on loopback alone")
    return value


WebAddress = Annotated[str, AfterValidator(_web_address)]


class Settings(BaseModel):
    """Everything that differs between two installations of this application. Secrets never appear in its text form.

    `refresh` is off: who a pupil is has to be known at the sign-in, and a refresh token opens their data for hours with
    nobody there. Ask for one only where it must be known between two sign-ins that the provider still vouches.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, validate_default=True)

    expose: bool = False  # before `host`, which asks for it
    host: str = Field(default="127.0.0.1", min_length=1)
    port: int = Field(default=9200, ge=1, le=65535)
    base_url: WebAddress | None = None
    issuer: WebAddress = "http://localhost:9100/op"
    second_issuer: WebAddress | None = None
    client_id: str = Field(default="leerid-rp", min_length=1)
    client_secret: SecretStr = SecretStr(SYNTHETIC_SECRET)
    second_client_id: str = Field(default="leerid-rp", min_length=1)
    second_client_secret: SecretStr = SecretStr(SECOND_SYNTHETIC_SECRET)
    client_authentication: ClientAuthentication = ClientAuthentication.CLIENT_SECRET_BASIC
    client_key_file: Path | None = None
    scope: str = "openid profile ov_leerling"
    max_age_seconds: int | None = Field(default=None, ge=1)
    acr_values: str = ""
    database: str | None = None
    partner_schools: Path | None = None
    defect: str | None = None
    session_hours: int = Field(default=8, ge=1, le=24)
    privacy_log_days: int = Field(default=PRIVACY_LOG_DAYS, ge=1, le=LONGEST_PRIVACY_LOG_DAYS)
    response_mode: ResponseMode = ResponseMode.QUERY
    silent_first: bool = False
    test_door: bool = False
    discovery_cache_seconds: int = Field(default=60, ge=0, le=60)
    backchannel_logout: bool = False
    initiate_login: bool = False
    refresh: bool = False
    staff_subjects: tuple[str, ...] = ()
    callback: str = CALLBACK

    @field_validator("host")
    @classmethod
    def _within_this_machine(cls, host: str, told: ValidationInfo) -> str:
        if not is_loopback(host) and not told.data.get("expose"):
            raise ValueError("this would listen beyond this machine, and the application is for testing only")
        return host

    @field_validator("test_door")
    @classmethod
    def _door_on_this_machine(cls, is_open: bool, told: ValidationInfo) -> bool:  # noqa: FBT001  pydantic's signature
        if is_open and (told.data.get("expose") or told.data.get("base_url")):
            raise ValueError("the door for tests is for this machine alone")
        return is_open

    @field_validator("staff_subjects", mode="before")
    @classmethod
    def _listed(cls, told: object) -> object:
        """In the environment a list is one text, with commas or spaces between."""
        return tuple(told.replace(",", " ").split()) if isinstance(told, str) else told

    @field_validator("staff_subjects")
    @classmethod
    def _somebody(cls, subjects: tuple[str, ...]) -> tuple[str, ...]:
        if not all(subjects):
            raise ValueError("an empty text names nobody")
        return subjects

    @field_validator("client_key_file")
    @classmethod
    def _key_to_prove_with(cls, file: Path | None, told: ValidationInfo) -> Path | None:
        if file is None and told.data.get("client_authentication") is ClientAuthentication.PRIVATE_KEY_JWT:
            raise ValueError("private_key_jwt needs the file with the private key (JWK or PEM)")
        return file

    @property
    def address(self) -> str:
        """The fixed address of this application; never taken from a request."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return (self.base_url or f"http://{host}:{self.port}").rstrip("/")

    @property
    def scope_asked(self) -> str:
        """What is asked for: a refresh token only by an application that is told to refresh."""
        return f"{self.scope} {OFFLINE_ACCESS}" if self.refresh else self.scope

    @property
    def redirect_uri(self) -> str:
        """Where the provider sends the browser after a sign-in."""
        return f"{self.address}{self.callback}"

    @property
    def post_logout_redirect_uri(self) -> str:
        """Where the provider sends the browser after a sign-out."""
        return f"{self.address}/signed-out"

    @property
    def each_issuer(self) -> tuple[Settings, ...]:
        """The settings as they are for each issuer: with its own client_id, secret and redirect URI.

        Staff are named by their `sub` at the first; at another issuer the same `sub` may be anybody.
        """
        if self.second_issuer is None:
            return (self,)
        own = {
            "issuer": self.second_issuer,
            "client_id": self.second_client_id,
            "client_secret": self.second_client_secret,
            "client_authentication": ClientAuthentication.CLIENT_SECRET_BASIC,
            "client_key_file": None,
            "callback": SECOND_CALLBACK,
            "staff_subjects": (),
        }
        return self, self.model_copy(update=own)

    @property
    def secure(self) -> bool:
        """Whether browsers reach this application over https."""
        return self.address.startswith("https://")


HINTS = {
    "host": "Listen on 127.0.0.1, or say --expose when you know why.",
    "port": "Give a number from 1 to 65535.",
    "base_url": "Give the address browsers use, like https://app.example.be",
    "issuer": "Give the issuer exactly as the provider's discovery document says it, without a trailing slash added.",
    "second_issuer": "Give the issuer of the second provider, likewise.",
    "client_authentication": f"Choose one of: {', '.join(ClientAuthentication)}.",
    "client_key_file": "Add --client-key-file FILE.",
    "response_mode": f"Choose one of: {', '.join(ResponseMode)}.",
    "test_door": "Leave out --expose and --base-url.",
    "staff_subjects": "Give --staff-subject SUB once for each, with the `sub` that ACM tells of them.",
    "session_hours": "Give a whole number from 1 to 24.",
    "privacy_log_days": f"Give a whole number of days from 1 to {LONGEST_PRIVACY_LOG_DAYS}.",
    "max_age_seconds": "Give a whole number of seconds, or leave it out.",
    "discovery_cache_seconds": "Give a whole number from 0 to 60.",
}


def read(options: Mapping[str, Any], environment: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings: an option given on the command line, else LEERID_RP_<NAME>, else the default.

    Raises:
        SettingsError: with every problem found, not only the first.
    """
    names = Settings.model_fields
    told = {name: environment[PREFIX + name.upper()] for name in names if PREFIX + name.upper() in environment}
    told |= {name: value for name, value in options.items() if value is not None}
    try:
        return Settings.model_validate(told)
    except ValidationError as error:
        raise SettingsError(*(_problem(dict(detail)) for detail in error.errors(include_input=False))) from None


def _problem(detail: dict[str, Any]) -> Problem:
    """Turn one of pydantic's findings into words for the person at the keyboard."""
    message = str(detail["msg"]).removeprefix("Value error, ")
    key = ".".join(str(part) for part in detail["loc"])
    option = "--" + key.replace("_", "-")
    return Problem(key=f"{option} / {PREFIX}{key.upper()}", message=message, hint=HINTS.get(key, "See --help."))
