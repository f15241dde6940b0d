"""How the mock is set up: one frozen value, made at start."""

from __future__ import annotations

from datetime import date  # noqa: TC003  pydantic reads it at run time
from pathlib import Path  # noqa: TC003  pydantic reads it at run time
from typing import Final
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator

from mock_idp.settings.addresses import EVERYWHERE, is_address, is_loopback
from mock_idp.settings.policy import Policy

PRODUCT: Final = "leerid-testbed"
VERSION: Final = "0.1.0"


class Settings(BaseModel):
    """What the process is started with. Durations in seconds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    host: str = Field(default="localhost", description="Name or address to listen on.")
    port: int = Field(default=9100, ge=0, le=65535)
    issuer_url: str | None = Field(default=None, description="Issuer, when it does not follow from host and port.")
    seed: int = Field(
        default=0, description="Makes the crowd and the passwords; keys, codes and tokens are never seeded."
    )
    today: date | None = Field(default=None, description="The date on which the registers are read at start.")
    clients_file: Path | None = Field(default=None, description="Registered clients; with it only those are served.")
    people_file: Path | None = Field(default=None, description="People beside the personas and the crowd.")
    claims_profile_files: tuple[Path, ...] = Field(default=(), description="Claims profiles beside the built-in ones.")
    default_profile: str | None = Field(default=None, description="The claims profile of applications not registered.")
    circumstances: tuple[str, ...] = Field(default=(), description="What the default stage arms from the start.")
    control_token: SecretStr | None = None
    allow_remote: bool = False
    datastore_url: str | None = Field(default=None, description="The datastore to ask, when it is served elsewhere.")
    datastore_connect_s: float = Field(default=2.0, gt=0, description="How long a connection to it may take.")
    datastore_read_s: float = Field(default=5.0, gt=0, description="How long it may be silent. A guess at ACM.")
    policy: Policy = Field(default_factory=Policy, description="How the issuer behaves, and every sibling at first.")
    siblings: tuple[str, ...] = Field(default=(), description="Names of issuers beside the main one, from the start.")

    @field_validator("datastore_url")
    @classmethod
    def _can_be_asked(cls, url: str | None) -> str | None:
        if url is not None and "@" in url:  # never repeated: it may be a password
            raise ValueError("An address of a datastore holds no user name and no password.")
        if url is not None and not is_address(url):
            raise ValueError(f"{url!r} is no address of a datastore; write it as http://localhost:9101.")
        return url

    @model_validator(mode="after")
    def _stays_on_loopback(self) -> Settings:
        if is_loopback(self.host):
            return self
        if not self.allow_remote or self.control_token is None:
            raise ValueError(
                f"{self.host} can be reached from other machines. Listen on localhost, or, in a closed test network, "
                "give both --allow-remote and a control token (--control-token or LEERID_CONTROL_TOKEN)."
            )
        return self

    @property
    def issuer(self) -> str:
        """The issuer identifier, without trailing slash: `http://localhost:9100/op`."""
        return self.issuer_url or f"{self.site}/op"

    @property
    def site(self) -> str:
        """The origin of every page: `http://localhost:9100`."""
        if self.issuer_url:
            parts = urlsplit(self.issuer_url)
            return f"{parts.scheme}://{parts.netloc}"
        name = "localhost" if self.host in EVERYWHERE else self.host
        return f"http://{f'[{name}]' if ':' in name else name}:{self.port}"

    @property
    def issuer_path(self) -> str:
        """The path under which the endpoints live: `/op`."""
        return urlsplit(self.issuer).path

    @property
    def is_open(self) -> bool:
        """Whether any application on loopback may come as it is."""
        return self.clients_file is None
