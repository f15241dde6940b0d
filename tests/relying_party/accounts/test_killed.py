"""Killed at any moment, the application loses nothing that it said was done, doubles nothing, and goes on."""

from __future__ import annotations

import multiprocessing
import signal
import time
from collections import Counter
from random import Random
from typing import TYPE_CHECKING

import killed_work
import pytest
from killed_work import KEPT, NOW, OVER, WORK
from sqlalchemy import func, select, text

from relying_party.accounts.database import Database
from relying_party.accounts.models import Account, Person, PrivacyLogRow, SessionRow, SnapshotRow
from relying_party.accounts.privacy_log import Kind, PrivacyLog
from relying_party.accounts.retention import Retention

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy.orm import Session

PIECES = 3
"""A process is killed within the time that so many pieces of its work take here."""
SOON_S = 60
PRELOADED = ["relying_party.accounts.people", "relying_party.accounts.retention", "relying_party.signin.rules.person"]
"""What takes long to import is there already when a process begins."""


def kill_in_the_middle(kind: str, url: str, first: int, moment_s: float) -> tuple[set[int], int]:
    """Let a process work for a moment and kill it; return what it said was done, and what it had begun last."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    mine, its = context.Pipe(duplex=False)
    process = context.Process(target=killed_work.work, args=(kind, url, first, its), daemon=True)
    process.start()
    its.close()
    assert mine.poll(SOON_S)
    process.join(timeout=moment_s)
    process.kill()
    process.join()
    assert process.exitcode == -signal.SIGKILL, "it ended by itself"
    told = list(everything(mine.recv))
    mine.close()
    return {number for word, number in told if word == "done"}, max(number for _word, number in told)


def everything(receive: Callable[[], tuple[str, int]]) -> Iterator[tuple[str, int]]:
    while True:
        try:
            yield receive()
        except EOFError:
            return


def counted(session: Session, kind: Kind) -> Counter[str]:
    """How many entries of a kind the privacy log has for each key."""
    return Counter(session.scalars(select(PrivacyLogRow.key).where(PrivacyLogRow.kind == kind)))


def accounts(session: Session) -> dict[str, str]:
    return {row.account_uuid: row.person_id for row in session.scalars(select(Account))}


def of_leer_ids(session: Session) -> dict[str | None, str]:
    return {person.leer_id_uuid: person.id for person in session.scalars(select(Person))}


def signed_in_once(session: Session, done: set[int], again: set[int]) -> None:
    """Each has an account and an entry, or neither; whoever was told to be in has a session."""
    told, known = counted(session, Kind.SIGNED_IN), accounts(session)
    assert set(told) == set(known)
    assert {f"account-{number}" for number in done | again} <= set(known)
    assert {key for key, number in told.items() if number > 1} <= {f"account-{number}" for number in again}
    inside = Counter(session.scalars(select(SessionRow.person_id)))
    assert all(inside[known[f"account-{number}"]] == 1 for number in done)
    assert len(set(known.values())) == len(known)


def joined_once(session: Session, done: set[int], again: set[int]) -> None:
    """Either the temporary accounts stand apart or all three belong to one person, and the log says which."""
    told, known, persons = counted(session, Kind.RELINKED), accounts(session), of_leer_ids(session)
    assert {f"leer-id-{number}" for number in done | again} <= set(told)
    assert set(told.values()) <= {1}
    assert set(told) == set(persons) - {None}
    for key in told:
        number = key.removeprefix("leer-id-")
        assert {known[f"{name}-{number}"] for name in ("one", "two", "joined")} == {persons[key]}
    inside = set(session.scalars(select(SessionRow.person_id)))
    assert {persons[f"leer-id-{number}"] for number in done | again} <= inside


def purged_once(session: Session, done: set[int], again: set[int]) -> None:
    """Who is gone stands in the log once, who is there does not, and whose time is not over is there."""
    told, known = counted(session, Kind.PURGED), set(accounts(session))
    assert set(told.values()) <= {1}
    assert not set(told) & known
    assert not any(key.startswith("kept") for key in told)
    added = Counter(int(key.split("-")[1]) for key in {*told, *known})
    assert set(added.values()) <= {OVER + KEPT}, "all of a piece of work were added, or none"
    assert done <= set(added)
    assert not {f"over-{number}-{each}" for number in done | again for each in range(OVER)} & known


SOUND = {"sign-in": signed_in_once, "relink": joined_once, "purge": purged_once}


def whole(store: Database) -> None:
    """Nothing hangs in the air, and the chain holds."""
    if store.engine.dialect.name == "sqlite":
        with store.engine.connect() as connection:
            assert connection.execute(text("pragma integrity_check")).scalars().all() == ["ok"]
            assert connection.execute(text("pragma foreign_key_check")).all() == []
    assert PrivacyLog(store).verify().holds


def nobody_is_half_there(session: Session, kind: str) -> None:
    """Every person has an account, and a snapshot where there was a sign-in."""
    persons = set(session.scalars(select(Person.id)))
    assert persons == set(accounts(session).values())
    if kind != "purge":
        assert session.scalar(select(func.count()).select_from(SnapshotRow)) == len(persons)


def seconds_of_one(kind: str, url: str) -> float:
    """Do the first piece of work undisturbed, number 0; return how long it took."""
    store, began = Database(url), time.monotonic()
    WORK[kind](store, 0)
    store.close()
    return time.monotonic() - began


def do_again(kind: str, store: Database, number: int) -> None:
    """What was cut short is done once more; of a purge, whatever is over then."""
    if kind == "purge":
        Retention(store).purge(now=NOW)
    else:
        WORK[kind](store, number)


def judge(kind: str, store: Database, done: set[int], again: set[int]) -> None:
    # In a writing transaction: on a server, the one of the killed process may not have ended yet.
    store.write(lambda session: SOUND[kind](session, done, again))
    store.write(lambda session: nobody_is_half_there(session, kind))
    whole(store)


@pytest.mark.parametrize("kind", WORK)
def test_a_process_that_is_killed_loses_and_doubles_nothing(
    kind: str, store_url: str, pytestconfig: pytest.Config
) -> None:
    kills = -(-pytestconfig.getoption("--kills") // len(WORK))
    random, longest_s = Random(kind), PIECES * seconds_of_one(kind, store_url)  # noqa: S311  seeded on purpose
    done, again, last = {0}, set[int](), 0
    for _kill in range(kills):
        more, last = kill_in_the_middle(kind, store_url, last + 1, random.uniform(0, longest_s))
        done |= more
        store = Database(store_url)
        judge(kind, store, done, again)
        if last not in done:
            do_again(kind, store, last)
            again.add(last)
            judge(kind, store, done, again)
        store.close()
    print(f"{kind}: killed {kills} times, {len(again)} in the middle of a piece of work, {len(done)} were done")  # noqa: T201  shown by the session `kills`
    assert again, "no kill came in the middle of anything"
