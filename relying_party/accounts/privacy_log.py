"""The privacy log (protocol, article 6): what happened to whose data, appended and never changed.

Each entry holds the hash of the one before it, so whoever changes or removes one breaks the chain. The chain shows no
change by somebody who computes all later hashes again: note the latest hash elsewhere, and ask whether it still holds.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING

from sqlalchemy import and_, delete, func, select
from sqlalchemy.orm import aliased

from relying_party.accounts.models import PrivacyLogRow

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from relying_party.accounts.database import Database

EntryRule = Callable[["Entry"], "Entry | None"]
"""Has the last word about what is written: the entry, another one, or none."""
BEGINNING = "0" * 64
"""Stands where the hash of an earlier entry would stand."""
ACCESS = "access-control"
"""The purpose of the protocol: to identify pupils and to admit them (article 2, 2°)."""
RETENTION = "retention"
"""The purpose of deleting what may not be kept longer (article 3)."""
RIGHT_OF_ACCESS = "right-of-access"
"""The purpose of showing people what is kept about them (GDPR, articles 15 and 20)."""
CORRECTION = "correction"
"""The purpose of passing on what is wrong (article 7)."""
SUPPORT = "support"
"""The purpose of staff who look at a pupil: to answer a question of the pupil or the school."""


class Kind(StrEnum):
    """What can happen to somebody's data."""

    SIGNED_IN = "signed-in"
    REFUSED = "refused"
    RELINKED = "relinked"
    CONFLICT = "conflict"
    PURGED = "purged"
    READ_BY_STAFF = "read-by-staff"
    READ_BY_PUPIL = "read-by-pupil"
    EXPORTED = "exported"
    WRONG_DATA_REPORTED = "wrong-data-reported"
    SHORTENED = "shortened"


class Outcome(StrEnum):
    """How it ended."""

    GRANTED = "granted"
    REFUSED = "refused"
    DONE = "done"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One thing that happened. About a pupil it holds a key and nothing else: no name, no birth date, no token.

    `person` is our own id, `key` the leer_id_uuid or else the account_uuid, `reason` the word of a refusal,
    `transaction` a hash that ties entries of one sign-in together, `who` the member of staff; "" where there is none.
    """

    at: datetime
    kind: Kind
    outcome: Outcome
    person: str = ""
    key: str = ""
    reason: str = ""
    purpose: str = ACCESS
    transaction: str = ""
    who: str = ""


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """An entry in its place in the chain."""

    number: int
    entry: Entry
    previous: str
    hash: str

    @property
    def document(self) -> dict[str, object]:
        """Everything in it as JSON can hold it, its moment in UTC."""
        return _content(self.number, self.entry, self.previous) | {"hash": self.hash}


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """Whether the chain holds. `broken` is the number of the first entry that does not fit, None when all do."""

    entries: int
    latest: str
    broken: int | None = None
    problem: str = ""

    @property
    def holds(self) -> bool:
        """Whether nothing is broken."""
        return self.broken is None


def as_it_is(entry: Entry) -> Entry:
    """Write an entry as it is: the sound rule."""
    return entry


class PrivacyLog:
    """The log of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def record(self, entry: Entry) -> None:
        """Append an entry in a transaction of its own."""
        self._database.write(lambda session: append(session, entry))

    def entries(self) -> Sequence[Recorded]:
        """Return all entries, oldest first."""
        with self._database.reading() as session:
            return [_recorded(row) for row in session.scalars(select(PrivacyLogRow).order_by(PrivacyLogRow.number))]

    def verify(self, *, noted: str = "") -> Verdict:
        """Follow the chain from its first entry to its last; `noted` is a hash that must still be in it."""
        return verdict(self.entries(), noted=noted)

    def shorten(self, *, before: datetime, now: datetime) -> int:
        """Drop what is older than `before`; an entry remains that says up to where, with the hash. Return how many.

        It drops from the beginning and stops before the first entry that is kept, so no chain is cut in two.
        """
        return self._database.write(lambda session: _shortened(session, before, now))

    def older(self, *, before: datetime) -> int:
        """Return how many entries `shorten` would drop."""
        with self._database.reading() as session:
            return session.scalar(select(func.count()).select_from(PrivacyLogRow).where(_is_old(before))) or 0


