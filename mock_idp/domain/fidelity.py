"""How faithful the mock is: each behaviour with its source, what that rests on, and whether it is copied or guessed."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Final, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from mock_idp.domain.claims import Certainty
from mock_idp.domain.problems import parsed, validated
from mock_idp.domain.switches import Switch  # noqa: TC001  pydantic reads it at run time

FOLDER: Final = files("mock_idp.domain") / "data" / "fidelity"
SECTIONS: Final = (
    "publication",
    "authorization",
    "client-authentication",
    "tokens",
    "refreshing",
    "keys",
    "sessions",
    "sign-out",
    "sign-in",
    "means",
    "identities",
    "people",
    "machine",
    "certification",
    "left-out",
)
"""In the order of the page; each is a file of that name."""


class Standing(StrEnum):
    """What the mock did with what is known."""

    COPIED = "copied"
    """As documented, or as seen."""
    GUESSED = "guessed"
    """Nobody published it; the likeliest is done instead."""
    LEFT_OUT = "left-out"
    """It is not here."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Row(_Part):
    """One behaviour. `source` is the short name of a page or of client code; `no_switch` says why a guess has none."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    behaviour: str = Field(pattern=r"^[^|]+\.$")
    source: str = Field(pattern=r"^[^|]+[^|.]$")
    certainty: Certainty
    standing: Standing
    switches: tuple[Switch, ...] = ()
    no_switch: str = ""
    note: str = ""

    @model_validator(mode="after")
    def _is_no_more_certain_than_its_source(self) -> Self:
        if self.standing != Standing.LEFT_OUT and (self.standing == Standing.GUESSED) != (
            self.certainty == Certainty.INFERRED
        ):
            raise ValueError("What is inferred is guessed, and what is guessed is inferred.")
        return self

    @model_validator(mode="after")
    def _explains_itself(self) -> Self:
        if self.standing == Standing.GUESSED and bool(self.switches) == bool(self.no_switch):
            raise ValueError("Give either a switch or, under no_switch, the reason why there is none.")
        if self.standing == Standing.LEFT_OUT and not self.note:
            raise ValueError("Say in the note why it is left out.")
        return self


class Section(_Part):
    """Rows that belong together, under a title."""

    title: str = Field(min_length=1)
    rows: tuple[Row, ...] = Field(min_length=1)


@cache
def fidelity() -> dict[str, Section]:
    """Return every section by name, in the order of the page; raise `ProblemsError` when a file cannot be used."""
    return {name: _read(f"{name}.toml") for name in SECTIONS}


def _read(file: str) -> Section:
    return validated(Section, parsed((FOLDER / file).read_text("utf-8"), file), file)
