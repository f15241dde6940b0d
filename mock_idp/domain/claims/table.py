"""The table of claims: data, read once and checked."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from mock_idp.domain.claims.fields import FIELDS, Shape, shapes_of
from mock_idp.domain.problems import did_you_mean, parsed, validated

if TYPE_CHECKING:
    from collections.abc import Mapping

OPENID: Final = "openid"
OFFLINE_ACCESS: Final = "offline_access"
"""A scope of the protocol: it opens no claim, and lets a client refresh. Registrations grant it, no profile does."""
SUBJECT: Final = "sub"
FILE: Final = files("mock_idp.domain.claims") / "data" / "claims.toml"


class Certainty(StrEnum):
    """What something rests on."""

    DOCUMENTED = "documented"
    """An official text."""
    SEEN = "seen"
    """Published client code."""
    INFERRED = "inferred"
    """A guess of ours; reality may differ."""


class Row(BaseModel):
    """A part of a document: unknown members are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Claim(Row):
    """One row: the claim `wire` holds `field`, written as `shape`, when `scope` was granted."""

    wire: str = Field(pattern=r"^[a-z][a-zA-Z0-9_]*$")
    field: str
    scope: str = Field(pattern=r"^[!#-\[\]-~]+$")
    source: str = Field(min_length=1)
    certainty: Certainty
    shape: Shape = Field(default=Shape.SCALAR, validate_default=True)
    note: str = ""

    @field_validator("field")
    @classmethod
    def _is_there(cls, field: str) -> str:
        if field in FIELDS:
            return field
        raise unknown(f"There is no field {field!r}", did_you_mean(field, FIELDS))

    @field_validator("shape")
    @classmethod
    def _can_be_written(cls, shape: Shape, info: ValidationInfo) -> Shape:
        field = info.data.get("field")
        possible = shapes_of(field) if field else (shape,)
        if shape not in possible:
            raise ValueError(f"The field {field!r} cannot be written as {shape}, only as {' or '.join(possible)}.")
        return shape


class _Table(Row):
    claims: tuple[Claim, ...] = Field(min_length=1)


@cache
def claims_table() -> Mapping[str, Claim]:
    """Return every claim that comes with the mock, by its name on the wire; `sub` is the first."""
    table = validated(_Table, parsed(FILE.read_text("utf-8"), FILE.name), FILE.name)
    return MappingProxyType({claim.wire: claim for claim in table.claims})


def unknown(message: str, hint: str) -> PydanticCustomError:
    """Return the error for a name that does not exist, with what may help."""
    return PydanticCustomError("unknown", "{message}", {"message": message, "hint": hint})
