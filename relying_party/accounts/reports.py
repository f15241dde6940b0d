"""Reports of wrong data (protocol, article 7): what pupils say is wrong, kept for people who pass it on.

Nothing is corrected here: what LeerID says is corrected where it comes from, and the next sign-in brings it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from unicodedata import category

from sqlalchemy import func, select

from relying_party.accounts.models import Person, ReportRow
from relying_party.accounts.privacy_log import CORRECTION, Entry, Kind, Outcome, append

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from relying_party.accounts.database import Database

LONGEST = 1000
"""Characters of one report."""
MOST = 5
"""Reports of one person within a day."""
A_DAY = timedelta(days=1)
CONTROL = "Cc"


class Why(StrEnum):
    """Why a report is not taken."""

    EMPTY = "empty"
    TOO_LONG = "too-long"
    TOO_MANY = "too-many"


class NotTaken(Exception):  # noqa: N818  an answer, not an error
    """This report is not kept."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, kw_only=True)
class Report:
    """What somebody reported, and when."""

    id: int
    person_id: str
    at: datetime
    text: str

    @property
    def document(self) -> dict[str, Any]:
        """The report as JSON can hold it, its moment in UTC."""
        return vars(self) | {"at": self.at.isoformat()}


class Reports:
    """The reports in one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, person_id: str, text: str, *, now: datetime) -> None:
        """Keep a report; the privacy log says that there is one, and nothing of what it says.

        Raises:
            NotTaken: it is empty or too long, or this person has sent enough today.
        """
        cleaned = clean(text)
        if not cleaned:
            raise NotTaken(Why.EMPTY)
        if len(cleaned) > LONGEST:
            raise NotTaken(Why.TOO_LONG)
        self._database.write(lambda session: _add(session, person_id, cleaned, now))

    def read(self, *, who: str, now: datetime) -> Sequence[Report]:
        """Return all reports, oldest first, once the privacy log has been told who reads whose."""
        return self._database.write(lambda session: _read(session, who, now))


def clean(text: str) -> str:
    """Return a text as it is kept: each new line one character, as browsers count, and no other control characters."""
    lines = "\n".join(text.splitlines())
    return "".join(each for each in lines if each == "\n" or category(each) != CONTROL).strip()


def report_of(row: ReportRow) -> Report:
    """Return a report as it was kept."""
    return Report(id=row.id, person_id=row.person_id, at=row.at, text=row.text)


def _add(session: Session, person_id: str, text: str, now: datetime) -> None:
    recent = select(func.count()).where(ReportRow.person_id == person_id, ReportRow.at > now - A_DAY)
    if (session.scalar(recent) or 0) >= MOST:
        raise NotTaken(Why.TOO_MANY)
    person = session.get_one(Person, person_id)
    kind, key = Kind.WRONG_DATA_REPORTED, person.key
    append(session, Entry(at=now, kind=kind, outcome=Outcome.DONE, person=person_id, key=key, purpose=CORRECTION))
    session.add(ReportRow(person_id=person_id, at=now, text=text))


def _read(session: Session, who: str, now: datetime) -> Sequence[Report]:
    rows = session.scalars(select(ReportRow).order_by(ReportRow.id)).all()
    for person_id, key in {row.person_id: row.person.key for row in rows}.items():
        kind, outcome = Kind.READ_BY_STAFF, Outcome.DONE
        read = Entry(at=now, kind=kind, outcome=outcome, person=person_id, key=key, purpose=CORRECTION, who=who)
        append(session, read)
    return [report_of(row) for row in rows]
