"""The values of the control API: what callers send (`Sent`) and what they are told (`Told`)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError

from mock_idp.domain.claims import built_in_profiles
from mock_idp.domain.clients import AuthMethod, GrantType  # noqa: TC001  pydantic reads it at run time
from mock_idp.domain.identities import Capacity, IdentityLevel  # noqa: TC001  same
from mock_idp.domain.people.cast import LABEL as CAST
from mock_idp.domain.problems import did_you_mean
from mock_idp.faults import Kind, Seam, catalogue
from mock_idp.journal import Exchange  # noqa: TC001  pydantic reads it at run time
from mock_idp.settings import Policy  # noqa: TC001  pydantic reads it at run time
from mock_idp.web.control.wire import Sent, Told

CENTURY_DAYS = 36_500
Offset = Annotated[int, Field(ge=-CENTURY_DAYS, le=CENTURY_DAYS)]
FURTHEST_AHEAD_S = 12 * 366 * 86_400
"""Twelve years."""


def _ids(kind: Kind) -> list[str]:
    return [each.id for each in catalogue().values() if each.kind == kind]


def _known(kind: Kind, fault_id: str) -> str:
    fault = catalogue().get(fault_id)
    if fault is None:
        raise unknown(f"There is no {kind} of this name", did_you_mean(fault_id, catalogue()))
    if fault.kind != kind:
        raise unknown(f"This is a {fault.kind}, no {kind}", f"List it under {fault.kind}s.")
    return fault_id


def unknown(message: str, hint: str) -> PydanticCustomError:
    """Return the error for a name that does not exist, with what may help."""
    return PydanticCustomError("unknown", "{message}", {"message": message, "hint": hint or None})


def _known_persona(slug: str | None, info: ValidationInfo) -> str | None:
    personas = (info.context or {}).get("personas", ())
    if slug is None or slug in personas:
        return slug
    raise unknown("There is no persona of this name", did_you_mean(slug, personas))


def _known_profile(name: str | None, info: ValidationInfo) -> str | None:
    profiles = (info.context or {}).get("profiles", built_in_profiles())
    if name is None or name in profiles:
        return name
    raise unknown("There is no claims profile of this name", did_you_mean(name, profiles))


def _known_issuer(name: str | None, info: ValidationInfo) -> str | None:
    issuers = (info.context or {}).get("issuers", ())
    if name is None or name in issuers:
        return name
    raise unknown("There is no issuer of this name", did_you_mean(name, issuers) or "Open it with PUT /issuers/NAME.")


FaultId = Annotated[
    str,
    AfterValidator(lambda each: _known(Kind.FAULT, each)),
    WithJsonSchema({"type": "string", "enum": _ids(Kind.FAULT)}),
]
CircumstanceId = Annotated[
    str,
    AfterValidator(lambda each: _known(Kind.CIRCUMSTANCE, each)),
    WithJsonSchema({"type": "string", "enum": _ids(Kind.CIRCUMSTANCE)}),
]


class About(Told):
    """What answers here."""

    product: str
    version: str
    api: str
    issuer: str
    seed: int = Field(description="What the crowd is made from.")


class FaultView(Told):
    """Something that a stage can arm."""

    id: str
    seam: Seam
    kind: Kind
    sentence: str = Field(description="What the provider does, in one sentence.")
    requirements: list[str] = Field(description="What an application is judged by, as in CLM-24.")


class Faults(Told):
    """Everything that a stage can arm."""

    faults: list[FaultView]


class StageMembers(Sent):
    """A situation, as it is opened or changed. What is left out stays as it is; at the start: honest, now."""

    faults: list[FaultId] = Field(default=[], description="Ids of violations to arm.")
    circumstances: list[CircumstanceId] = Field(default=[], description="Ids of unusual but rightful things to arm.")
    persona: Annotated[str | None, AfterValidator(_known_persona)] = Field(
        default=None, description="Slug of the person that the sign-in page offers first."
    )
    calendar_offset_days: Offset = Field(default=0, description="Moves the date on which the registers are read.")
    clock_ahead_s: int = Field(
        default=0,
        ge=0,
        le=FURTHEST_AHEAD_S,
        description="Dates tokens so far ahead, for an application whose clock was put ahead.",
    )
    claims_profile: Annotated[str | None, AfterValidator(_known_profile)] = Field(
        default=None, description="Replaces the claims profile of the client."
    )
    issuer: Annotated[str | None, AfterValidator(_known_issuer)] = Field(
        default=None, description="The sibling whose discovery and keys it bends; else the main issuer."
    )
    cast: Annotated[str, Field(pattern=CAST)] | None = Field(
        default=None,
        description="Who plays the personas: people of this label's own, the same whenever it is given. null: the "
        "personas themselves.",
    )
    label: str | None = Field(default=None, max_length=200, description="For people who read the journal.")


class StageCookie(Told):
    """The cookie by which a browser says on which stage it is."""

    name: str
    value: str


class StageView(Told):
    """A situation that is open."""

    id: str
    label: str | None
    faults: list[str]
    circumstances: list[str]
    persona: str | None
    calendar_offset_days: int
    clock_ahead_s: int
    claims_profile: str | None
    issuer: str | None
    cast: str | None
    cookie: StageCookie
    created_at: str


class StageList(Told):
    """Every open stage, the default one first."""

    stages: list[StageView]


class JournalQuery(Sent):
    """Which exchanges are wanted."""

    stage: str | None = None
    since: Annotated[str, Field(pattern=r"^[0-9]{1,15}$")] = "0"


class StageJournalQuery(Sent):
    """Which exchanges of one stage are wanted."""

    since: Annotated[str, Field(pattern=r"^[0-9]{1,15}$")] = "0"


class Exchanges(Told):
    """What was said, oldest first."""

    exchanges: list[Exchange]


class ClientView(Told):
    """A registered client, without its secret."""

    client_id: str
    redirect_uris: list[str]
    post_logout_redirect_uris: list[str]
    token_endpoint_auth_method: AuthMethod
    jwks: dict[str, Any] | None
    scopes: list[str] | None = Field(description="null: those of its claims profile.")
    claims_profile: str
    require_pkce: bool
    client_name: str | None
    grant_types: list[GrantType]
    required_scopes: list[str]
    acr_values: list[str]
    identity_level: IdentityLevel
    capacities: list[Capacity]
    access_token_ttl_s: int | None
    audiences: list[str]
    resources: list[str]
    openid_in_answer: bool | None
    organisation_code: str | None
    organisation_name: str | None


class ClientList(Told):
    """Every registered client."""

    clients: list[ClientView]


class IssuerQuery(Sent):
    """Of which issuer the call speaks."""

    issuer: str | None = None


class IssuerMembers(Sent):
    """How an issuer behaves. What is left out is as at the start."""

    policy: Policy | None = Field(default=None, description="Switches; those that are left out have their defaults.")
    faults: list[FaultId] = Field(default=[], description="Violations that hold for everything this issuer says.")
    circumstances: list[CircumstanceId] = Field(default=[], description="Unusual but rightful things, likewise.")


class IssuerView(Told):
    """An issuer: `op`, or a sibling."""

    name: str
    issuer: str = Field(description="The issuer identifier, without trailing slash.")
    policy: Policy
    armed: list[str]


class IssuerList(Told):
    """Every issuer, the main one first."""

    issuers: list[IssuerView]


class KeyView(Told):
    """A signing key of the provider; its private part stays where it is."""

    kid: str
    state: Literal["published", "active", "retired"]
    alg: Literal["RS256"]


class KeyList(Told):
    """Every signing key: one is active, retired ones are published no more."""

    keys: list[KeyView]


class KeyAction(Sent):
    """What to do with the signing keys."""

    action: Literal["publish", "activate", "retire", "rotate", "replace"] = Field(
        description="`rotate` publishes a new key and activates it; the old one stays published. `replace` signs with "
        "a new key under the name of the old one, which no issuer ought to do."
    )


class LogoutMembers(Sent):
    """Whom a logout token is about: a person, a session, or both. Left out, the token names neither."""

    client_id: str = Field(min_length=1, description="The application to which it goes.")
    sub: str | None = None
    sid: str | None = None


class LogoutAnswer(Told):
    """How the application answered."""

    status: int = Field(description="HTTP status; 0 when nothing answered.")
    cache_control: str | None = None


class ClockSetting(Sent):
    """Where the calendar of the default stage stands."""

    calendar_offset_days: Offset


class ClockView(Told):
    """The clock of the tokens, and the date on which the registers are read on the default stage."""

    now: str
    calendar_date: str
    calendar_offset_days: int
