"""The written form of people: rows of a TOML file, of a school export, or the JSON of the control API."""

from __future__ import annotations

from typing import Annotated, Final, Literal, TypeAlias, get_args

from pydantic import BaseModel, ConfigDict, Field

from mock_idp.domain.discimus.life import Sex  # noqa: TC001  pydantic reads it at run time
from mock_idp.domain.discimus.moments import Status
from mock_idp.domain.insz import Number
from mock_idp.domain.people.days import Day  # noqa: TC001  pydantic reads it at run time

USER_NAME: Final = r"^[a-z0-9][a-z0-9._-]{1,99}$"
LABEL: Final = r"^[a-z0-9][a-z0-9._-]{0,99}$"
"""Whatever a user name can be, for an account without a label is called after it; a single letter too."""
SCHOOL: Final = r"^[0-9]{6}$"
CIRCUMSTANCE: Final = r"^(datastore|claims)\.[a-z0-9-]+$"
UNPRINTED: Final = r"\x00-\x1f\x7f-\x9f\u2028\u2029"
TIDY: Final = rf"^[^\s{UNPRINTED}]([^{UNPRINTED}]*[^\s{UNPRINTED}])?$"
"""Text on one line, without white space around it, which is stripped of what is typed on the sign-in page."""
MOST_IDENTITIES: Final = 100
MOST_MOMENTS: Final = 500
"""Every page looks at the whole life of somebody."""

Name: TypeAlias = Annotated[str, Field(min_length=1, max_length=200, pattern=TIDY)]
Label: TypeAlias = Annotated[str, Field(pattern=LABEL)]
SchoolNumber: TypeAlias = Annotated[str, Field(pattern=SCHOOL)]
Role: TypeAlias = Annotated[str, Field(min_length=1, max_length=200, pattern=TIDY)]
Urn: TypeAlias = Annotated[str, Field(pattern=r"^urn:[!-~]+$", max_length=200)]
Email: TypeAlias = Annotated[str, Field(min_length=1, max_length=200)]


