"""How long an account is kept, and its deletion (protocol, article 3); how long the privacy log is.

Needs no provider: it outlives the agreement.

Article 3 says three years after the last sign-in and not what a year is. We read it so that nothing goes too early:
calendar years in Brussels and in UTC, the day of the last sign-in counted to its end, 29 February taken as 1 March.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy import delete, exists, or_, select

from relying_party.accounts.models import Account, BegunRow, EnrolmentRow, Person, ReportRow, SessionRow, SnapshotRow
from relying_party.accounts.privacy_log import (
    RETENTION,
    Entry,
    EntryRule,
    Kind,
    Outcome,
    PrivacyLog,
    append_by,
    as_it_is,
)
from relying_party.settings import PRIVACY_LOG_DAYS

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from relying_party.accounts.database import Database

BRUSSELS = ZoneInfo("Europe/Brussels")
YEARS = 3
BATCH = 100
"""How many persons are looked at, and deleted, at a time."""


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What the decision to keep or to delete an account is taken by."""

    person_id: str
    created_at: datetime
    last_sign_in_at: datetime
    enrolled: bool


KeepUntil = Callable[[Kept], datetime]
Delete = Callable[["Session", str], None]


def keep_until(kept: Kept) -> datetime:
    """An account is kept for three calendar years after the last sign-in, not after an enrolment (LR-18 to LR-25)."""
    local = kept.last_sign_in_at.astimezone(BRUSSELS)
    day_after = _years_later(local).date() + timedelta(days=1)
    return max(
        datetime.combine(day_after, time(), BRUSSELS).astimezone(UTC),
        _years_later(kept.last_sign_in_at.astimezone(UTC)),
    )


def delete_everything(session: Session, person_id: str) -> None:
    """Deletion leaves nothing behind: sign-ins begun, sessions, enrolments, snapshot, links, reports (LR-22).

    What your application keeps about a person is deleted here too, in the same transaction.
    """
    visits = select(SessionRow.id).where(SessionRow.person_id == person_id)
    session.execute(delete(BegunRow).where(BegunRow.session_id.in_(visits)))
    for table in (SessionRow, EnrolmentRow, SnapshotRow, Account, ReportRow):
        session.execute(delete(table).where(table.person_id == person_id))
    session.execute(delete(Person).where(Person.id == person_id))


def nobody_asked() -> bool:
    """A purge works from what is kept here alone: nobody is asked, so nobody's absence stops it (LR-24)."""
    return True


@dataclass(frozen=True, kw_only=True)
class Purged:
    """How many accounts and how many entries of the privacy log are gone."""

    accounts: int
    log_entries: int


@dataclass(frozen=True, kw_only=True)
class Decisions:
    """What is decided about keeping and deleting: the sound decisions, unless told otherwise."""

    until: KeepUntil = keep_until
    deletion: Delete = delete_everything
    may_begin: Callable[[], bool] = nobody_asked
    log_rule: EntryRule = as_it_is


SOUND = Decisions()


class Retention:
    """Deletes accounts whose time is over, some at a time; stopped half-way it goes on where it was."""

    def __init__(
        self,
        database: Database,
        decisions: Decisions = SOUND,
        *,
        log_days: int = PRIVACY_LOG_DAYS,
    ) -> None:
        self._database, self._decisions = database, decisions
        self._log, self._log_kept = PrivacyLog(database), timedelta(days=log_days)

    def due(self, *, now: datetime) -> Sequence[str]:
        """Return the ids of the persons whose time is over."""
        return [person_id for some in self._due(now) for person_id in some]

    def log_due(self, *, now: datetime) -> int:
        """Return how many entries of the privacy log have been kept long enough."""
        return self._log.older(before=now - self._log_kept)

    def purge(self, *, now: datetime) -> Purged:
        """Delete every account whose time is over, sessions that have ended, and the old part of the privacy log."""
        if not self._decisions.may_begin():
            return Purged(accounts=0, log_entries=0)
        self._database.write(lambda session: _sweep(session, now))
        accounts = sum(self._purge_some(due, now) for due in self._due(now))
        return Purged(accounts=accounts, log_entries=self._log.shorten(before=now - self._log_kept, now=now))

    def _due(self, now: datetime) -> Iterator[Sequence[str]]:
        """Look at some persons at a time, in the order of their ids; who comes meanwhile is not due."""
        last = ""
        while some := self._some(after=last):
            last = some[-1].person_id
            if due := [kept.person_id for kept in some if self._is_over(kept, now)]:
                yield due

    def _some(self, *, after: str) -> Sequence[Kept]:
        enrolled = exists().where(EnrolmentRow.person_id == Person.id).label("enrolled")
        columns = Person.id.label("person_id"), Person.created_at, Person.last_sign_in_at, enrolled
        some = select(*columns).where(Person.id > after).order_by(Person.id).limit(BATCH)
        with self._database.reading() as session:
            return [Kept(**row) for row in session.execute(some).mappings()]

    def _purge_some(self, ids: Sequence[str], now: datetime) -> int:
        return self._database.write(lambda session: self._purged(session, ids, now))

    def _purged(self, session: Session, ids: Sequence[str], now: datetime) -> int:
        """Delete some; whoever signed in since they were listed stays."""
        over = [
            person
            for person in session.scalars(select(Person).where(Person.id.in_(ids)))
            if self._is_over(kept_of(person), now)
        ]
        for person in over:
            about = {"person": person.id, "key": person.key, "purpose": RETENTION}
            append_by(session, self._decisions.log_rule, Entry(at=now, kind=Kind.PURGED, outcome=Outcome.DONE, **about))
            self._decisions.deletion(session, person.id)
        return len(over)

    def _is_over(self, kept: Kept, now: datetime) -> bool:
        return self._decisions.until(kept) <= now


def kept_of(person: Person) -> Kept:
    """Return what the decision about a person is taken by."""
    return Kept(
        person_id=person.id,
        created_at=person.created_at,
        last_sign_in_at=person.last_sign_in_at,
        enrolled=bool(person.snapshot and person.snapshot.enrolments),
    )


def _sweep(session: Session, now: datetime) -> None:
    ended = select(SessionRow.id).where(SessionRow.expires_at <= now)
    old = or_(BegunRow.expires_at <= now, BegunRow.session_id.in_(ended))
    session.execute(delete(BegunRow).where(old))
    session.execute(delete(SessionRow).where(SessionRow.expires_at <= now))


def _years_later(moment: datetime) -> datetime:
    """Return the same moment of the calendar some years on; 1 March where there is no 29 February."""
    try:
        return moment.replace(year=moment.year + YEARS)
    except ValueError:
        return moment.replace(year=moment.year + YEARS, month=3, day=1)
