"""What the modules of the OpenID Foundation's suite do with a provider, and how they judge it."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

import jwt

from mock_idp.domain.certification import Outcome

if TYPE_CHECKING:
    from small_application import Application
    from werkzeug.test import TestResponse

    from mock_idp.domain.clock import SettableClock

ISSUER = "http://localhost:9100/op"


class Warned(AssertionError):  # noqa: N818  the word of the suite
    """Something recommended is missing."""


class Skipped(Exception):  # noqa: N818  the word of the suite
    """The suite leaves the rest of the module out."""


VERDICTS = {Warned: Outcome.WARNED, Skipped: Outcome.SKIPPED, AssertionError: Outcome.CONTRADICTED}
"""What the suite says, by what a check raises."""


def wish(*, fulfilled: bool, otherwise: str) -> None:
    """Warn when something recommended is missing."""
    if not fulfilled:
        raise Warned(otherwise)


@dataclass
class Suite:
    """The suite in front of one client of the provider."""

    application: Application
    clock: SettableClock
    issuer: str = ISSUER

    @property
    def document(self) -> dict[str, Any]:
        """The discovery document."""
        return dict(self.application.browser.get("/op/.well-known/openid-configuration").get_json())

    def skip_unless_scopes_are_listed(self, scope: str) -> None:
        """Skip, as the suite does when discovery does not list the scopes that a module needs."""
        if not set(scope.split()) <= set(self.document.get("scopes_supported", [])):
            raise Skipped(scope)

    def asked(self, **changes: str | None) -> TestResponse:
        """Send an authorization request with a random state and nonce, and only openid unless more is wanted."""
        honest = {"scope": "openid", "state": secrets.token_urlsafe(16), "nonce": secrets.token_urlsafe(16)}
        return self.application.ask(**(honest | changes))

    def authorized(self, **changes: str | None) -> dict[str, str]:
        """Return the parameters of the answer; the person signs in where a page asks for it."""
        response = self.asked(**changes)
        if "/sign-in/" in (response.location or ""):
            response = self.application.browser.post(response.location, data={"persona": "secondary-pupil"})
        return self.answered(response)

    def answered(self, response: TestResponse) -> dict[str, str]:
        """Return the parameters of an answer, with the state that was sent."""
        assert response.location, response.text
        parameters = dict(parse_qsl(urlsplit(response.location).query, keep_blank_values=True))
        assert parameters.get("state") == self.application.sent.get("state")
        return parameters

    def redeemed(self, parameters: dict[str, str], **changes: str | None) -> dict[str, Any]:
        """Return the token response for an answer, its ID token checked."""
        assert "error" not in parameters
        response = self.application.redeem(parameters["code"], **changes)
        assert (response.status_code, response.content_type) == (200, "application/json")
        tokens: dict[str, Any] = response.get_json()
        self.checked(tokens["id_token"])
        return tokens

    def flow(self, **changes: str | None) -> dict[str, Any]:
        """Sign in and return the token response."""
        return self.redeemed(self.authorized(**changes))

    def checked(self, id_token: str) -> dict[str, Any]:
        """Return the claims of an ID token after the checks: signature, issuer, audience, times, nonce, sub."""
        published = self.application.browser.get("/op/v1/keys").get_json()["keys"]
        header = jwt.get_unverified_header(id_token)
        key = next(each for each in published if each["kid"] == header["kid"])
        assert header["alg"] == "RS256"
        claims: dict[str, Any] = jwt.decode(
            id_token,
            jwt.PyJWK(key),
            algorithms=["RS256"],
            audience=self.application.client_id,
            issuer=self.issuer,
            options={"verify_exp": False, "verify_iat": False, "require": ["iss", "sub", "aud", "exp", "iat"]},
        )
        now = self.clock.now().timestamp()
        assert claims["iat"] <= now < claims["exp"]
        assert claims.get("nonce") == self.application.sent.get("nonce")
        return claims

    def claims(self, tokens: dict[str, Any]) -> dict[str, Any]:
        """Return the claims of the ID token of a token response."""
        return self.application.opened(tokens["id_token"])

    def userinfo(self, tokens: dict[str, Any], response: TestResponse | None = None) -> dict[str, Any]:
        """Return what userinfo tells, with the sub of the ID token."""
        response = response or self.application.userinfo(tokens["access_token"])
        assert (response.status_code, response.content_type) == (200, "application/json")
        told: dict[str, Any] = response.get_json()
        assert told["sub"] == self.claims(tokens)["sub"]
        return told

    def refused(self, response: TestResponse) -> None:
        """Demand the answer to a code that came before: 400, JSON, invalid_grant."""
        assert (response.status_code, response.content_type) == (400, "application/json")
        assert response.get_json()["error"] == "invalid_grant"


def is_page(response: TestResponse) -> bool:
    """Return whether the browser stays here and is shown something, as a screenshot would prove."""
    return response.location is None and response.status_code in {200, 400} and response.mimetype == "text/html"


def unsigned(claims: dict[str, Any]) -> str:
    """Return a JWT with alg none."""
    return jwt.encode(json.loads(json.dumps(claims)), None, algorithm="none")
