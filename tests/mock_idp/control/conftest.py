"""A small stand-in for the provider, so that the control API is tested by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from pydantic import SecretStr

from mock_idp.domain.calendar import Calendar
from mock_idp.domain.clock import SettableClock
from mock_idp.domain.personas import read_personas
from mock_idp.journal import Journal
from mock_idp.settings import Settings
from mock_idp.state.memory import MemoryStore
from mock_idp.state.stages import Stage, Stages
from mock_idp.web.control import blueprint

if TYPE_CHECKING:
    from datetime import date

    from flask.testing import FlaskClient

    from mock_idp.domain.clients import Client

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class FakeKey:
    kid: str
    state: str
    alg: str = "RS256"


class FakeKeys:
    def __init__(self) -> None:
        self.done: list[str] = []

    def list(self) -> list[FakeKey]:
        return [FakeKey(kid="first", state="active")]

    def __getattr__(self, action: str):
        return lambda: self.done.append(action)


class FakeClients:
    def __init__(self) -> None:
        self.known: dict[str, Client] = {}

    def list(self) -> list[Client]:
        return list(self.known.values())

    def get(self, client_id: str) -> Client | None:
        return self.known.get(client_id)

    def put(self, client: Client) -> None:
        self.known[client.client_id] = client

    def delete(self, client_id: str) -> None:
        self.known.pop(client_id, None)


class StandIn:
    """Has the members of the provider that the control API uses."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.clock = SettableClock(NOW)
        self.store = MemoryStore(self.clock)
        self.stages = Stages(self.store, self.clock)
        self.journal = Journal(self.store, self.clock)
        self.clients = FakeClients()
        self.keys = FakeKeys()
        self.days = Calendar(self.clock)
        self.personas = read_personas(anchor=self.days.anchor)

    def calendar(self, stage: Stage) -> date:
        return self.days.day(offset_days=stage.calendar_offset_days)

    def reset(self) -> None:
        self.stages.reset()
        self.journal.reset()
        self.clients.known.clear()


def app_of(provider: StandIn) -> Flask:
    app = Flask(__name__)
    app.extensions["leerid-provider"] = provider
    app.register_blueprint(blueprint)
    return app


@pytest.fixture
def provider() -> StandIn:
    return StandIn(Settings())


@pytest.fixture
def control(provider: StandIn) -> FlaskClient:
    return app_of(provider).test_client()


@pytest.fixture
def guarded() -> FlaskClient:
    return app_of(StandIn(Settings(control_token=SecretStr("synthetic-control-token")))).test_client()
