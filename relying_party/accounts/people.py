"""Recognising a person and keeping what LeerID said about them at the last sign-in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from relying_party.accounts.models import Account, EnrolmentRow, Person, SessionRow, SnapshotRow
from relying_party.accounts.privacy_log import Entry, append

if TYPE_CHECKING:
    from datetime import datetime

    from relying_party.accounts.database import Database


@dataclass(frozen=True, kw_only=True)
class Key:
    """What a person is recognised by: `leer_id_uuid` ("" when unknown), this account, former accounts.

    All of them are words of one issuer, and mean nothing beside those of another.
    """

    leer_id_uuid: str
    account_uuid: str
    former_account_uuids: tuple[str, ...] = ()
    issuer: str = ""


@dataclass(frozen=True, kw_only=True)
class KeptEnrolment:
    """What is kept of one enrolment."""

    school_number: str
    pupil_number: str
    main_structure: str
    group_code: str
    group_name: str


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """What is kept of the last sign-in; "" where LeerID said nothing."""

    account_uuid: str
    former_account_uuids: tuple[str, ...]
    given_name: str
    family_name: str
    birth_day: str
    birth_month: str
    birth_year: str
    email: str
    enrolments: tuple[KeptEnrolment, ...]


@dataclass(frozen=True, kw_only=True)
class KnownPerson:
    """A person as the pages show them."""

    id: str
    identified: bool
    snapshot: Snapshot


class ConflictError(Exception):
    """The accounts of this sign-in belong to persons who cannot be one and the same."""

    def __init__(self, person_ids: Sequence[str]) -> None:
        super().__init__("accounts of one sign-in belong to different persons")
        self.person_ids = tuple(person_ids)


Conflicts = Callable[[str, Sequence[str | None]], bool]
"""(leer_id_uuid of the sign-in, leer_id_uuid of each person found) -> whether they contradict each other."""


@dataclass(frozen=True, kw_only=True)
class Recognised:
    """Who it is, and whether what was known under temporary accounts was taken along."""

    person_id: str
    relinked: bool


Linked = Callable[[Key], Sequence[str]]
"""The accounts that lead to a person from now on."""
Replaced = Callable[["Snapshot | None", Snapshot], Snapshot]
"""(what was kept before, what is told now) -> what is kept from now on."""
Told = Callable[[Recognised], Sequence[Entry]]
"""What the privacy log is told of somebody who was recognised."""


def nothing_told(_recognised: Recognised) -> Sequence[Entry]:
    """Tell the privacy log nothing."""
    return ()


def account_alone(key: Key) -> Sequence[str]:
    """The account of this sign-in is linked; former ones that nobody used here are not kept (LR-15)."""
    return (key.account_uuid,)


def last_alone(before: Snapshot | None, now: Snapshot) -> Snapshot:  # noqa: ARG001  the sound rule forgets it
    """What is told at the last sign-in replaces all that was told before (LR-12, LR-13, LR-14)."""
    return now


class People:
    """The persons this application knows."""

    def __init__(self, database: Database, *, linked: Linked = account_alone, replaced: Replaced = last_alone) -> None:
        self._database, self._linked, self._replaced = database, linked, replaced

    def recognise(
        self, key: Key, snapshot: Snapshot, *, now: datetime, conflicts: Conflicts, told: Told = nothing_told
    ) -> str:
        """Find or make the person behind `key`, join what belongs together, keep `snapshot`; return the person's id.

        All of it is one transaction: whoever reads sees the old state or the new one. Doing it twice changes nothing.
        What is `told` of it goes into the privacy log in the same transaction.

        Raises:
            ConflictError: nothing was changed; the accounts found belong to another pupil.
        """
        return self._database.write(
            lambda session: _noted(session, self._recognise(session, key, snapshot, now, conflicts), told)
        )

    def _recognise(
        self, session: Session, key: Key, snapshot: Snapshot, now: datetime, conflicts: Conflicts
    ) -> Recognised:
        found = _found(session, key)
        if conflicts(key.leer_id_uuid, [person.leer_id_uuid for person in found]):
            raise ConflictError([person.id for person in found])
        relinked = len(found) > 1 or any(key.leer_id_uuid and not person.leer_id_uuid for person in found)
        person = found[0] if found else Person(issuer=key.issuer, created_at=now)
        for other in found[1:]:
            _move_everything(session, source=other, target=person)
        if key.leer_id_uuid:
            person.leer_id_uuid = key.leer_id_uuid
        person.last_sign_in_at = now
        session.add(person)
        _link(session, person, key.issuer, self._linked(key))
        before = _snapshot_of(person.snapshot) if person.snapshot else None
        _keep(session, person, self._replaced(before, snapshot))
        session.flush()
        return Recognised(person_id=person.id, relinked=relinked)

    def find(self, person_id: str) -> KnownPerson | None:
        """Return a person with the snapshot of the last sign-in."""
        with self._database.reading() as session:
            options = selectinload(Person.snapshot).selectinload(SnapshotRow.enrolments)
            person = session.get(Person, person_id, options=[options])
            if person is None or person.snapshot is None:
                return None
            return KnownPerson(
                id=person.id, identified=person.leer_id_uuid is not None, snapshot=_snapshot_of(person.snapshot)
            )


def _noted(session: Session, recognised: Recognised, told: Told) -> str:
    for entry in told(recognised):
        append(session, entry)
    return recognised.person_id


def _found(session: Session, key: Key) -> list[Person]:
    """Return every person the key points at: the one who has the leer_id_uuid first, then the oldest."""
    accounts = {key.account_uuid, *key.former_account_uuids}
    of_issuer = Person.issuer == key.issuer
    pointed_at = [Person.accounts.any(Account.account_uuid.in_(accounts))]
    if key.leer_id_uuid:
        pointed_at.append(Person.leer_id_uuid == key.leer_id_uuid)
    persons = session.scalars(select(Person).where(of_issuer, or_(*pointed_at))).unique().all()
    return sorted(persons, key=lambda person: (person.leer_id_uuid is None, person.created_at, person.id))


def _move_everything(session: Session, *, source: Person, target: Person) -> None:
    """Join two persons. What your application keeps about a person moves here, in the same transaction."""
    for account in list(source.accounts):
        account.person = target
    for report in list(source.reports):
        report.person = target
    for visit in session.scalars(select(SessionRow).where(SessionRow.person_id == source.id)):
        visit.person = target
    session.flush()
    session.expire(source)
    session.delete(source)
    session.flush()


def _link(session: Session, person: Person, issuer: str, accounts: Sequence[str]) -> None:
    for account in accounts:
        if session.get(Account, (issuer, account)) is None:
            person.accounts.append(Account(issuer=issuer, account_uuid=account))


def _keep(session: Session, person: Person, snapshot: Snapshot) -> None:
    """Replace the snapshot as a whole: what LeerID no longer says is gone."""
    if person.snapshot is not None:
        session.delete(person.snapshot)
        session.flush()
        session.expire(person, ["snapshot"])
    values = {name: getattr(snapshot, name) for name in PLAIN}
    rows = [EnrolmentRow(position=place, **vars(kept)) for place, kept in enumerate(snapshot.enrolments)]
    person.snapshot = SnapshotRow(**values, former_account_uuids=list(snapshot.former_account_uuids), enrolments=rows)


PLAIN = ("account_uuid", "given_name", "family_name", "birth_day", "birth_month", "birth_year", "email")
ENROLMENT = ("school_number", "pupil_number", "main_structure", "group_code", "group_name")


def _snapshot_of(row: SnapshotRow) -> Snapshot:
    values = {name: getattr(row, name) for name in PLAIN}
    kept = [KeptEnrolment(**{name: getattr(line, name) for name in ENROLMENT}) for line in row.enrolments]
    return Snapshot(**values, former_account_uuids=tuple(row.former_account_uuids), enrolments=tuple(kept))