def append(session: Session, entry: Entry) -> None:
    """Append an entry in the transaction that does what it tells of: both are kept, or neither."""
    last = session.scalars(select(PrivacyLogRow).order_by(PrivacyLogRow.number.desc()).limit(1)).one_or_none()
    number, previous = (last.number + 1, last.hash) if last else (1, BEGINNING)
    link = hash_of(number, entry, previous)
    session.add(PrivacyLogRow(number=number, previous=previous, hash=link, **asdict(entry)))
    session.flush()


def append_by(session: Session, rule: EntryRule, entry: Entry) -> None:
    """Append what the rule makes of an entry."""
    if (kept := rule(entry)) is not None:
        append(session, kept)


def hash_of(number: int, entry: Entry, previous: str) -> str:
    """Return the SHA-256 of an entry's canonical JSON: keys in order, no spaces, UTF-8."""
    text = json.dumps(_content(number, entry, previous), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(text.encode()).hexdigest()


def verdict(chain: Sequence[Recorded], *, noted: str = "") -> Verdict:
    """Judge a chain, oldest entry first."""
    latest = chain[-1].hash if chain else BEGINNING
    found = next(_problems(chain), None)
    if found is None and noted and noted not in {BEGINNING, *(each.hash for each in chain)}:
        found = (chain[-1].number if chain else 0, "the hash that was noted is not in the log")
    number, problem = found or (None, "")
    return Verdict(entries=len(chain), latest=latest, broken=number, problem=problem)


def _problems(chain: Sequence[Recorded]) -> Iterator[tuple[int, str]]:
    anchors = {each.entry.transaction for each in chain if each.entry.kind == Kind.SHORTENED}
    number, previous = 0, BEGINNING
    for place, each in enumerate(chain):
        if place == 0 and _anchor(each.number - 1, each.previous) in anchors:
            number, previous = each.number - 1, each.previous
        if each.number != number + 1 or each.previous != previous:
            yield each.number, "an entry before it was removed or changed"
        elif each.hash != hash_of(each.number, each.entry, each.previous):
            yield each.number, "its content was changed"
        number, previous = each.number, each.hash


def _shortened(session: Session, before: datetime, now: datetime) -> int:
    old = select(PrivacyLogRow).where(_is_old(before)).order_by(PrivacyLogRow.number.desc()).limit(1)
    last = session.scalars(old).one_or_none()
    if last is None:
        return 0
    anchor = _anchor(last.number, last.hash)
    append(session, Entry(at=now, kind=Kind.SHORTENED, outcome=Outcome.DONE, purpose=RETENTION, transaction=anchor))
    gone = delete(PrivacyLogRow).where(PrivacyLogRow.number <= last.number).returning(PrivacyLogRow.number)
    return len(session.scalars(gone).all())


def _is_old(before: datetime) -> ColumnElement[bool]:
    """Choose the entries before the first one that is young; clocks are put back, so an old one may follow it."""
    young = aliased(PrivacyLogRow)
    first = select(func.min(young.number)).where(young.at >= before).scalar_subquery()
    return and_(PrivacyLogRow.at < before, PrivacyLogRow.number < func.coalesce(first, PrivacyLogRow.number + 1))


def _anchor(number: int, link: str) -> str:
    return f"{number}:{link}"


def _content(number: int, entry: Entry, previous: str) -> dict[str, object]:
    told = {**asdict(entry), "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds")}
    return {"number": number, "previous": previous, **told}


def _recorded(row: PrivacyLogRow) -> Recorded:
    told = {field.name: getattr(row, field.name) for field in fields(Entry)}
    return Recorded(number=row.number, entry=Entry(**told), previous=row.previous, hash=row.hash)
