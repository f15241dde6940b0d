"""Callers of a served datastore whose clock stands still."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mock_idp.provider.served_datastore import DatastoreSettings, ServedDatastore
from mock_idp.web.datastore import create_datastore_app

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from mock_idp.domain.clock import SettableClock


@pytest.fixture
def asked(clock: SettableClock) -> FlaskClient:
    return create_datastore_app(ServedDatastore(DatastoreSettings(), clock)).test_client()
