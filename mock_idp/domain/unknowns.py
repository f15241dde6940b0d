"""What nobody has published about LeerID and ACM: what the mock does instead, and the switch to try it otherwise."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Final, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from mock_idp.domain.claims import Certainty  # noqa: TC001  pydantic reads it at run time
from mock_idp.domain.problems import parsed, validated
from mock_idp.domain.switches import Switch  # noqa: TC001  pydantic reads it at run time

FILE: Final = files("mock_idp.domain") / "data" / "unknowns.toml"


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Unknown(_Row):
    """One question. `default` is what the mock does, `certainty` what that rests on; `no_switch` why there is none."""

    id: str = Field(pattern=r"^U[1-9][0-9]?$")
    question: str = Field(pattern=r"\?$")
    default: str = Field(pattern=r"\.$")
    certainty: Certainty
    switches: tuple[Switch, ...] = ()
    no_switch: str = ""
    note: str = ""

    @model_validator(mode="after")
    def _has_a_switch_or_a_reason(self) -> Self:
        if bool(self.switches) == bool(self.no_switch):
            raise ValueError("Give either a switch or, under no_switch, the reason why there is none.")
        return self


class _File(_Row):
    unknowns: tuple[Unknown, ...] = Field(min_length=1)


@cache
def unknowns() -> tuple[Unknown, ...]:
    """Return every unknown, U1 first."""
    return validated(_File, parsed(FILE.read_text("utf-8"), FILE.name), FILE.name).unknowns
