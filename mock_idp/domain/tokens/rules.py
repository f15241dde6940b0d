"""The table of rules: data, read once and checked."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from mock_idp.domain.claims import Certainty  # noqa: TC001  pydantic reads it at run time
from mock_idp.domain.problems import did_you_mean, parsed, validated
from mock_idp.domain.tokens.checks import CHECKS, NEEDS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

FILE: Final = files("mock_idp.domain.tokens") / "data" / "token_rules.toml"
SENTENCE: Final = r"\.$"


class Token(StrEnum):
    """Which token a rule is about."""

    ID_TOKEN = "id-token"  # noqa: S105  the name of a kind of token, not a password
    CLIENT_ASSERTION = "client-assertion"


class Part(StrEnum):
    """Where in the token a member stands."""

    HEADER = "header"
    CLAIMS = "claims"


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Check(_Row):
    """A check by name, and what is said when the value does not keep it: what is odd and how to mend it."""

    name: str
    odd: str = Field(pattern=SENTENCE)

    @field_validator("name")
    @classmethod
    def _is_there(cls, name: str) -> str:
        return _known(name, CHECKS, "check")


class Rule(_Row):
    """What ACM says of one member. `needed`: when it has to be there; `missing` is what is said when it is not."""

    token: Token
    part: Part
    member: str = Field(min_length=1)
    rule: str = Field(pattern=SENTENCE)
    source: str = Field(min_length=1)
    certainty: Certainty
    checks: tuple[Check, ...] = ()
    needed: str = "never"
    missing: str = Field(default="", pattern=r"^$|\.$")

    @field_validator("needed")
    @classmethod
    def _is_a_need(cls, needed: str) -> str:
        return _known(needed, NEEDS, "need")

    @model_validator(mode="after")
    def _says_what_is_missing(self) -> Self:
        if (self.needed == "never") != (not self.missing):
            raise ValueError("Give `needed` and `missing` together.")
        return self


class _File(_Row):
    rules: tuple[Rule, ...] = Field(min_length=1)


@cache
def token_rules() -> Mapping[tuple[Token, Part, str], Rule]:
    """Return every rule by token, part and member, in the order of the table."""
    rules = validated(_File, parsed(FILE.read_text("utf-8"), FILE.name), FILE.name).rules
    return MappingProxyType({(rule.token, rule.part, rule.member): rule for rule in rules})


def _known(name: str, known: Collection[str], what: str) -> str:
    if name not in known:
        raise ValueError(f"There is no {what} {name!r}. {did_you_mean(name, known)}".strip())
    return name
