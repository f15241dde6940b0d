"""Both datastores keep one contract: the one in this process, and the one that is served, asked over a real socket."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from werkzeug.serving import WSGIRequestHandler, make_server

from mock_idp.domain.clock import SettableClock
from mock_idp.domain.datastore import Datastore, Enquiry, InProcessDatastore
from mock_idp.domain.leerid import AccountState
from mock_idp.domain.leerid.rules import Rotation, Rules
from mock_idp.faults import datastore as circumstances
from mock_idp.provider.people import People
from mock_idp.provider.remote_datastore import RemoteDatastore
from mock_idp.provider.served_datastore import DatastoreSettings, ServedDatastore
from mock_idp.settings import Settings
from mock_idp.state.memory import MemoryStore
from mock_idp.state.people import StagePeople
from mock_idp.web.datastore import create_datastore_app

if TYPE_CHECKING:
    from collections.abc import Iterator

TODAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
DAYS = [TODAY + timedelta(days=days) for days in (-500, -61, -15, -1, 0, 61, 300, 1200)]
EVERY_RULE = [
    Rules(),
    Rules(keeps_account_uuid=True),
    Rules(changes_leer_id=True, rotation=Rotation.LASTING),
    Rules(rotation=Rotation.PER_SIGN_IN),
]

PEOPLE = People(Settings(), TODAY, StagePeople(MemoryStore(SettableClock(NOON))))
BESIDE_US = InProcessDatastore(PEOPLE.on("default"))
OF_THE_CROWD = [PEOPLE.crowd.person(PEOPLE.crowd.pupil(index)).user_name for index in (0, 314_159, 999_999)]
EVERYBODY = [*(persona.user_name for persona in PEOPLE.personas.all()), *OF_THE_CROWD]


class _Silent(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"  # connections are kept

    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002  the name in werkzeug
        """Say nothing."""


@contextmanager
def served() -> Iterator[str]:
    app = create_datastore_app(ServedDatastore(DatastoreSettings(), SettableClock(NOON)))
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Silent)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def in_process() -> Iterator[Datastore]:
    yield BESIDE_US


@contextmanager
def over_http() -> Iterator[Datastore]:
    with served() as url:
        datastore = RemoteDatastore(url)
        yield datastore
        datastore.close()


@pytest.fixture(scope="module", params=[in_process, over_http])
def datastore(request: pytest.FixtureRequest) -> Iterator[Datastore]:
    with request.param() as made:
        yield made


def about(slug: str, day: date = TODAY, **more: Any) -> Enquiry:
    persona = PEOPLE.personas.get(slug)
    assert persona
    return Enquiry(user_name=persona.user_name, day=day, **{"known_on": day, **more})


def test_a_pupil_is_told_with_the_enrolment_of_the_day(datastore: Datastore) -> None:
    facts = datastore.facts(about("enrolment-ended", TODAY - timedelta(days=1)))
    assert facts
    assert (facts.given_name, facts.family_name, facts.birth_year) == ("Nora", "Mertens", "2012")
    assert [each.instellingsnummer for each in facts.enrolments] == ["700202"]
    assert facts.account_state is AccountState.ACTIVE


def test_an_enrolment_that_ended_is_told_no_more(datastore: Datastore) -> None:
    facts = datastore.facts(about("enrolment-ended"))
    assert facts
    assert (facts.enrolments, facts.is_dated) == ((), False)


def test_what_was_not_known_yet_has_not_happened(datastore: Datastore) -> None:
    """The circumstance `datastore.lagging`: the pupil who left yesterday is enrolled still."""
    facts = datastore.facts(circumstances.lagging(about("enrolment-ended")))
    assert facts == datastore.facts(about("enrolment-ended", TODAY - timedelta(days=1)))


def test_all_enrolments_are_told_with_dates_when_asked_for(datastore: Datastore) -> None:
    facts = datastore.facts(circumstances.all_enrolments(about("enrolment-ended")))
    assert facts
    assert facts.is_dated
    assert [each.ends_on for each in facts.enrolments] == [TODAY - timedelta(days=1)]


def test_the_rules_of_the_enquiry_hold(datastore: Datastore) -> None:
    usual = datastore.facts(about("identified-since"))
    kept = datastore.facts(circumstances.account_uuid_kept(about("identified-since")))
    assert usual
    assert kept
    assert usual.account_uuid != kept.account_uuid
    assert kept.account_uuid in usual.history


def test_sign_ins_are_told_apart_where_uuids_do_not_last(datastore: Datastore) -> None:
    enquiry = circumstances.account_uuid_per_sign_in(about("not-identified"))
    found = [datastore.facts(replace(enquiry, sign_in=sign_in)) for sign_in in ("one", "two", "one")]
    uuids = [facts.account_uuid for facts in found if facts]
    assert (uuids[0] == uuids[2], len(set(uuids))) == (True, 2)


@pytest.mark.parametrize("user_name", ["nobody", "no body?", "é&=#%2e", "katrien.vanacker27"])
def test_nobody_and_somebody_who_is_no_pupil_are_unknown(datastore: Datastore, user_name: str) -> None:
    assert datastore.facts(Enquiry(user_name=user_name, day=TODAY, known_on=TODAY)) is None


@pytest.mark.parametrize("user_name", EVERYBODY)
def test_both_tell_the_same_of_everybody_on_every_day_by_every_rule(datastore: Datastore, user_name: str) -> None:
    for number, day in enumerate(DAYS):
        enquiry = Enquiry(
            user_name=user_name,
            day=day,
            known_on=day - timedelta(days=14 * (number % 2)),
            sign_in="the same",
            rules=EVERY_RULE[number % len(EVERY_RULE)],
            with_all_enrolments=bool(number % 3),
        )
        assert datastore.facts(enquiry) == BESIDE_US.facts(enquiry)
