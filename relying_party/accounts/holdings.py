"""Everything that is kept about each person, without what opens a session.

For the persons themselves, for tests, and for lists after a breach.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from relying_party.accounts.models import Person, SessionRow, SnapshotRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from relying_party.accounts.database import Database


def everything(database: Database) -> Sequence[dict[str, Any]]:
    """Return one JSON object per person, oldest person first."""
    snapshots = selectinload(Person.snapshot).selectinload(SnapshotRow.enrolments)
    options = snapshots, selectinload(Person.accounts), selectinload(Person.reports)
    with database.reading() as session:
        counted = select(SessionRow.person_id, func.count()).group_by(SessionRow.person_id)
        visits = {row[0]: row[1] for row in session.execute(counted)}
        persons = session.scalars(select(Person).options(*options).order_by(Person.created_at, Person.id))
        return [_person(person) | {"sessions": visits.get(person.id, 0)} for person in persons]


def of_person(session: Session, person_id: str) -> dict[str, Any] | None:
    """Return the same of one person, None when there is no such person."""
    person = session.get(Person, person_id)
    if person is None:
        return None
    visits = session.scalar(select(func.count()).where(SessionRow.person_id == person_id))
    return _person(person) | {"sessions": visits}


def _person(person: Person) -> dict[str, Any]:
    return {
        "id": person.id,
        "issuer": person.issuer,
        "leer_id_uuid": person.leer_id_uuid or "",
        "created_at": person.created_at.isoformat(),
        "last_sign_in_at": person.last_sign_in_at.isoformat(),
        "accounts": sorted(account.account_uuid for account in person.accounts),
        "snapshot": _snapshot(person.snapshot) if person.snapshot else None,
        "reports": [{"at": each.at.isoformat(), "text": each.text} for each in person.reports],
    }


def _snapshot(row: SnapshotRow) -> dict[str, Any]:
    told = _columns(row, "person_id")
    return told | {"enrolments": [_columns(line, "person_id", "position") for line in row.enrolments]}


def _columns(row: Any, *without: str) -> dict[str, Any]:
    return {column.key: getattr(row, column.key) for column in row.__table__.columns if column.key not in without}
