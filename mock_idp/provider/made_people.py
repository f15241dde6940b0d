"""People made or changed on a stage: written down, checked with everybody who is the same pupil, and read again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from threading import Lock
from typing import TYPE_CHECKING, Any, Protocol

from mock_idp.domain.leerid import AccountOpened
from mock_idp.domain.people.book import bound
from mock_idp.domain.people.credentials import free_user_name, password_of
from mock_idp.domain.people.rules import Keyed
from mock_idp.domain.people.written import PersonRow
from mock_idp.domain.problems import Problem, ProblemsError
from mock_idp.provider.circumstances import wrong_circumstances

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mock_idp.domain.discimus import Identities
    from mock_idp.domain.people.person import Directory, Person
    from mock_idp.domain.people.personas import Personas
    from mock_idp.domain.people.reading import Reader
    from mock_idp.state.people import StagePeople

Document = dict[str, Any]
Documents = dict[str, Document]


class Standing(Protocol):
    """Everybody whom every stage knows."""

    personas: Personas

    @property
    def standing(self) -> Directory:
        """Everybody of the file, the personas and the crowd."""
        ...

    def copies(self, user_name: str) -> Mapping[str, Document]:
        """Return the documents of a standing person and of who is the same pupil, the pupil's own first."""
        ...


class MadePeople:
    """Makes, changes and finds people on stages. Every problem is told at once, and then nothing is changed."""

    def __init__(self, documents: StagePeople, reader: Reader, standing: Standing) -> None:
        self._documents = documents
        self._reader = reader
        self._everybody = standing
        self._one_at_a_time = Lock()

    # Finding ---------------------------------------------------------------------------------------------------------

    def find(self, stage_id: str, user_name: str) -> Person | None:
        """Return the person who was made or changed on a stage; costs no more when there are many."""
        name = user_name.strip().lower()
        document = self._documents.get(stage_id, name)
        if document is None:
            return None
        row = PersonRow.model_validate(document)
        pupil = self.find(stage_id, row.same_pupil_as) if row.same_pupil_as else None
        return self._kept(self._reader.person(row, name, pupil), row)

    def all(self, stage_id: str) -> tuple[Person, ...]:
        """Return everybody who was made or changed on a stage, oldest first."""
        found = (self.find(stage_id, user_name) for user_name in self._documents.all(stage_id))
        return tuple(person for person in found if person)

    def document(self, stage_id: str, user_name: str) -> Document | None:
        """Return how a person is written down: on the stage, or as they stand everywhere; None for nobody."""
        name = user_name.strip().lower()
        return self._documents.get(stage_id, name) or self._everybody.copies(name).get(name)

    # Making ----------------------------------------------------------------------------------------------------------

    def make(self, stage_id: str, row: PersonRow) -> Person:
        """Make somebody new; user name and password are made up when left out. Raises `ProblemsError`."""
        with self._one_at_a_time:
            name = row.user_name or self._free_name(stage_id, row)
            return self._written(stage_id, name, row, self.wrong_name(stage_id, name))

    def put(self, stage_id: str, row: PersonRow) -> tuple[Person, bool]:
        """Make or replace the person of `row.user_name` on this stage; return them and whether they are new on it.

        Somebody who stands everywhere is so changed on this stage, and keeps the account. Raises `ProblemsError`.
        """
        name = row.user_name or ""
        with self._one_at_a_time:
            is_new = self._documents.get(stage_id, name) is None
            return self._written(stage_id, name, self._keeping_account(row), self._of_a_persona(name)), is_new

    def change(self, stage_id: str, row: PersonRow) -> Person:
        """Write down somebody who is known to the stage already; who is the same pupil is changed with them."""
        name = row.user_name or ""
        with self._one_at_a_time:
            return self._written(stage_id, name, row, copies=self._everybody.copies(name))

    def forget(self, stage_id: str, user_name: str) -> bool:
        """Forget a person of a stage, and who is the same pupil; return whether there was one."""
        with self._one_at_a_time:
            family = self._family(stage_id, user_name.strip().lower())
            return sum(self._documents.delete(stage_id, each) for each in family) > 0

    def _written(
        self,
        stage_id: str,
        name: str,
        row: PersonRow,
        problems: list[Problem] | None = None,
        copies: Mapping[str, Document] | None = None,
    ) -> Person:
        """Check a person together with who is the same pupil, and keep all their documents."""
        password = row.password or password_of(name, self._reader.seed)
        row = row.model_copy(update={"user_name": name, "password": password})
        row, pupil = self._joined(stage_id, row)
        family = {**(copies or {}), **pupil, **self._family(stage_id, name)}
        family[name] = row.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        self._check(family, name, problems or [])
        for user_name, document in family.items():
            self._documents.put(stage_id, user_name, document)
        return self._known(stage_id, name)

    def _known(self, stage_id: str, name: str) -> Person:
        person = self.find(stage_id, name)
        if person is None:
            raise LookupError(f"{name!r} was forgotten while being written down.")
        return person

    def _check(self, family: Documents, name: str, problems: list[Problem]) -> None:
        """Raise `ProblemsError` with these problems and all that do not hold between the people of one pupil."""
        rows = {user_name: PersonRow.model_validate(document) for user_name, document in family.items()}
        keyed = [
            Keyed(key=user_name, user_name=user_name, where="" if user_name == name else user_name, row=row)
            for user_name, row in rows.items()
        ]
        problems = problems + [
            Problem(file="", key=f"circumstances[{place}]", message=message, hint=hint)
            for place, message, hint in wrong_circumstances(rows[name].circumstances)
        ]
        try:
            bound(keyed, self._reader, "")
        except ProblemsError as error:
            problems += error.problems
        if problems:
            raise ProblemsError(problems)

    # Who is the same pupil -------------------------------------------------------------------------------------------

    def _joined(self, stage_id: str, row: PersonRow) -> tuple[PersonRow, Documents]:
        """Return a row that names its pupil by user name, and the documents of that pupil and their other accounts."""
        if row.same_pupil_as is None:
            return row, {}
        persona = self._everybody.personas.get(row.same_pupil_as)
        name = persona.user_name if persona else row.same_pupil_as.strip().lower()
        document = self.document(stage_id, name)
        if document is None:
            return row, {}
        pupil = str(document.get("same_pupil_as", name))
        family = {**self._everybody.copies(pupil), **self._family(stage_id, pupil)}
        return row.model_copy(update={"same_pupil_as": pupil}), family

    def _family(self, stage_id: str, name: str) -> Documents:
        """Return the documents of a stage that are the same pupil as this one, the pupil's own first."""
        document = self._documents.get(stage_id, name)
        if document is None:
            return {}
        pupil = document.get("same_pupil_as", name)
        everybody = self._documents.all(stage_id)
        others = {each: told for each, told in everybody.items() if told.get("same_pupil_as") == pupil}
        return {pupil: everybody[pupil], **others} if pupil in everybody else others

    # Names and identifiers -------------------------------------------------------------------------------------------

    def is_taken(self, stage_id: str, name: str) -> bool:
        """Return whether a user name belongs to somebody whom a stage knows."""
        return self._documents.get(stage_id, name) is not None or self._everybody.standing.find(name) is not None

    def wrong_name(self, stage_id: str, name: str) -> list[Problem]:
        """Return why nobody new can have this user name."""
        return [*([taken(name)] if self.is_taken(stage_id, name) else []), *self._of_a_persona(name)]

    def _of_a_persona(self, name: str) -> list[Problem]:
        return [slug_of_a_persona(name)] if self._everybody.personas.get(name) else []

    def _free_name(self, stage_id: str, row: PersonRow) -> str:
        """Return a user name made of the names, which nobody has."""
        key = f"{row.given_name}|{row.family_name}|{row.birth.model_dump() if row.birth else row.same_pupil_as}"
        family_name = row.family_name or ""
        return free_user_name(row.given_name, family_name, key, lambda name: self.is_taken(stage_id, name))

    def _keeping_account(self, row: PersonRow) -> PersonRow:
        person = self._everybody.standing.find(row.user_name or "")
        if person is None or person.life is None or row.citizen is not None or row.account is not None:
            return row
        return row.model_copy(update={"account": person.account})

    def _kept(self, person: Person, row: PersonRow) -> Person:
        """Return a person with the identifiers of the one whom they are a change of."""
        standing = self._everybody.standing.find(person.user_name)
        if person.life is None or row.same_pupil_as or standing is None or standing.life is None:
            return person
        opened = (each.account for each in standing.life.moments if isinstance(each, AccountOpened))
        kept = KeptIdentities(
            standing=standing.life.identities,
            own=person.life.identities,
            labels=frozenset({standing.account, standing.life.account, *opened}),
            leer_id=row.leer_id,
        )
        return replace(person, life=replace(person.life, sex=standing.life.sex, identities=kept))


