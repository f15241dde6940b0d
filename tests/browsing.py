"""A pupil's browser, as far as the reference application can tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from honest_provider import HonestProvider
    from werkzeug.test import TestResponse

SESSION = "leerid_rp_session"


@dataclass(frozen=True)
class Outcome:
    """Where a sign-in ended."""

    path: str
    status: int
    page: str

    @property
    def reason(self) -> str:
        return self.path.removeprefix("/refused/") if self.path.startswith("/refused/") else ""

    @property
    def signed_in(self) -> bool:
        return self.path in {"/me", "/callback"} and 'data-testid="signed-in"' in self.page

    @property
    def person_id(self) -> str:
        return self.page.partition('data-testid="person-id">')[2].partition("<")[0]


@dataclass
class Browser:
    client: FlaskClient
    provider: HonestProvider

    def start(self) -> str:
        """Click on sign in; return where the browser is sent."""
        return self.client.get("/sign-in").headers["Location"]

    def come_back(self, parameters: dict[str, str | None]) -> Outcome:
        """Open the redirect URI and follow to the page at the end; a parameter that is None is left out."""
        told = {name: value for name, value in parameters.items() if value is not None}
        return self.outcome(self.client.get("/callback", query_string=told, follow_redirects=True))

    def sign_in(self, **changed: str | None) -> Outcome:
        """Sign in, with these parameters of the authorization response changed."""
        start = self.start()
        if start.startswith("/refused/"):
            return self.outcome(self.client.get(start))
        return self.come_back({**self.provider.authorize(start), **changed})

    def outcome(self, response: TestResponse) -> Outcome:
        return Outcome(path=urlsplit(response.request.url).path, status=response.status_code, page=response.text)

    @property
    def cookie(self) -> str:
        cookie = self.client.get_cookie(SESSION)
        return "" if cookie is None else cookie.value

    @cookie.setter
    def cookie(self, value: str) -> None:
        self.client.set_cookie(SESSION, value)
