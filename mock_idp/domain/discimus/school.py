"""Schools and administrative groups: those that everybody can count on, kept as data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel, ConfigDict

from mock_idp.domain.problems import parsed, validated

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE: Final = files("mock_idp.domain.discimus") / "data" / "schools.toml"


class Agreement(StrEnum):
    """What the applications of the testbed have agreed with a school (protocol, article 2)."""

    PARTNER = "partner"
    ENDED = "ended"
    NONE = "none"


@dataclass(frozen=True, kw_only=True, slots=True)
class School:
    """An administrative school unit. `number` (instellingsnummer) has six digits, leading zeros count."""

    number: str
    name: str
    agreement: Agreement = Agreement.NONE


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """An administrative group. `code` is opaque digits; `hoofdstructuur` the three digits it usually goes with."""

    code: str
    name: str
    hoofdstructuur: str


class _SchoolRow(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    agreement: Agreement = Agreement.NONE


class _GroupRow(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    hoofdstructuur: str


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    schools: dict[str, _SchoolRow]
    groups: dict[str, _GroupRow]


@cache
def schools() -> Mapping[str, School]:
    """Return the schools that come with the mock, by number."""
    return MappingProxyType(
        {number: School(number=number, **row.model_dump()) for number, row in _file().schools.items()}
    )


@cache
def groups() -> Mapping[str, Group]:
    """Return the groups that come with the mock, by code."""
    return MappingProxyType({code: Group(code=code, **row.model_dump()) for code, row in _file().groups.items()})


@cache
def _file() -> _File:
    return validated(_File, parsed(FILE.read_text("utf-8"), FILE.name), FILE.name)
