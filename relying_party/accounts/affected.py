"""Whose data a breach concerns (protocol, article 9): held or touched in a span of time, by store and privacy log.

In doubt somebody is on the list: an end that nobody wrote down has not come, and of somebody who is gone a shortened
log does not tell since when.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from relying_party.accounts.models import Person, SnapshotRow
from relying_party.accounts.privacy_log import Kind, PrivacyLog, verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from relying_party.accounts.database import Database
    from relying_party.accounts.privacy_log import Entry, Recorded

ALWAYS = datetime.min.replace(tzinfo=UTC)
BATCH = 500
ABOUT_NOBODY = frozenset({Kind.SHORTENED})
KEEPING = frozenset({Kind.SIGNED_IN, Kind.RELINKED})
"""After these something is kept of a pupil; of one who is refused nothing is."""


@dataclass(frozen=True, kw_only=True)
class Span:
    """From one moment to another, both included."""

    since: datetime
    until: datetime

    def has(self, moment: datetime) -> bool:
        """Whether a moment lies in it."""
        return self.since <= moment <= self.until

    def meets(self, first: datetime, last: datetime | None) -> bool:
        """Whether something that went on from `first` to `last`, or still does, went on in it."""
        return first <= self.until and (last is None or last >= self.since)


@dataclass(frozen=True, kw_only=True)
class Holding:
    """A person in the store: the keys, and the names of the data items that are kept now."""

    id: str
    keys: frozenset[str]
    created_at: datetime
    items: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Affected:
    """Somebody on the list. `person` is our own id, "" when nothing was ever kept; `acts` what was done, how often.

    `items` names what is kept since the last sign-in; it is empty for somebody whose account is gone.
    """

    person: str
    keys: tuple[str, ...]
    held: bool
    gone: bool
    acts: Mapping[str, int]
    items: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Breach:
    """The list, and how far it can be relied on: entries that name nobody, since when there is a log, is it intact.

    An entry of staff who signed in names no pupil, and is none of those.
    """

    affected: Sequence[Affected]
    nameless: int
    log_since: datetime | None
    log_shortened: bool
    log_problem: str


def breach(database: Database, span: Span) -> Breach:
    """Return whom a breach in this span concerns."""
    chain = PrivacyLog(database).entries()
    entries = [each.entry for each in chain if each.entry.kind not in ABOUT_NOBODY]
    shortened, found = bool(chain) and chain[0].number > 1, verdict(chain)
    return Breach(
        affected=affected(_holdings(database), entries, span, shortened=shortened),
        nameless=sum(span.has(each.at) and not (_names_somebody(each) or each.who) for each in entries),
        log_since=_since(chain),
        log_shortened=shortened,
        log_problem="" if found.holds else f"entry {found.broken}: {found.problem}",
    )


def affected(
    holdings: Sequence[Holding], entries: Sequence[Entry], span: Span, *, shortened: bool = False
) -> list[Affected]:
    """Return whom it concerns, by their keys."""
    kept = {holding.id: holding for holding in holdings}
    told = [
        _affected(who, kept.get(who), story, span, since=ALWAYS if shortened else None)
        for who, story in _stories(kept, entries).items()
    ]
    return sorted((each for each in told if each.held or each.acts), key=lambda each: (each.keys, each.person))


def _stories(kept: Mapping[str, Holding], entries: Sequence[Entry]) -> Mapping[str, Sequence[Entry]]:
    """Return what the log tells of each, by person or, where there never was one, by key."""
    ended = {each.person: each.key for each in entries if each.kind == Kind.PURGED}
    owners: dict[str, set[str]] = defaultdict(set)
    for person, key in ended.items():
        owners[key or person].add(person)
    owners.update(_owners(kept.values()))
    stories: dict[str, list[Entry]] = {person: [] for person in kept}
    for entry in filter(_names_somebody, entries):
        own = {entry.person} if entry.person in kept or entry.person in ended else owners.get(entry.key)
        for who in own or {entry.person or entry.key}:
            stories.setdefault(who, []).append(entry)
    return stories


def _owners(holdings: Iterable[Holding]) -> Mapping[str, set[str]]:
    """Return whose each key is. A person who was joined to another lives on in the one who has the account now."""
    owners: dict[str, set[str]] = defaultdict(set)
    for holding in holdings:
        for key in holding.keys:
            owners[key].add(holding.id)
    return owners


def _affected(
    who: str, holding: Holding | None, story: Sequence[Entry], span: Span, *, since: datetime | None
) -> Affected:
    keys = {each.key for each in story} | (holding.keys if holding else frozenset())
    is_person = holding is not None or any(each.person for each in story)
    begun = [each.at for each in story if each.kind in KEEPING] + ([holding.created_at] if holding else [])
    ended = max((each.at for each in story if each.kind == Kind.PURGED), default=None) if holding is None else None
    first = since if since and holding is None else min(begun, default=ALWAYS)
    return Affected(
        person=who if is_person else "",
        keys=tuple(sorted(keys - {""})),
        held=is_person and span.meets(first, ended),
        gone=is_person and holding is None,
        acts=dict(sorted(Counter(str(each.kind) for each in story if span.has(each.at)).items())),
        items=holding.items if holding else (),
    )


def _holdings(database: Database) -> list[Holding]:
    snapshots = selectinload(Person.snapshot).selectinload(SnapshotRow.enrolments)
    options = selectinload(Person.accounts), snapshots, selectinload(Person.reports)
    with database.reading() as session:
        persons = session.scalars(select(Person).options(*options).execution_options(yield_per=BATCH))
        return [_holding(person) for person in persons]


def _holding(person: Person) -> Holding:
    accounts = frozenset(account.account_uuid for account in person.accounts)
    return Holding(
        id=person.id,
        keys=accounts | ({person.leer_id_uuid} if person.leer_id_uuid else frozenset()),
        created_at=person.created_at,
        items=(*(_items(person.snapshot) if person.snapshot else ()), *(["reports"] if person.reports else [])),
    )


def _items(row: SnapshotRow) -> tuple[str, ...]:
    names = [column.key for column in row.__table__.columns if column.key != "person_id" and getattr(row, column.key)]
    return (*names, *(["enrolments"] if row.enrolments else []))


def _names_somebody(entry: Entry) -> bool:
    return bool(entry.person or entry.key)


def _since(chain: Sequence[Recorded]) -> datetime | None:
    return chain[0].entry.at if chain else None
