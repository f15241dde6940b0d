"""The means of authentication: a table of URNs with their levels, as data, and one that stands for LeerID."""

from __future__ import annotations

from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from pydantic import BaseModel, ConfigDict, Field, field_validator

from mock_idp.domain.claims import Certainty  # noqa: TC001  pydantic reads it at run time
from mock_idp.domain.problems import parsed, validated

FILE: Final = files("mock_idp.domain") / "data" / "means.toml"


class Eidas(StrEnum):
    """The levels of assurance of eIDAS."""

    LOW = "low"
    SUBSTANTIAL = "substantial"
    HIGH = "high"


class Means(BaseModel):
    """One means. `acm_level` and `csam`: higher is stronger; `is_leerid`: the URN is a placeholder."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    urn: str = Field(pattern=r"^urn:[!-~]+$")
    name: str = Field(min_length=1)
    acm_level: int = Field(ge=0, le=100)
    csam: int | None = None
    eidas: Eidas | None = None
    is_leerid: bool = False
    certainty: Certainty


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    means: tuple[Means, ...]

    @field_validator("means")
    @classmethod
    def _named_once(cls, means: tuple[Means, ...]) -> tuple[Means, ...]:
        if len({each.urn for each in means}) < len(means):
            raise ValueError("Two means have one URN.")
        if [each.is_leerid for each in means].count(True) != 1:
            raise ValueError("One means stands for LeerID.")
        return means


@cache
def documented_means() -> tuple[Means, ...]:
    """Return every means of the table, strongest first."""
    return validated(_File, parsed(FILE.read_text("utf-8"), FILE.name), FILE.name).means


@lru_cache(maxsize=64)
def means_known(leerid_acr: str) -> dict[str, Means]:
    """Return every means by URN, where that of LeerID is `leerid_acr`."""
    renamed = (each.model_copy(update={"urn": leerid_acr}) if each.is_leerid else each for each in documented_means())
    return {each.urn: each for each in renamed}


def level_of(urn: str, leerid_acr: str) -> int:
    """Return the level of a means; 0 when it is in no table."""
    means = means_known(leerid_acr).get(urn)
    return means.acm_level if means else 0
