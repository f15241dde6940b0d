"""One issuer, composed: what the web floor and the control API work with."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mock_idp.domain.calendar import Calendar
from mock_idp.domain.clock import Clock, SystemClock
from mock_idp.domain.datastore import Enquiry, InProcessDatastore
from mock_idp.domain.leerid import AccountState, student_of
from mock_idp.faults import Delivery, Seam
from mock_idp.journal import Journal
from mock_idp.protocol.discovery import discovery_document
from mock_idp.protocol.grant import CODE, SPENT, TOKEN
from mock_idp.protocol.keys import KeyRing
from mock_idp.protocol.server import AcmServer, Surroundings
from mock_idp.provider.people import People
from mock_idp.provider.release import DatedClaims
from mock_idp.provider.sign_in import SignIns
from mock_idp.provider.staged_seams import CURRENT, StagedSeams
from mock_idp.provider.start import (
    Gathering,
    check_default_profile,
    checked_circumstances,
    read_clients,
    read_profiles,
)
from mock_idp.state.clients import Clients
from mock_idp.state.memory import MemoryStore
from mock_idp.state.people import StagePeople
from mock_idp.state.stages import DEFAULT_STAGE, Stage, Stages

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mock_idp.domain.datastore import Datastore, Facts
    from mock_idp.domain.people.person import Person
    from mock_idp.domain.people.personas import Personas
    from mock_idp.journal import Entry
    from mock_idp.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """On which stage a request arrives; `unknown` is the id of a cookie that names no stage."""

    stage_id: str
    unknown: str | None = None


class Provider:
    """Everything an issuer is made of. Built once at start; raises `ProblemsError` when a file cannot be used."""

    def __init__(self, settings: Settings, clock: Clock | None = None) -> None:
        self.settings = settings
        self.clock = clock or SystemClock()
        self._calendar = Calendar(self.clock, today=settings.today)
        self.store = MemoryStore(self.clock)
        self._read(settings)
        self.stages = Stages(self.store, self.clock, checked_circumstances(settings))
        self.journal = Journal(self.store, self.clock)
        self.keys = KeyRing()
        self.seams = StagedSeams(self.stages)
        self.sign_ins = SignIns(settings, self.store, self.clock)
        self.server = self._server()

    def _read(self, settings: Settings) -> None:
        """Read every file; raise `ProblemsError` with the problems of all."""
        gathering = Gathering()
        with gathering.part():
            checked_circumstances(settings)
        with gathering.part():
            self.people = People(settings, self._calendar.anchor, StagePeople(self.store))
        with gathering.part():
            self.profiles = read_profiles(settings)
            with gathering.part():
                check_default_profile(settings, self.profiles)
            self.clients = Clients(self.store, read_clients(settings, self.profiles))
        gathering.check()

    def calendar(self, stage: Stage) -> date:
        """Return the day on which the registers are read on a stage."""
        return self._calendar.day(offset_days=stage.calendar_offset_days)

    @property
    def personas(self) -> Personas:
        """The personas that come with the mock."""
        return self.people.personas

    def account_state(self, person: Person, stage_id: str) -> AccountState | None:
        """Return what comes of signing in with an account today; None when it does not exist (yet)."""
        if person.life is None:
            return AccountState.ACTIVE
        student = student_of(person.life, day=self.calendar(self.stages.get(stage_id)))
        account = student.account(person.account)
        return account.state if account else None

    def facts(self, person: Person, stage_id: str) -> Facts | None:
        """Return what is true of a person on a stage now; None while the account does not exist.

        As the datastore would say, whatever it takes to answer there and though it be away.
        """
        if person.citizen is not None:
            return person.citizen
        stage = self.stages.get(stage_id)
        day = self.calendar(stage)
        honest = Enquiry(user_name=person.user_name, day=day, known_on=day)
        enquiry = self.seams.bend(Seam.DATASTORE, honest, stage_id=stage.id, plus=person.circumstances)
        return InProcessDatastore(self.people.on(stage.id)).facts(enquiry)

    def arrival(self, cookie: str | None) -> Arrival:
        """Return the stage of a browser: the one its cookie names, else the default one."""
        if not cookie or self.stages.find(cookie):
            return Arrival(stage_id=cookie or DEFAULT_STAGE)
        return Arrival(stage_id=DEFAULT_STAGE, unknown=cookie)

    def stage_of_code(self, code: str | None) -> str:
        """Return the stage on which a code was issued; the default one when the code is unknown."""
        return self._stage_of(CODE, code) or self._stage_of(SPENT, code) or DEFAULT_STAGE

    def stage_of_token(self, token: str | None) -> str:
        """Return the stage on which an access token was issued; the default one when it is unknown."""
        return self._stage_of(TOKEN, token) or DEFAULT_STAGE

    def stage_bending(self, seam: Seam) -> str:
        """Return the stage that bends what has no stage on the wire; the default one when none does."""
        return next((stage.id for stage in self.stages.arming(seam)), DEFAULT_STAGE)

    def discovery(self) -> dict[str, Any]:
        """Return the honest discovery document."""
        return discovery_document(self.settings.issuer)

    def delay_s(self, endpoint: str, stage_id: str) -> float:
        """Return how long an answer of this endpoint is held back."""
        delivery: Delivery = self.seams.bend(Seam.TRANSPORT, Delivery(endpoint=endpoint), stage_id=stage_id)
        return delivery.delay_s

    @contextmanager
    def exchange(self, endpoint: str, method: str, stage_id: str) -> Iterator[Entry]:
        """Begin an exchange in the journal; faults that fire meanwhile are written to it."""
        entry = self.journal.begin(endpoint, method, stage_id)
        before = CURRENT.set(entry)
        try:
            yield entry
        finally:
            CURRENT.reset(before)

    def reset(self) -> None:
        """Go back to the start: stages, journal, codes, tokens, sessions, clients and keys."""
        self.store.clear()
        self.clients.reset()
        self.keys.reset()

    def _server(self) -> AcmServer:
        return AcmServer(
            Surroundings(
                settings=self.settings,
                store=self.store,
                clock=self.clock,
                clients=self.clients,
                keys=self.keys,
                seams=self.seams,
                source=DatedClaims(
                    settings=self.settings,
                    people=self.people,
                    stages=self.stages,
                    seams=self.seams,
                    profiles=self.profiles,
                    day=self.calendar,
                    remote=_remote_datastore(self.settings),
                ),
            )
        )

    def _stage_of(self, kind: str, key: str | None) -> str | None:
        record = self.store.get(kind, key) if key else None
        return record.get("stage_id") if record else None


def _remote_datastore(settings: Settings) -> Datastore | None:
    if settings.datastore_url is None:
        return None
    from mock_idp.provider.remote_datastore import RemoteDatastore  # noqa: PLC0415  httpx takes a while to import

    return RemoteDatastore(
        settings.datastore_url, connect_s=settings.datastore_connect_s, read_s=settings.datastore_read_s
    )