class Row(BaseModel):
    """A part of a document: unknown members are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class BirthRow(Row):
    """A date of birth in three parts; "00" is unknown."""

    day: str = Field(pattern=r"^[0-9]{2}$")
    month: str = Field(pattern=r"^[0-9]{2}$")
    year: str = Field(pattern=r"^[0-9]{4}$")


class MomentRow(Row):
    """A moment: `on` it happens, `known_on` the registers learn of it."""

    on: Day = Field(description="Days from the day at start, a date, or a day counted from the school year.")
    known_on: Day | None = Field(default=None, description="The day on which the registers learn of it.")


class EnrolledRow(MomentRow):
    """A school enrols the pupil."""

    is_: Literal["enrolled"] = Field(alias="is")
    school: SchoolNumber
    stamnummer: str = Field(pattern=r"^[0-9]{7}$")
    group: str = Field(pattern=r"^[0-9]{1,10}$")
    hoofdstructuur: str | None = Field(default=None, pattern=r"^[0-9]{3}$")
    status: Status = Status.REALISED
    free: bool = False


class MovedRow(MomentRow):
    """The pupil leaves one school, or all, for another."""

    is_: Literal["moved"] = Field(alias="is")
    to: SchoolNumber
    leaving: SchoolNumber | None = Field(default=None, alias="from")
    stamnummer: str = Field(pattern=r"^[0-9]{7}$")
    group: str = Field(pattern=r"^[0-9]{1,10}$")
    hoofdstructuur: str | None = Field(default=None, pattern=r"^[0-9]{3}$")


class LeftRow(MomentRow):
    """The first day without an enrolment, at one school or at all."""

    is_: Literal["left"] = Field(alias="is")
    school: SchoolNumber | None = None


class CancelledRow(MomentRow):
    """An enrolment is taken back."""

    is_: Literal["cancelled"] = Field(alias="is")
    school: SchoolNumber


class AgreementEndedRow(MomentRow):
    """The agreement of a school with applications ends: the registers stay as they are."""

    is_: Literal["agreement-ended"] = Field(alias="is")
    school: SchoolNumber


class RegroupedRow(MomentRow):
    """Another administrative group of the same school."""

    is_: Literal["regrouped"] = Field(alias="is")
    school: SchoolNumber
    group: str = Field(pattern=r"^[0-9]{1,10}$")
    hoofdstructuur: str | None = Field(default=None, pattern=r"^[0-9]{3}$")


class SchoolRenumberedRow(MomentRow):
    """The school gets a new number."""

    is_: Literal["school-renumbered"] = Field(alias="is")
    school: SchoolNumber
    to: SchoolNumber


class NameCorrectedRow(MomentRow):
    """AGODI corrects the official name."""

    is_: Literal["name-corrected"] = Field(alias="is")
    given_name: Name | None = None
    family_name: Name | None = None


class NumberFoundRow(MomentRow):
    """The national number is found, or one kind replaces the other."""

    is_: Literal["identified", "number-replaced"] = Field(alias="is")
    number: Literal[Number.RRN, Number.BIS] = Number.RRN


class AccountRow(MomentRow):
    """Something that happens to an account; without `account`, to the first one."""

    is_: Literal[
        "account-opened",
        "account-replaced",
        "account-blocked",
        "account-unblocked",
        "password-expired",
        "password-changed",
        "account-withheld",
        "account-handed-out",
    ] = Field(alias="is")
    account: Label | None = None


class AccountsMergedRow(MomentRow):
    """One account goes up in another."""

    is_: Literal["accounts-merged"] = Field(alias="is")
    account: Label
    into: Label


class EmailSetRow(MomentRow):
    """The pupil has this e-mail address from now on."""

    is_: Literal["email-set"] = Field(alias="is")
    email: Email


class BareRow(MomentRow):
    """A moment that says everything by its name."""

    is_: Literal["email-removed", "number-lost"] = Field(alias="is")


AnyMoment: TypeAlias = Annotated[
    EnrolledRow
    | MovedRow
    | LeftRow
    | CancelledRow
    | AgreementEndedRow
    | RegroupedRow
    | SchoolRenumberedRow
    | NameCorrectedRow
    | NumberFoundRow
    | AccountRow
    | AccountsMergedRow
    | EmailSetRow
    | BareRow,
    Field(discriminator="is_"),
]


MOMENTS: Final = frozenset(
    word for kind in get_args(get_args(AnyMoment)[0]) for word in get_args(kind.model_fields["is_"].annotation)
)
"""The words by which a moment says what it is."""


class IdentityRow(Row):
    """What is told of somebody in another capacity or organisation."""

    vo: dict[str, str] = {}
    roles: tuple[Role, ...] = ()


class CitizenRow(Row):
    """What ACM knows of somebody who is no pupil."""

    subject: str = Field(pattern=r"^[0-9a-f]{40}$")
    school: SchoolNumber | None = None
    vo: dict[str, str] = {}
    roles: tuple[Role, ...] = Field(default=(), description="Each as it is told: Role:ORGCODE.")
    other_identities: tuple[IdentityRow, ...] = Field(
        default=(), max_length=MOST_IDENTITIES, description="Beside that of vo; vo_id is one for all."
    )
    means: tuple[Urn, ...] = Field(
        default=(), description="URNs by which they sign in, what they use most first; else those of everybody."
    )


class PersonRow(Row):
    """A person as written down: a pupil with a life, a second account of one (`same_pupil_as`), or a citizen."""

    user_name: str | None = Field(default=None, pattern=USER_NAME, description="Derived from the name when left out.")
    password: str | None = Field(
        default=None, min_length=4, max_length=100, pattern=TIDY, repr=False, description="Made up when left out."
    )
    given_name: Name | None = None
    family_name: Name | None = None
    birth: BirthRow | None = None
    sex: Sex | None = None
    number: Number = Field(default=Number.RRN, description="The kind at the beginning; none: not identified.")
    email: Email | None = None
    account: Label | None = Field(default=None, description="Label of the account; its uuids are derived from it.")
    leer_id: Label | None = Field(default=None, description="Label of the leer_id_uuid, which is derived from it.")
    life: tuple[AnyMoment, ...] = Field(default=(), max_length=MOST_MOMENTS)
    same_pupil_as: str | None = Field(default=None, description="Slug or user name of the pupil who has two accounts.")
    citizen: CitizenRow | None = None
    circumstances: tuple[Annotated[str, Field(pattern=CIRCUMSTANCE)], ...] = ()


class PeopleFile(Row):
    """A `--people` file: people, and schools and groups beside those that come with the mock."""

    schools: dict[SchoolNumber, Name] = {}
    groups: dict[Annotated[str, Field(pattern=r"^[0-9]{1,10}$")], Name] = {}
    people: tuple[PersonRow, ...] = Field(min_length=1)
