"""Callers of the control API of a provider whose clock stands still."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr

from mock_idp.domain.clock import SettableClock
from mock_idp.settings import Settings
from mock_idp.web.app import create_app

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from mock_idp.provider import Provider

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock(NOW)


@pytest.fixture
def control(provider: Provider) -> FlaskClient:
    return create_app(provider.settings, provider).test_client()


@pytest.fixture
def guarded(provider: Provider) -> FlaskClient:
    """The control API of a server that has a control token."""
    provider.settings = Settings(control_token=SecretStr("synthetic-control-token"))
    return create_app(provider.settings, provider).test_client()
