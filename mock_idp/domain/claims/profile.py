"""Claims profiles: what the agreement of one client lets out, and for how long and what for. Data, read from TOML."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, Final

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from mock_idp.domain.claims.fields import DATES, MEMBERS, Shape
from mock_idp.domain.claims.table import OFFLINE_ACCESS, OPENID, SUBJECT, Certainty, Claim, Row, claims_table, unknown
from mock_idp.domain.problems import did_you_mean, parsed, validated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

OWN: Final = "A profile of one's own"
RESERVED: Final = frozenset(
    {
        *("sub", "iss", "aud", "azp", "exp", "iat", "nbf", "jti", "nonce", "at_hash", "c_hash", "kid"),
        *("acr", "amr", "auth_time", "sid"),
    }
)
"""Claims about the token and not about the person: a profile cannot name them."""


class Subject(StrEnum):
    """What `sub` is for a pupil. ACM's other users always have the subject that ACM gave them."""

    ACCOUNT_UUID = "account_uuid"
    OMIT = "omit"


class Doubt(Row):
    """Why a member of a profile is not documented."""

    certainty: Certainty
    note: str = Field(min_length=1)

    @field_validator("certainty")
    @classmethod
    def _doubts(cls, certainty: Certainty) -> Certainty:
        if certainty == Certainty.DOCUMENTED:
            raise ValueError("What is documented is left out here.")
        return certainty


class OwnClaim(Claim):
    """A claim that the common table does not have, or has under another name: the claim map of a profile."""

    source: str = Field(default=OWN, min_length=1)
    certainty: Certainty = Certainty.INFERRED

    @field_validator("wire")
    @classmethod
    def _is_free(cls, wire: str) -> str:
        if wire in RESERVED:
            raise ValueError(f"{wire!r} is a claim about the token; choose another name. What sub is, subject says.")
        return wire


def _listed(wire: str) -> str:
    names = claims_table().keys() - {SUBJECT}
    if wire in names:
        return wire
    if wire == SUBJECT:
        raise ValueError("What sub is, the member subject says; leave it out here.")
    raise unknown(f"There is no claim {wire!r} in the table; write it under own_claims", did_you_mean(wire, names))


def _known_member(member: str) -> str:
    known = (*MEMBERS, *DATES)
    if member in known:
        return member
    raise unknown(f"An enrolment has no member {member!r}", did_you_mean(member, known))


class ClaimsProfile(Row):
    """What may be known to a client. `claims`: names of the common table; `own_claims`: further rows, or other names.

    `members`: of a claim made of objects, the members that are let out; all of them where it says nothing.
    `not_documented`: which of these members rest on less than an official text, and on what.
    """

    name: str = Field(pattern=r"^[a-z0-9]+([.-][a-z0-9]+)*$", max_length=60)
    title: str = Field(default=OWN, min_length=1)
    source: str = Field(default=OWN, min_length=1)
    own_claims: tuple[OwnClaim, ...] = ()
    claims: tuple[Annotated[str, AfterValidator(_listed)], ...] = Field(default=(), validate_default=True)
    members: dict[str, tuple[Annotated[str, AfterValidator(_known_member)], ...]] = Field(default_factory=dict)
    scopes: tuple[str, ...]
    subject: Subject = Subject.ACCOUNT_UUID
    retention_years: int = Field(default=3, ge=0, le=100)
    purpose: str = Field(default="Not stated.", min_length=1)
    recipients: tuple[str, ...] = ()
    not_documented: dict[str, Doubt] = Field(default_factory=dict)

    @cached_property
    def rows(self) -> tuple[Claim, ...]:
        """Every claim that this profile lets out; `sub` is the first."""
        table = claims_table()
        return (table[SUBJECT], *(table[wire] for wire in self.claims), *self.own_claims)

    @property
    def wires(self) -> tuple[str, ...]:
        """The names on the wire of everything that this profile lets out."""
        return tuple(row.wire for row in self.rows)

    @field_validator("claims")
    @classmethod
    def _once(cls, claims: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        twice = _repeated([*claims, *(claim.wire for claim in info.data.get("own_claims", ()))])
        if twice:
            raise ValueError(f"Let out twice: {', '.join(twice)}.")
        return claims

    @field_validator("members")
    @classmethod
    def _of_objects(cls, members: dict[str, Any], info: ValidationInfo) -> dict[str, Any]:
        objects = {row.wire for row in _rows(info) if row.shape == Shape.RECORDS}
        if "claims" in info.data and (others := sorted(members.keys() - objects)):
            raise ValueError(f"No claim of this profile that is made of objects: {', '.join(others)}.")
        return members

    @field_validator("scopes")
    @classmethod
    def _reach(cls, scopes: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        missing = dict.fromkeys(row.scope for row in _rows(info) if row.scope not in scopes)
        problems = [f"Without the scope {scope} these never leave: {_of_scope(scope, info)}." for scope in missing]
        problems += [] if OPENID in scopes else ["openid must be among them."]
        problems += ["offline_access opens no claim: the scopes of a client grant it."] * (OFFLINE_ACCESS in scopes)
        if problems:
            raise ValueError(" ".join(problems))
        return scopes

    @field_validator("not_documented")
    @classmethod
    def _about_members(cls, doubts: dict[str, Doubt]) -> dict[str, Doubt]:
        others = sorted(doubts.keys() - (cls.model_fields.keys() - {"not_documented"}))
        if others:
            hint = did_you_mean(others[0], cls.model_fields)
            raise unknown(f"A profile has no member {', '.join(others)}", hint)
        return doubts


def read_profile(text: str, file: str) -> ClaimsProfile:
    """Return the profile in a TOML document; raise `ProblemsError` with every problem."""
    return validated(ClaimsProfile, parsed(text, file), file)


def _rows(info: ValidationInfo) -> Iterator[Claim]:
    """Yield the rows of the members that are right so far."""
    yield from (claims_table()[wire] for wire in info.data.get("claims", ()))
    yield from info.data.get("own_claims", ())


def _of_scope(scope: str, info: ValidationInfo) -> str:
    return ", ".join(row.wire for row in _rows(info) if row.scope == scope)


def _repeated(names: Iterable[str]) -> list[str]:
    return sorted(name for name, times in Counter(names).items() if times > 1)
