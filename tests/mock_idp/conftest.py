"""A provider with a clock that stands still, and small applications in front of it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from small_application import REDIRECT_URI, Application
from switchboard import SECRET, Switchboard

from mock_idp.domain.clients import Client
from mock_idp.domain.clock import SettableClock
from mock_idp.provider import Provider
from mock_idp.settings import Policy, Settings
from mock_idp.web import create_app

if TYPE_CHECKING:
    from flask.testing import FlaskClient

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock(NOON)


@pytest.fixture(scope="session")
def keys() -> list[Any]:
    """Keep the key ring of the first provider: making a key takes longer than a test."""
    return []


@pytest.fixture
def provider(clock: SettableClock, keys: list[Any]) -> Provider:
    made = Provider(Settings(), clock) if not keys else _with_keys(clock, keys[0])
    keys[:] = [made.main.keys]
    made.main.keys.reset()
    return made


def _with_keys(clock: SettableClock, ring: Any) -> Provider:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("mock_idp.provider.issuer.KeyRing", lambda: ring)
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
