"""One sign-in, as a browser and an application together do it, with the checks that tell an honest answer."""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64decode
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urljoin, urlsplit

import jwt

from benchmarks.flows.wire import Answer, Connection, WireError

if TYPE_CHECKING:
    from benchmarks.flows.application import Application, Endpoints, Prepared

FOUND = frozenset({302, 303, 307})
MOST_STEPS = 8
POSTED = re.compile(rb'<form method="post"(?: action="([^"]*)")?')


class Flow:
    """The sign-ins of one application at one provider over one connection; each in a browser that was never there."""

    def __init__(self, connection: Connection, endpoints: Endpoints, application: Application) -> None:
        self._connection = connection
        self._endpoints = endpoints
        self._application = application

    def sign_in(self, prepared: Prepared) -> str:
        """Sign somebody in and return their ID token; raise `WireError` when anything is not as it should be."""
        answered = self._browse(f"{self._endpoints.authorization}?{prepared.query}", prepared.typed)
        parameters = parse_qs(urlsplit(answered).query)
        if parameters.get("state") != [prepared.state] or "code" not in parameters:
            raise WireError(f"The provider sent the browser back without code or with another state: {answered}")
        tokens = self._redeem(prepared, parameters["code"][0])
        claims = _claims(tokens["id_token"])
        person = self._json(self._ask(self._endpoints.userinfo, headers=_bearer(tokens["access_token"])))
        if claims.get("nonce") != prepared.nonce or claims["sub"] != person["sub"]:
            raise WireError("The ID token has another nonce, or userinfo another subject.")
        return str(tokens["id_token"])

    def checked(self, prepared: Prepared) -> None:
        """Sign somebody in and check the ID token in full, its signature included."""
        token = self.sign_in(prepared)
        keys = jwt.PyJWKSet.from_dict(self._json(self._ask(self._endpoints.jwks)))
        kid = jwt.get_unverified_header(token).get("kid")
        key = next(each for each in keys.keys if kid in {None, each.key_id})
        jwt.decode(token, key, ["RS256"], audience=self._application.client_id, issuer=self._endpoints.issuer)

    def _browse(self, url: str, typed: str) -> str:
        """Follow redirects and send the form, until the provider sends the browser to the application."""
        jar: dict[str, str] = {}
        form: str | None = None
        for _ in range(MOST_STEPS):
            answer = self._ask(url, form=form, headers=_cookies(jar))
            jar.update(answer.cookies)
            url, form = _next(url, answer, typed, is_sent=form is not None)
            if url.startswith(self._application.redirect_uri):
                return url
        raise WireError(f"The sign-in did not end after {MOST_STEPS} steps.")

    def _redeem(self, prepared: Prepared, code: str) -> dict[str, Any]:
        return self._json(self._ask(self._endpoints.token, form=f"{prepared.redeeming}&code={code}"))

    def _ask(self, url: str, *, form: str | None = None, headers: str = "") -> Answer:
        path = "/" + url.split("/", 3)[3]
        return self._connection.ask(path, form=form, headers=headers)

    def _json(self, answer: Answer) -> dict[str, Any]:
        if answer.status != 200:  # noqa: PLR2004  the one status of success here
            raise WireError(f"Status {answer.status}: {answer.body[:300].decode(errors='replace')}")
        read: dict[str, Any] = json.loads(answer.body)
        return read


def _next(url: str, answer: Answer, typed: str, *, is_sent: bool) -> tuple[str, str | None]:
    """Return where the browser goes next, and the form that it sends there."""
    if answer.status in FOUND:
        return urljoin(url, answer.headers["location"]), None
    found = POSTED.search(answer.body)
    if answer.status != 200 or found is None or is_sent:  # noqa: PLR2004  the one status of a page
        raise WireError(f"Status {answer.status} instead of a sign-in: {answer.body[:300].decode(errors='replace')}")
    return urljoin(url, unescape((found[1] or b"").decode())) if found[1] else url, typed


def _claims(token: str) -> dict[str, Any]:
    """Return the claims of a token, unverified: verifying each would be the driver's work."""
    part = token.split(".")[1]
    read: dict[str, Any] = json.loads(urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return read


def _cookies(jar: dict[str, str]) -> str:
    return f"Cookie: {'; '.join(f'{name}={value}' for name, value in jar.items())}\r\n" if jar else ""


def _bearer(token: str) -> str:
    return f"Authorization: Bearer {token}\r\n"
