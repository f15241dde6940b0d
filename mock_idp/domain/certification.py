"""How this provider does in the OpenID Foundation's tests of providers: every module of three certification plans."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Final, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from mock_idp.domain.problems import parsed, validated

FILE: Final = files("mock_idp.domain") / "data" / "modules.toml"


class Plan(StrEnum):
    """Which certification a module belongs to."""

    BASIC = "basic"
    CONFIG = "config"
    RP_INITIATED_LOGOUT = "rp-initiated-logout"


class Outcome(StrEnum):
    """What the suite says in the end."""

    PASSES = "passes"
    WARNED = "warned"
    """Something recommended is missing; certification allows it."""
    SKIPPED = "skipped"
    """The suite leaves it out by itself; certification allows it."""
    CONTRADICTED = "contradicted"
    """What ACM does fails it."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Module(_Part):
    """One module. `row`: the behaviour that keeps it from passing; `why` says how."""

    name: str = Field(pattern=r"^oidcc(-[a-z0-9]+)+$")
    plan: Plan
    outcome: Outcome
    why: str = Field(default="", pattern=r"^([^|]+\.)?$")
    row: str = ""

    @model_validator(mode="after")
    def _explains_itself(self) -> Self:
        if self.outcome != Outcome.PASSES and not (self.why and self.row):
            raise ValueError("Say why it does not pass, and which row that is.")
        return self


class _File(_Part):
    modules: tuple[Module, ...] = Field(min_length=1)


@cache
def modules() -> tuple[Module, ...]:
    """Return every module, in the order of the plans; raise `ProblemsError` when the file cannot be used."""
    return validated(_File, parsed(FILE.read_text("utf-8"), FILE.name), FILE.name).modules
