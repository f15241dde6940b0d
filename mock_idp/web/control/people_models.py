"""The values of the control API that are about people: those of a stage, and everybody who can be found."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, Field, RootModel, WithJsonSchema

from mock_idp.domain.datastore import CitizenFacts, StudentFacts  # noqa: TC001  pydantic reads it at run time
from mock_idp.domain.people.personas import Group  # noqa: TC001  same
from mock_idp.domain.people.written import AnyMoment, PersonRow
from mock_idp.provider.circumstances import personal_circumstances, wrong_circumstances
from mock_idp.provider.people import Origin  # noqa: TC001  same
from mock_idp.web.control.models import unknown
from mock_idp.web.control.wire import Told


def _carried(circumstance: str) -> str:
    for _, message, hint in wrong_circumstances([circumstance]):
        raise unknown(message, hint)
    return circumstance


PersonalCircumstance = Annotated[
    str,
    AfterValidator(_carried),
    WithJsonSchema({"type": "string", "enum": list(personal_circumstances())}),
]


class PersonMembers(PersonRow):
    """A person as written down: a pupil with a life, a second account of one (`same_pupil_as`), or a citizen.

    Everything may be left out of a change; to make somebody it takes a family name, and birth and sex of a pupil.
    """

    circumstances: tuple[PersonalCircumstance, ...] = Field(
        default=(), description="Ids of what always holds when this person signs in."
    )


class MomentMembers(RootModel[AnyMoment]):
    """Something that happens to a pupil: `is` says what. Without `on` it happens on the day of the stage."""


class PersonView(Told):
    """Somebody who can sign in on a stage; invented, like everybody here."""

    user_name: str
    password: str
    given_name: str | None
    family_name: str
    origin: Origin = Field(description="`stage`: made there; else who was changed there, of what kind.")
    document: dict[str, Any] = Field(description="How the person is written down; it can be sent again.")
    facts: StudentFacts | CitizenFacts | None = Field(
        description="What the datastore says on the day of the stage; null while the account does not exist."
    )


class PeopleList(Told):
    """Everybody who was made or changed on a stage, oldest first."""

    people: list[PersonView]


class PersonaView(Told):
    """A persona: somebody who shows one situation; invented, like everybody here."""

    id: str
    slug: str
    group: Group
    title: str = Field(description="In Dutch, as on the sign-in page.")
    title_en: str
    proves: str = Field(description="What this person shows about an application.")
    requirements: list[str]
    circumstances: list[str] = Field(description="What always holds when this person signs in.")
    visits: list[int] = Field(description="Days from the day at start on which to sign in, in this order.")
    suggests: list[str] = Field(description="Faults to arm on a stage to meet the case; never armed by themselves.")
    user_name: str
    password: str
    given_name: str | None
    family_name: str | None


class Personas(Told):
    """Every persona, in the order of the file."""

    personas: list[PersonaView]
