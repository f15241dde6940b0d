"""A provider whose clock stands still, and callers of its control API."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from pydantic import SecretStr

from mock_idp.domain.clock import SettableClock
from mock_idp.provider.composition import Provider
from mock_idp.settings import Settings
from mock_idp.web.control import blueprint
from mock_idp.web.current import EXTENSION

if TYPE_CHECKING:
    from flask.testing import FlaskClient

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def app_of(provider: Provider) -> Flask:
    app = Flask(__name__)
    app.extensions[EXTENSION] = provider
    app.register_blueprint(blueprint)
    return app


@pytest.fixture
def provider() -> Provider:
    return Provider(Settings(), SettableClock(NOW))


@pytest.fixture
def control(provider: Provider) -> FlaskClient:
    return app_of(provider).test_client()


@pytest.fixture
def guarded() -> FlaskClient:
    """The control API of a server with a control token, with the name of another machine."""
    settings = Settings(control_token=SecretStr("synthetic-control-token"))
    return app_of(Provider(settings, SettableClock(NOW))).test_client()
