"""The datastore as a service of its own: the same people as the mock's, and how late and how slowly it answers."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path  # noqa: TC003  pydantic reads it at run time
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel, ConfigDict, Field, model_validator

from mock_idp.domain.calendar import Calendar
from mock_idp.domain.clock import Clock, SystemClock
from mock_idp.domain.datastore import InProcessDatastore
from mock_idp.provider.people import People
from mock_idp.settings import EVERYWHERE, Settings, is_loopback
from mock_idp.state.memory import MemoryStore
from mock_idp.state.people import StagePeople
from mock_idp.state.stages import DEFAULT_STAGE

if TYPE_CHECKING:
    from collections.abc import Callable

    from mock_idp.domain.datastore import Enquiry, StudentFacts
    from mock_idp.provider.datastore_question import Question

LONGEST_LAG_DAYS: Final = 3650
LONGEST_DELAY_S: Final = 60.0


class DatastoreSettings(BaseModel):
    """How a datastore is served. `seed`, `people_file` and `today` as those of the mock that asks it."""

    model_config = ConfigDict(defer_build=True, frozen=True, extra="forbid")

    host: str = "localhost"
    port: int = Field(default=9101, ge=0, le=65535)
    seed: int = 0
    people_file: Path | None = None
    today: date | None = None
    lag_days: int = Field(default=0, ge=0, le=LONGEST_LAG_DAYS)
    delay_s: float = Field(default=0.0, ge=0, le=LONGEST_DELAY_S, allow_inf_nan=False)
    allow_remote: bool = False

    @model_validator(mode="after")
    def _stays_on_loopback(self) -> DatastoreSettings:
        if self.allow_remote or is_loopback(self.host):
            return self
        raise ValueError(
            f"{self.host} can be reached from other machines. Listen on localhost, or give --allow-remote in a closed "
            "test network: there is no password, and everybody who reaches it can ask."
        )

    @property
    def url(self) -> str:
        """Where it is asked: `http://localhost:9101`."""
        name = "localhost" if self.host in EVERYWHERE else self.host
        return f"http://{f'[{name}]' if ':' in name else name}:{self.port}"


class ServedDatastore:
    """Answers for everybody whom a mock of the same settings knows, but for people made on one of its stages."""

    def __init__(
        self, settings: DatastoreSettings, clock: Clock | None = None, pause: Callable[[float], None] = time.sleep
    ) -> None:
        clock = clock or SystemClock()
        self._settings = settings
        self._pause = pause
        self._calendar = Calendar(clock, today=settings.today)
        everybody = Settings(seed=settings.seed, people_file=settings.people_file)
        people = People(everybody, self._calendar.anchor, StagePeople(MemoryStore(clock)))
        self._datastore = InProcessDatastore(people.on(DEFAULT_STAGE))

    def facts(self, user_name: str, question: Question) -> StudentFacts | None:
        """Return what is true of an account, as late and as slowly as the settings say; None for an unknown one."""
        if self._settings.delay_s:
            self._pause(self._settings.delay_s)
        return self._datastore.facts(self._lagging(question.enquiry(user_name, self._calendar.day)))

    def _lagging(self, enquiry: Enquiry) -> Enquiry:
        newest = enquiry.day - timedelta(days=self._settings.lag_days)
        return replace(enquiry, known_on=min(enquiry.known_on, newest)) if self._settings.lag_days else enquiry
