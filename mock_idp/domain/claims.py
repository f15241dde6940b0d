"""What the protocol profile of a client lets out: a table from wire claim to domain field, kept as data."""

from __future__ import annotations

from dataclasses import asdict
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel, ConfigDict

from mock_idp.domain.leerid import CitizenFacts, Facts, StudentFacts
from mock_idp.domain.problems import parsed, validated

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

OPENID: Final = "openid"
DEFAULT_PROFILE: Final = "meemoo-2023"
FOLDER: Final = files("mock_idp.domain") / "profiles"


class Certainty(StrEnum):
    """What a name or shape rests on."""

    DOCUMENTED = "documented"
    SEEN = "seen"
    INFERRED = "inferred"


class Shape(StrEnum):
    """How a field is written: `scalar` is absent when unset, `list` is then empty, `records` is a list of objects."""

    SCALAR = "scalar"
    LIST = "list"
    RECORDS = "records"


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Subject(_Row):
    """Which field becomes `sub`."""

    field: str
    certainty: Certainty
    note: str


class Claim(_Row):
    """One row: the claim `wire` holds `field` when `scope` was granted."""

    wire: str
    field: str
    scope: str
    source: str
    certainty: Certainty
    shape: Shape = Shape.SCALAR


class ClaimsProfile(_Row):
    """A named, versioned table of claims."""

    name: str
    title: str
    subject: Subject
    claims: tuple[Claim, ...]

    @property
    def scopes(self) -> frozenset[str]:
        """The scopes that a client of this profile may be granted."""
        return frozenset({OPENID, *(claim.scope for claim in self.claims)})


@cache
def claims_profile(name: str = DEFAULT_PROFILE) -> ClaimsProfile:
    """Return a profile that comes with the mock; raise `KeyError` when there is none of that name."""
    if name not in profile_names():
        raise KeyError(f"There is no claims profile {name!r}; there are: {', '.join(profile_names())}.")
    file = FOLDER / f"{name}.toml"
    return validated(ClaimsProfile, parsed(file.read_text("utf-8"), file.name), file.name)


@cache
def profile_names() -> tuple[str, ...]:
    """Return the names of the profiles that come with the mock."""
    return tuple(sorted(each.name.removesuffix(".toml") for each in FOLDER.iterdir() if each.name.endswith(".toml")))


def release(facts: Facts, profile: ClaimsProfile, scopes: Collection[str]) -> dict[str, Any]:
    """Return the claims about a person that this profile lets out for these scopes, `sub` among them."""
    fields = _fields(facts)
    rows = (claim for claim in profile.claims if claim.scope in scopes and claim.field in fields)
    claims = {claim.wire: WRITERS[claim.shape](fields[claim.field]) for claim in rows}
    return {"sub": fields[profile.subject.field]} | {wire: value for wire, value in claims.items() if value is not None}


def _fields(facts: Facts) -> dict[str, Any]:
    """Return the fields that a profile can name. A field that a kind of person does not have is not there."""
    if isinstance(facts, CitizenFacts):
        return {
            "subject": facts.subject,
            "given_name": facts.given_name,
            "family_name": facts.family_name,
            **facts.vo,
        }
    return _student_fields(facts)


def _student_fields(facts: StudentFacts) -> dict[str, Any]:
    first = next(iter(facts.enrolments), None)
    return {
        "subject": facts.account_uuid,
        "account_uuid": facts.account_uuid,
        "leer_id_uuid": facts.leer_id_uuid,
        "history": facts.history,
        "given_name": facts.given_name,
        "family_name": facts.family_name,
        "birth_day": facts.birth_day,
        "birth_month": facts.birth_month,
        "birth_year": facts.birth_year,
        "email": facts.email,
        "first_school": first.instellingsnummer if first else None,
        "enrolments": facts.enrolments,
    }


def _as_list(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, tuple) else [value]


WRITERS: Final[dict[Shape, Callable[[Any], Any]]] = {
    Shape.SCALAR: lambda value: value,
    Shape.LIST: _as_list,
    Shape.RECORDS: lambda values: [asdict(each) for each in values],
}
