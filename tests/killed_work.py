"""Work on a store that goes on until the process is killed; each piece is told before it begins and when it is done.

Runs in a process of its own (tests/relying_party/accounts/test_killed.py), from a number on that nobody used before.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING

import same_statements  # noqa: F401  importing it makes sqlite+same known, in a process of its own too

from relying_party.accounts import retention
from relying_party.accounts.database import Database
from relying_party.accounts.models import Account, Person
from relying_party.accounts.people import KeptEnrolment, Key, People, Recognised, Snapshot
from relying_party.accounts.privacy_log import Entry, Kind, Outcome
from relying_party.accounts.sessions import Begun, Sessions, Vouched
from relying_party.signin.rules.person import conflict

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from multiprocessing.connection import Connection

NOW = datetime(2026, 9, 1, 8, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=4 * 366)
OVER, KEPT = 20, 3
"""How many accounts of one purge are over and how many are not."""
SOME = 6
"""How many of them go in one transaction here."""
LINE = KeptEnrolment(school_number="700101", pupil_number="1", main_structure="211", group_code="1", group_name="1")


def snapshot(account: str, *former: str) -> Snapshot:
    return Snapshot(
        account_uuid=account,
        former_account_uuids=former,
        given_name="Zoë",
        family_name="Peeters",
        birth_day="00",
        birth_month="00",
        birth_year="2014",
        email="",
        enrolments=(LINE, LINE),
    )


def recognise(store: Database, account: str, *former: str, leer_id: str = "") -> str:
    """As a sign-in does: the person, the snapshot and what the privacy log is told, in one transaction."""

    def told(found: Recognised) -> Sequence[Entry]:
        kinds = (Kind.RELINKED, Kind.SIGNED_IN) if found.relinked else (Kind.SIGNED_IN,)
        return [
            Entry(at=NOW, kind=kind, outcome=Outcome.GRANTED, person=found.person_id, key=leer_id or account)
            for kind in kinds
        ]

    key = Key(leer_id_uuid=leer_id, account_uuid=account, former_account_uuids=former, issuer="i")
    return People(store).recognise(key, snapshot(account, *former), now=NOW, conflicts=conflict, told=told)


def sign_in(store: Database, number: int) -> None:
    """Begin a sign-in, come back, be recognised, get a session: the steps of the flow in their order."""
    sessions, account = Sessions(store), f"account-{number}"
    token = sessions.start(now=NOW)
    sessions.begin(token, Begun(state=account, nonce="n", code_verifier="v", issuer="i"), now=NOW)
    [begun] = sessions.begun(token, now=NOW)
    assert sessions.redeem(begun)
    person = recognise(store, account)
    fresh = sessions.renew(token)
    sessions.sign_in(fresh, person, until=NOW + timedelta(hours=8), vouched=Vouched(issuer="i", subject=account))


def relink(store: Database, number: int) -> None:
    """Two temporary accounts, one of them with a session, and the sign-in that joins them."""
    sessions, one, two = Sessions(store), f"one-{number}", f"two-{number}"
    recognise(store, two)
    sessions.sign_in(sessions.start(now=NOW), recognise(store, one), until=NOW + timedelta(hours=8))
    recognise(store, f"joined-{number}", one, two, leer_id=f"leer-id-{number}")


def purge(store: Database, number: int) -> None:
    """Accounts whose time is over beside some whose time is not, and a purge of several transactions."""
    store.write(
        lambda session: session.add_all(
            Person(
                issuer="i",
                leer_id_uuid=f"{kind}-{number}-{each}",
                created_at=LONG_AGO,
                last_sign_in_at=last,
                accounts=[Account(issuer="i", account_uuid=f"{kind}-{number}-{each}")],
            )
            for kind, last, several in (("over", LONG_AGO, OVER), ("kept", NOW, KEPT))
            for each in range(several)
        )
    )
    retention.Retention(store).purge(now=NOW)


WORK: dict[str, Callable[[Database, int], None]] = {"sign-in": sign_in, "relink": relink, "purge": purge}


def work(kind: str, url: str, first: int, report: Connection) -> None:
    """Work, and never come back."""
    retention.BATCH = SOME
    store = Database(url)
    for number in count(first):
        report.send(("begun", number))
        WORK[kind](store, number)
        report.send(("done", number))
