"""The application, a browser and an honest provider, all in this process."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Protocol
from uuid import uuid4

import pytest
import same_pages  # noqa: F401  importing it sets it
import same_routes  # noqa: F401  same
import unhurried  # noqa: F401  importing it sets it
from browsing import Browser
from empty_database import empty_database
from honest_provider import HonestProvider
from sqlalchemy import create_engine, make_url
from sqlalchemy.schema import CreateSchema, DropSchema

from relying_party.accounts.database import Database
from relying_party.settings import Settings
from relying_party.signin.flow import utc_now
from relying_party.web import create_app
from relying_party.web.site import EXTENSION, Site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from flask import Flask


class MakeApp(Protocol):
    def __call__(self, *, clock: Callable[[], datetime] = utc_now, **settings: Any) -> Flask: ...


class OpenBrowser(Protocol):
    def __call__(self, app: Flask | None = None, **settings: Any) -> Browser: ...


@pytest.fixture
def provider() -> Iterator[HonestProvider]:
    honest = HonestProvider()
    server = honest.serve()
    yield honest
    server.shutdown()
    server.server_close()


@pytest.fixture
def store_url(tmp_path: Path) -> Iterator[str]:
    """A store of this test's own: an SQLite file, or a schema on the server that LEERID_TEST_DATABASE names."""
    server = os.environ.get("LEERID_TEST_DATABASE")
    if server is None:
        yield empty_database(tmp_path / "accounts.db")
        return
    schema, engine = f"test_{uuid4().hex}", create_engine(server)
    with engine.begin() as connection:
        connection.execute(CreateSchema(schema))
    yield (
        make_url(server).update_query_dict({"options": f"-csearch_path={schema}"}).render_as_string(hide_password=False)
    )
    with engine.begin() as connection:
        connection.execute(DropSchema(schema, cascade=True))
    engine.dispose()


@pytest.fixture
def make_app(provider: HonestProvider, store_url: str) -> Iterator[MakeApp]:
    """Make an application of the given settings; all of one test share a database."""
    made: list[Site] = []

    def make(*, clock: Callable[[], datetime] = utc_now, **settings: Any) -> Flask:
        told = {"issuer": provider.issuer, "database": store_url, **settings}
        app = create_app(Settings(**told), clock=clock)
        made.append(app.extensions[EXTENSION])
        return app

    yield make
    for site in made:
        site.database.close()


@pytest.fixture
def open_browser(make_app: MakeApp, provider: HonestProvider) -> OpenBrowser:
    def open_one(app: Flask | None = None, **settings: Any) -> Browser:
        return Browser(client=(app or make_app(**settings)).test_client(), provider=provider)

    return open_one


@pytest.fixture
def browser(open_browser: OpenBrowser) -> Browser:
    return open_browser()


@pytest.fixture
def database(store_url: str) -> Iterator[Database]:
    opened = Database(store_url)
    yield opened
    opened.close()