@dataclass(frozen=True, kw_only=True)
class KeptIdentities:
    """The `Identities` of somebody who is changed on a stage.

    `labels`: of the accounts that the standing person has; `leer_id`: a label, when it was written down.
    """

    standing: Identities
    own: Identities
    labels: frozenset[str]
    leer_id: str | None

    def account_uuid(self, label: str, number: int) -> str:
        """Return the uuid that the standing person's account has; that of a further account is derived."""
        return (self.standing if label in self.labels else self.own).account_uuid(label, number)

    def leer_id_uuid(self, number: int) -> str:
        """Return the standing person's, unless a label was given."""
        return (self.own if self.leer_id else self.standing).leer_id_uuid(number)


def taken(name: str) -> Problem:
    """Return what is wrong with a user name that belongs to somebody."""
    return Problem(
        file="",
        key="user_name",
        message=f"{name!r} belongs to somebody already.",
        hint="Leave it out, or change that person on this stage alone with PATCH.",
    )


def slug_of_a_persona(name: str, file: str = "", key: str = "user_name") -> Problem:
    """Return what is wrong with a user name from which the uuids of a persona would be derived."""
    return Problem(
        file=file,
        key=key,
        message=f"{name!r} is what a persona is called, whose uuids this person would share.",
        hint="Choose another user name.",
    )
