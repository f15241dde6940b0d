"""The smallest application: it signs pupils in through the mock, and remembers nothing."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote_plus, urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

REDIRECT_URI = "http://127.0.0.1:9200/callback"


@dataclass
class Application:
    """The smallest relying party: it asks, and remembers nothing."""

    browser: FlaskClient
    client_id: str = "anybody"
    client_secret: str = "anything"
    sent: dict[str, str] = field(default_factory=dict)

    def ask(self, **changes: str | None) -> TestResponse:
        """Send the browser to the provider; None leaves a parameter out."""
        parameters = {
            "client_id": self.client_id,
            "redirect_uri": REDIRECT_URI,
            "response_type": "code",
            "scope": "openid profile ov_leerling",
            "state": "the-state",
            "nonce": "the-nonce",
            **changes,
        }
        self.sent = {name: value for name, value in parameters.items() if value is not None}
        return self.browser.get("/op/v1/auth", query_string=self.sent)

    def answered(self, persona: str = "secondary-pupil", **changes: str | None) -> TestResponse:
        """Sign a pupil in, and return the answer that the browser carries."""
        page = self.ask(**changes)
        assert page.status_code == 302, page.text
        return self.browser.post(page.location, data={"persona": persona})

    def code(self, persona: str = "secondary-pupil", **changes: str | None) -> str:
        """Sign a pupil in, and return the code."""
        return self.parameters_of(self.answered(persona, **changes))["code"]

    def redeem(self, code: str, *, basic: bool = True, **changes: str | None) -> TestResponse:
        """Redeem a code."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": REDIRECT_URI,
            "client_id": self.client_id,
            "client_secret": None if basic else self.client_secret,
            **changes,
        }
        sent = {name: value for name, value in form.items() if value is not None}
        return self.browser.post("/op/v1/token", data=sent, headers=self.basic() if basic else {})

    def refresh(self, refresh_token: str, **changes: str | None) -> TestResponse:
        """Ask for new tokens."""
        return self.ask_token(grant_type="refresh_token", refresh_token=refresh_token, **changes)

    def ask_token(self, **parameters: str | None) -> TestResponse:
        """Send any request to the token endpoint; None leaves a parameter out."""
        sent = {name: value for name, value in parameters.items() if value is not None}
        return self.browser.post("/op/v1/token", data=sent, headers=self.basic())

    def introspect(self, token: str, **changes: str | None) -> TestResponse:
        """Ask what stands behind a token."""
        sent = {name: value for name, value in {"token": token, **changes}.items() if value is not None}
        return self.browser.post("/op/v1/introspect", data=sent, headers=self.basic())

    def tokens(self, persona: str = "secondary-pupil", **changes: str | None) -> dict[str, Any]:
        """Sign a pupil in, and return the token response."""
        response = self.redeem(self.code(persona, **changes))
        assert response.status_code == 200, response.text
        return dict(response.get_json())

    def claims(self, persona: str = "secondary-pupil", **changes: str | None) -> dict[str, Any]:
        """Sign a pupil in, and return the claims of the ID token."""
        return self.opened(self.tokens(persona, **changes)["id_token"])

    def userinfo(self, access_token: str) -> TestResponse:
        """Ask who signed in."""
        return self.browser.get("/op/v1/userinfo", headers={"Authorization": f"Bearer {access_token}"})

    def basic(self) -> dict[str, str]:
        """Return the header of client_secret_basic, form-encoded as RFC 6749 asks."""
        pair = f"{quote_plus(self.client_id)}:{quote_plus(self.client_secret)}"
        return {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}

    @staticmethod
    def parameters_of(response: TestResponse) -> Mapping[str, str]:
        """Return the parameters in the query of a redirect."""
        assert response.location, response.text
        return dict(parse_qsl(urlsplit(response.location).query))

    @staticmethod
    def opened(token: str, part: int = 1) -> dict[str, Any]:
        """Return the claims (or with part 0 the header) of a token."""
        text = token.split(".")[part]
        return dict(json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))))
