"""Every switch of the mock, thrown over the wire, and which of them were thrown."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from small_application import REDIRECT_URI

from mock_idp.domain.claims import built_in_profiles
from mock_idp.domain.clients import Client
from mock_idp.domain.people.personas import read_personas
from mock_idp.domain.switches import Kind, Switch
from mock_idp.faults import Kind as FaultKind
from mock_idp.faults import catalogue
from mock_idp.settings import Policy, Settings
from mock_idp.web.control.operations import OPERATIONS

if TYPE_CHECKING:
    from collections.abc import Collection

    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

THERE: dict[Kind, Collection[str]] = {
    Kind.CIRCUMSTANCE: {each.id for each in catalogue().values() if each.kind == FaultKind.CIRCUMSTANCE},
    Kind.SETTING: Settings.model_fields.keys(),
    Kind.POLICY: Policy.model_fields.keys(),
    Kind.CLIENT: Client.model_fields.keys(),
    Kind.PROFILE: set(built_in_profiles()),
    Kind.PERSONA: {persona.slug for persona in read_personas(anchor=date(2026, 11, 23)).all()},
    Kind.CONTROL: {f"{each.method.upper()} {each.path}" for each in OPERATIONS},
}
"""What can be named as a switch."""
SECRET = "s3cret+with/odd=characters and é"


@dataclass
class Switchboard:
    """Throws switches through the control API. `thrown` holds what was really moved away from its default."""

    browser: FlaskClient
    thrown: set[Switch] = field(default_factory=set)
    _policy: dict[str, Any] = field(default_factory=dict)
    _armed: list[str] = field(default_factory=list)
    _client: dict[str, Any] = field(
        default_factory=lambda: {
            "client_secret": SECRET,
            "redirect_uris": [REDIRECT_URI],
            "post_logout_redirect_uris": ["http://127.0.0.1:9200/signed-out"],
        }
    )

    def policy(self, **members: Any) -> None:
        """Change the policy of the main issuer; what was set before stays."""
        self._note(Kind.POLICY, *(name for name, value in members.items() if value != getattr(Policy(), name)))
        self._policy |= members
        self._behave()

    def client(self, **members: Any) -> None:
        """Change the registration of the client `registered`; what was set before stays, None takes a member away."""
        self._note(Kind.CLIENT, *members)
        self._client |= members
        body = {name: value for name, value in self._client.items() if value is not None}
        self.call("PUT", "/clients/{client_id}", body, client_id="registered")

    def profile(self, name: str) -> None:
        """Let the client `registered` have another claims profile."""
        self._note(Kind.PROFILE, name)
        self.client(claims_profile=name)

    def circumstance(self, *ids: str) -> None:
        """Arm these on the main issuer."""
        self._note(Kind.CIRCUMSTANCE, *ids)
        self._armed += ids
        self._behave()

    def persona(self, slug: str) -> str:
        """Return the persona that shows it."""
        self._note(Kind.PERSONA, slug)
        return slug

    def setting(self, **members: Any) -> Settings:
        """Return settings of the start, to make another provider with."""
        self._note(Kind.SETTING, *members)
        return Settings(**members)

    def call(self, method: str, path: str, body: Any = None, **parts: str) -> TestResponse:
        """Call the control API; `parts` fill the path in."""
        self._note(Kind.CONTROL, f"{method} {path}")
        response = self.browser.open(f"/control/v1{path.format_map(parts)}", method=method, json=body)
        assert response.status_code < 300, response.text
        return response

    def _behave(self) -> None:
        members = {"policy": self._policy, "circumstances": self._armed}
        assert self.browser.put("/control/v1/issuers/op", json=members).status_code == 200

    def _note(self, kind: Kind, *names: str) -> None:
        self.thrown |= {Switch(kind=kind, name=name) for name in names}
