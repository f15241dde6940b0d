"""Handing out what is kept about a person: the privacy log is told first, in the same transaction.

Either both happen or neither: what the log cannot be told of, nobody gets to see (LR-62).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, or_, select

from relying_party.accounts import holdings
from relying_party.accounts.models import EnrolmentRow, Person, PrivacyLogRow, SnapshotRow
from relying_party.accounts.privacy_log import (
    RIGHT_OF_ACCESS,
    SUPPORT,
    Entry,
    EntryRule,
    Kind,
    Outcome,
    append_by,
    as_it_is,
)
from relying_party.accounts.reports import Report, report_of
from relying_party.accounts.retention import KeepUntil, keep_until, kept_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from relying_party.accounts.database import Database


@dataclass(frozen=True, kw_only=True)
class Access:
    """Who looks at a person's data, and what for; `who` is "" when it is the person."""

    kind: Kind
    purpose: str
    who: str = ""


BY_PUPIL = Access(kind=Kind.READ_BY_PUPIL, purpose=RIGHT_OF_ACCESS)
EXPORT = Access(kind=Kind.EXPORTED, purpose=RIGHT_OF_ACCESS)
MOST_FOUND = 20
"""How many pupils a search shows: each of them is an access, and whoever looks for one needs no more."""


def by_staff(subject: str) -> Access:
    """Return the access of one of the staff, named by their `sub`."""
    return Access(kind=Kind.READ_BY_STAFF, purpose=SUPPORT, who=subject)


@dataclass(frozen=True, kw_only=True)
class Happened:
    """An entry of the privacy log as the person it is about may see it: of staff it says the role, never who."""

    at: datetime
    kind: str
    outcome: str
    reason: str
    purpose: str
    by_staff: bool


@dataclass(frozen=True, kw_only=True)
class Disclosure:
    """Everything about one person: what is held, until when, and what happened with it, latest first."""

    held: Mapping[str, Any]
    reports: Sequence[Report]
    created_at: datetime
    last_sign_in_at: datetime
    kept_until: datetime
    happened: Sequence[Happened]

    @property
    def document(self) -> dict[str, Any]:
        """All of it as JSON can hold it, moments in UTC."""
        happened = [vars(each) | {"at": each.at.isoformat()} for each in self.happened]
        return {"held": self.held, "kept_until": self.kept_until.isoformat(), "privacy_log": happened}


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A person as a list shows them: enough to tell one from another."""

    id: str
    name: str
    groups: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a search found; `more` when there are more than are shown."""

    persons: Sequence[Listed]
    more: bool


class Disclosures:
    """Hands out what is kept in one database."""

    def __init__(self, database: Database, *, until: KeepUntil = keep_until, log_rule: EntryRule = as_it_is) -> None:
        self._database, self._until, self._log_rule = database, until, log_rule

    def disclose(self, person_id: str, access: Access, *, now: datetime) -> Disclosure | None:
        """Tell the privacy log of an access, then return everything about that person, None when there is nobody."""
        return self._database.write(lambda session: self._disclosed(session, person_id, access, now))

    def search(self, text: str, access: Access, *, now: datetime) -> Found:
        """Return persons in whose name, pupil numbers or own id every word stands, some at most.

        The privacy log is told of each who is returned.
        """
        words = text.casefold().split()
        with self._database.reading() as session:
            ids = _matching(session, words) if words else []
        persons = self._database.write(lambda session: self._listed(session, ids[:MOST_FOUND], access, now))
        return Found(persons=persons, more=len(ids) > MOST_FOUND)

    def _disclosed(self, session: Session, person_id: str, access: Access, now: datetime) -> Disclosure | None:
        person = session.get(Person, person_id)
        if person is None:
            return None
        self._log(session, person, access, now)
        return Disclosure(
            held=holdings.of_person(session, person_id) or {},
            reports=[report_of(row) for row in person.reports],
            created_at=person.created_at,
            last_sign_in_at=person.last_sign_in_at,
            kept_until=self._until(kept_of(person)),
            happened=[_happened(row) for row in session.scalars(_about(person))],
        )

    def _listed(self, session: Session, ids: Sequence[str], access: Access, now: datetime) -> list[Listed]:
        persons = [person for person_id in ids if (person := session.get(Person, person_id)) and person.snapshot]
        for person in persons:
            self._log(session, person, access, now)
        return [_line(person.id, person.snapshot) for person in persons if person.snapshot]

    def _log(self, session: Session, person: Person, access: Access, now: datetime) -> None:
        entry = Entry(at=now, outcome=Outcome.DONE, person=person.id, key=person.key, **vars(access))
        append_by(session, self._log_rule, entry)


def _matching(session: Session, words: Sequence[str]) -> list[str]:
    """Compare here and not in the database: SQLite does not know that É and é are one letter."""
    columns = (Person.id, SnapshotRow.given_name, SnapshotRow.family_name, EnrolmentRow.pupil_number)
    told = select(*columns).join(SnapshotRow, SnapshotRow.person_id == Person.id)
    told = told.outerjoin(EnrolmentRow, EnrolmentRow.person_id == Person.id)
    order = (SnapshotRow.family_name, SnapshotRow.given_name, Person.id)
    texts: dict[str, str] = {}
    for row in session.execute(told.order_by(*order)):
        texts[row.id] = f"{texts.get(row.id, '')} {' '.join(filter(None, row))}".casefold()
    return [person_id for person_id, text in texts.items() if all(word in text for word in words)]


def _line(person_id: str, told: SnapshotRow) -> Listed:
    groups = [line.group_name or line.school_number for line in told.enrolments]
    return Listed(id=person_id, name=" ".join(filter(None, (told.given_name, told.family_name))), groups=groups)


def _about(person: Person) -> Any:
    """Ask for the entries about a person: also refusals, and those of persons who were joined with this one.

    An entry that names somebody else who is still here is theirs, whatever its key: two issuers may use one word.
    """
    keys = {person.key, *(account.account_uuid for account in person.accounts)}
    by_key = and_(PrivacyLogRow.key.in_(keys), PrivacyLogRow.person.not_in(select(Person.id)))
    about = or_(PrivacyLogRow.person == person.id, by_key)
    return select(PrivacyLogRow).where(about).order_by(PrivacyLogRow.number.desc())


def _happened(row: PrivacyLogRow) -> Happened:
    return Happened(
        at=row.at,
        kind=row.kind,
        outcome=row.outcome,
        reason=row.reason,
        purpose=row.purpose,
        by_staff=row.kind == Kind.READ_BY_STAFF,
    )
