"""The running mock, composed: what the web floor and the control API work with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mock_idp.domain.calendar import Calendar
from mock_idp.domain.clock import Clock, SystemClock
from mock_idp.domain.datastore import Enquiry, InProcessDatastore
from mock_idp.domain.leerid import AccountState, account_of
from mock_idp.faults import Seam
from mock_idp.journal import Journal
from mock_idp.provider.issuer import Ground, Issuer
from mock_idp.provider.issuers import Issuers
from mock_idp.provider.people import People
from mock_idp.provider.release import DatedClaims
from mock_idp.provider.start import (
    Gathering,
    check_default_profile,
    checked_circumstances,
    read_clients,
    read_profiles,
)
from mock_idp.provider.traps import Traps
from mock_idp.state.memory import MemoryStore
from mock_idp.state.people import StagePeople
from mock_idp.state.stages import DEFAULT_STAGE, Stage, Stages

if TYPE_CHECKING:
    from datetime import date

    from mock_idp.domain.datastore import Datastore, Facts
    from mock_idp.domain.people.person import Person
    from mock_idp.domain.people.personas import Personas
    from mock_idp.protocol.conduct import Conduct
    from mock_idp.provider.staged_seams import StagedSeams
    from mock_idp.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """On which stage a request arrives; `unknown` is the id of a cookie that names no stage."""

    stage_id: str
    unknown: str | None = None


class Provider:
    """People, stages, journal and issuers. Built once at start; raises `ProblemsError` when a file cannot be used."""

    def __init__(self, settings: Settings, clock: Clock | None = None) -> None:
        self.settings = settings
        self.clock = clock or SystemClock()
        self._calendar = Calendar(self.clock, today=settings.today)
        self.store = MemoryStore(self.clock)
        self._read(settings)
        self.stages = Stages(self.store, self.clock, checked_circumstances(settings))
        self.journal = Journal(self.store, self.clock)
        self.traps = Traps(settings.site)
        ground = Ground(
            traps=self.traps, clock=self.clock, stages=self.stages, journal=self.journal, source_of=self._source
        )
        self.issuers = Issuers(settings, self.store, self._clients, ground)

    def _read(self, settings: Settings) -> None:
        """Read every file; raise `ProblemsError` with the problems of all."""
        gathering = Gathering()
        with gathering.part():
            checked_circumstances(settings)
        with gathering.part():
            self.people = People(settings, self._calendar.anchor, StagePeople(self.store), self._cast_of)
        with gathering.part():
            self.profiles = read_profiles(settings)
            with gathering.part():
                check_default_profile(settings, self.profiles)
            self._clients = read_clients(settings, self.profiles)
        gathering.check()

    @property
    def main(self) -> Issuer:
        """The issuer that is always there."""
        return self.issuers.main

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
        account = account_of(person.life, person.account, day=self.calendar(self.stages.get(stage_id)))
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
        enquiry = self.main.seams.bend(Seam.DATASTORE, honest, stage_id=stage.id, plus=person.circumstances)
        return InProcessDatastore(self.people.on(stage.id)).facts(enquiry)

    def arrival(self, cookie: str | None) -> Arrival:
        """Return the stage of a browser: the one its cookie names, else the default one."""
        if not cookie or self.stages.find(cookie):
            return Arrival(stage_id=cookie or DEFAULT_STAGE)
        return Arrival(stage_id=DEFAULT_STAGE, unknown=cookie)

    def reset(self) -> None:
        """Go back to the start: stages, journal, codes, tokens, sessions, issuers, clients and keys."""
        self.store.clear()
        self.journal.clear()
        self.issuers.reset()

    def _cast_of(self, stage_id: str) -> str | None:
        return self.stages.get(stage_id).cast

    def _source(self, seams: StagedSeams, conduct: Conduct) -> DatedClaims:
        return DatedClaims(
            conduct=conduct,
            people=self.people,
            stages=self.stages,
            seams=seams,
            profiles=self.profiles,
            day=self.calendar,
            remote=_remote_datastore(self.settings),
        )


def _remote_datastore(settings: Settings) -> Datastore | None:
    if settings.datastore_url is None:
        return None
    from mock_idp.provider.remote_datastore import RemoteDatastore  # noqa: PLC0415  httpx takes a while to import

    return RemoteDatastore(
        settings.datastore_url, connect_s=settings.datastore_connect_s, read_s=settings.datastore_read_s
    )
