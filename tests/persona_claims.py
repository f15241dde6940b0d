"""What an application learns of every persona, on each of the days that the persona is to be met.

Write the expectation again, and read the difference, after a change that is meant:
`python tests/persona_claims.py`
"""

from __future__ import annotations

import base64
import json
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, urlsplit

import httpx
from laboratory import COMMANDS, free_port, running

if TYPE_CHECKING:
    from collections.abc import Iterator

EXPECTED: Final = Path(__file__).parent / "mock_idp" / "personas" / "expected.json"
TODAY: Final = "2026-11-23"
PROFILES: Final = {"meemoo-2023": "openid profile ov_leerling", "acm-2024": "openid profile ov_leerling vo"}
PROTOCOL: Final = {"iss", "aud", "azp", "exp", "iat", "nonce", "at_hash", "kid", "auth_time", "acr"}
PER_SIGN_IN: Final = "datastore.account-uuid-per-sign-in"
FRESH: Final = "(new at every sign-in)"
CALLBACK: Final = "http://127.0.0.1:9299/callback"


@contextmanager
def visiting(place: Path) -> Iterator[Visitor]:
    """A visitor of the mock, started as a developer starts it, on the day of the expectation."""
    port = free_port()
    command = [str(COMMANDS / "leerid-idp"), "serve", "--port", str(port), "--today", TODAY]
    url = f"http://localhost:{port}"
    with running(command, f"{url}/control/v1", place / "mock.log"), httpx.Client() as browser:
        yield Visitor(mock=url, browser=browser)


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """Signs personas in over HTTP, with user name and password, each on a stage of its own."""

    mock: str
    browser: httpx.Client
    """One for all visits, since making one takes longer than a visit; every visit begins without cookies."""

    def personas(self) -> list[dict[str, Any]]:
        """Return every persona as the mock lists them."""
        listed: list[dict[str, Any]] = self.browser.get(f"{self.mock}/control/v1/personas").json()["personas"]
        return listed

    def learned(self, persona: dict[str, Any]) -> dict[str, Any]:
        """Return what is learned by day and claims profile; of somebody who is no pupil, under two profiles."""
        profiles = PROFILES if persona["group"] == "others" else {"meemoo-2023": PROFILES["meemoo-2023"]}
        return {
            f"day {visit:+d}, {profile}": self._visit(persona, visit, profile, scope)
            for visit in persona["visits"]
            for profile, scope in profiles.items()
        }

    def _visit(self, persona: dict[str, Any], visit: int, profile: str, scope: str) -> dict[str, Any]:
        stage = self.browser.post(
            f"{self.mock}/control/v1/stages",
            json={"persona": persona["slug"], "calendar_offset_days": visit, "claims_profile": profile},
        ).json()
        self.browser.cookies.clear()
        self.browser.cookies.set(stage["cookie"]["name"], stage["cookie"]["value"])
        answer = self._signed_in(persona, scope)
        if answer.status_code != httpx.codes.SEE_OTHER:
            return {"page": answer.status_code}
        parameters = dict(parse_qsl(urlsplit(answer.headers["location"]).query))
        return self._told(parameters["code"], persona) if "code" in parameters else {"error": parameters["error"]}

    def _signed_in(self, persona: dict[str, Any], scope: str) -> httpx.Response:
        asked = {
            "response_type": "code",
            "client_id": "persona-claims",
            "redirect_uri": CALLBACK,
            "scope": scope,
            "state": "state",
            "nonce": "nonce",
        }
        page = self.browser.get(f"{self.mock}/op/v1/auth", params=asked).headers["location"]
        form = {"username": persona["user_name"], "password": persona["password"]}
        return self.browser.post(f"{self.mock}{page}", data=form)

    def _told(self, code: str, persona: dict[str, Any]) -> dict[str, Any]:
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": CALLBACK}
        answer = self.browser.post(f"{self.mock}/op/v1/token", data=form, auth=("persona-claims", "anything"))
        tokens = answer.raise_for_status().json()
        header = {"Authorization": f"Bearer {tokens['access_token']}"}
        userinfo = self.browser.get(f"{self.mock}/op/v1/userinfo", headers=header).raise_for_status().json()
        id_token = _opened(tokens["id_token"])
        claims = {name: value for name, value in id_token.items() if name not in PROTOCOL}
        assert userinfo == claims, "ID token and userinfo tell different things"
        if PER_SIGN_IN in persona["circumstances"]:
            claims |= {"sub": FRESH, "ov_account_uuid": FRESH}
        return dict(sorted(claims.items()))


def _opened(id_token: str) -> dict[str, Any]:
    payload = id_token.split(".")[1]
    opened: dict[str, Any] = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    return opened


def expected() -> dict[str, Any]:
    """Return the expectation as it is committed."""
    read: dict[str, Any] = json.loads(EXPECTED.read_text("utf-8"))
    return read


def main() -> None:
    """Write the expectation again."""
    with tempfile.TemporaryDirectory() as place, visiting(Path(place)) as visitor:
        learned = {persona["slug"]: visitor.learned(persona) for persona in visitor.personas()}
    EXPECTED.write_text(json.dumps(learned, ensure_ascii=False, indent=2) + "\n", "utf-8")
    print(f"{EXPECTED}: {len(learned)} personas", file=sys.stderr)  # noqa: T201  talks to a person


if __name__ == "__main__":
    main()
