"""The values of the control API that are about people: those of a stage, and everybody who can be found."""

from __future__ import annotations

from typing import Annotated, Any, Final

from pydantic import AfterValidator, BeforeValidator, Field, RootModel, WithJsonSchema

from mock_idp.domain.datastore import CitizenFacts, StudentFacts  # noqa: TC001  pydantic reads it at run time
from mock_idp.domain.people.personas import Group  # noqa: TC001  same
from mock_idp.domain.people.written import AnyMoment, PersonRow
from mock_idp.domain.population import Situation
from mock_idp.domain.population.search import LONGEST_TEXT
from mock_idp.domain.problems import did_you_mean
from mock_idp.provider.circumstances import personal_circumstances, wrong_circumstances
from mock_idp.provider.people import Origin  # noqa: TC001  same
from mock_idp.web.control.models import unknown
from mock_idp.web.control.wire import Sent, Told

LIMIT: Final = r"^([1-9][0-9]?|1[0-9]{2}|200)$"
"""From 1 to 200."""


def _carried(circumstance: str) -> str:
    for _, message, hint in wrong_circumstances([circumstance]):
        raise unknown(message, hint)
    return circumstance


def _known_situation(word: object) -> object:
    known = [each.value for each in Situation]
    if isinstance(word, str) and word not in known:
        raise unknown("There is no situation of this name", did_you_mean(word, known))
    return word


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


class StudentQuery(Sent):
    """On which stage somebody is looked at."""

    stage: Annotated[str | None, Field(min_length=1)] = None


class StudentsQuery(StudentQuery):
    """Who is looked for; all that is given must hold."""

    text: Annotated[str, Field(max_length=LONGEST_TEXT)] = ""
    situation: Annotated[Situation | None, BeforeValidator(_known_situation)] = None
    school: Annotated[str | None, Field(pattern=r"^[0-9]{6}$")] = None
    limit: Annotated[str, Field(pattern=LIMIT)] = "50"


class StudentView(Told):
    """Somebody who was found; invented, like everybody here."""

    user_name: str
    password: str
    given_name: str | None
    family_name: str
    origin: Origin
    persona: str | None = Field(description="The slug, of a persona.")
    situations: list[Situation] = Field(description="What is particular about the pupil; empty for who is no pupil.")


class Students(Told):
    """The first who were found: personas, people of the stage and of the file, then pupils of the crowd."""

    students: list[StudentView]
    is_more: bool = Field(description="Whether there are more than were asked for.")


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
