"""A provider with a clock that stands still, and small applications in front of it."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count
from typing import TYPE_CHECKING, Final

import pytest
import same_pages  # noqa: F401  importing it sets it
import same_routes  # noqa: F401  same
import unhurried  # noqa: F401  importing it sets it
from small_application import REDIRECT_URI, Application
from switchboard import SECRET, Switchboard

from mock_idp.domain.clients import Client
from mock_idp.domain.clock import SettableClock
from mock_idp.protocol.signing_key import SigningKey, fresh_key
from mock_idp.provider import Provider
from mock_idp.settings import Policy, Settings
from mock_idp.web import create_app

if TYPE_CHECKING:
    from flask.testing import FlaskClient

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock(NOON)


MADE: Final[list[SigningKey]] = []
"""Keys of all tests: making one takes longer than a test."""


@pytest.fixture(autouse=True)
def _no_key_is_made_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every test begin with the keys that others made before."""
    numbers = count()

    def fresh() -> SigningKey:
        number = next(numbers)
        if number == len(MADE):
            MADE.append(fresh_key())
        return MADE[number]

    monkeypatch.setattr("mock_idp.protocol.keys.fresh_key", fresh)


@pytest.fixture
def provider(clock: SettableClock) -> Provider:
    return Provider(Settings(), clock)


@pytest.fixture
def explaining(provider: Provider) -> None:
    """Let errors say on the wire why, so that a test can read it there."""
    provider.main.conduct.policy = Policy(error_description=True)


@pytest.fixture
def browser(provider: Provider) -> FlaskClient:
    return create_app(provider.settings, provider).test_client()


@pytest.fixture
def switch(browser: FlaskClient) -> Switchboard:
    """Every switch of this provider, thrown over the wire."""
    return Switchboard(browser)


@pytest.fixture
def application(browser: FlaskClient) -> Application:
    """An application that nobody registered."""
    return Application(browser=browser)


@pytest.fixture
def registered(browser: FlaskClient, provider: Provider) -> Application:
    """An application that is registered, and therefore served strictly."""
    provider.main.clients.put(
        Client(
            client_id="registered",
            client_secret=SECRET,
            redirect_uris=(REDIRECT_URI,),
            post_logout_redirect_uris=("http://127.0.0.1:9200/signed-out",),
        )
    )
    return Application(browser=browser, client_id="registered", client_secret=SECRET)
