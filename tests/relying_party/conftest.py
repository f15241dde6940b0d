"""A browser, the application and an honest provider, all in this process."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from honest_provider import HonestProvider

from relying_party.settings import Settings
from relying_party.signin.flow import utc_now
from relying_party.web import create_app
from relying_party.web.site import EXTENSION, Site


@dataclass
class Outcome:
    """Where a sign-in ended."""

    path: str
    status: int
    page: str

    @property
    def reason(self) -> str:
        return self.path.rpartition("/")[2] if self.path.startswith("/refused/") else ""

    @property
    def signed_in(self) -> bool:
        return self.path == "/me" and 'data-testid="signed-in"' in self.page

    @property
    def person_id(self) -> str:
        return self.page.partition('data-testid="person-id">')[2].partition("<")[0]


@dataclass
class Browser:
    """A pupil's browser."""

    client: FlaskClient
    provider: HonestProvider

    def start(self) -> str:
        """Click on sign in; where the browser is sent."""
        return str(self.client.get("/sign-in").headers["Location"])

    def come_back(self, parameters: dict[str, Any]) -> Outcome:
        """Open the redirect URI and follow to the page at the end."""
        response = self.client.get("/callback", query_string=parameters, follow_redirects=True)
        return Outcome(path=urlsplit(response.request.url).path, status=response.status_code, page=response.text)

    def sign_in(self, **changed: Any) -> Outcome:
        """Sign in; `changed` are parameters of the authorization response, None takes one away."""
        parameters = {**self.provider.authorize(self.start()), **changed}
        return self.come_back({name: value for name, value in parameters.items() if value is not None})

    def cookie(self) -> str:
        cookie = self.client.get_cookie("leerid_rp_session")
        return "" if cookie is None else cookie.value


MakeApp = Callable[..., Flask]


@pytest.fixture
def provider() -> Iterator[HonestProvider]:
    honest = HonestProvider()
    server = honest.serve()
    yield honest
    server.shutdown()
    server.server_close()


@pytest.fixture
def make_app(provider: HonestProvider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MakeApp]:
    """Make an application of the given settings; each has a database of its own."""
    made: list[Site] = []

    def make(*, clock: Callable[[], datetime] = utc_now, **settings: Any) -> Flask:
        place = tmp_path_factory.mktemp("accounts")
        told = {"issuer": provider.issuer, "database": f"sqlite:///{place / 'accounts.db'}", **settings}
        app = create_app(Settings(**told), clock=clock)
        made.append(app.extensions[EXTENSION])
        return app

    yield make
    for site in made:
        site.database.close()


@pytest.fixture
def open_browser(make_app: MakeApp, provider: HonestProvider) -> Callable[..., Browser]:
    def open_one(app: Flask | None = None, **settings: Any) -> Browser:
        return Browser(client=(app or make_app(**settings)).test_client(), provider=provider)

    return open_one


@pytest.fixture
def browser(open_browser: Callable[..., Browser]) -> Browser:
    return open_browser()
