"""The suite of the OpenID Foundation in front of a registered client, by HTTP and behind HTTPS."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from small_application import Application
from suite import Suite

from mock_idp.provider import Provider
from mock_idp.settings import Settings
from mock_idp.web import create_app

if TYPE_CHECKING:
    from mock_idp.domain.clock import SettableClock


@pytest.fixture
def suite(registered: Application, clock: SettableClock) -> Suite:
    return Suite(registered, clock)


@pytest.fixture
def secure(clock: SettableClock) -> Suite:
    settings = Settings(issuer_url="https://op.example/op")
    browser = create_app(settings, Provider(settings, clock)).test_client()
    return Suite(Application(browser=browser), clock, settings.issuer)
