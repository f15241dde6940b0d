"""One sign-in, from the first page to the last."""

from typing import Final

from pydantic import Field, JsonValue

from conformance.evidence.browser import Cookie, Document, Page, Request
from conformance.evidence.exchange import Exchange
from conformance.evidence.steps import Outcome, Step
from conformance.evidence.values import Value, scalars

KEYS: Final = ("ov_account_uuid", "ov_leerid_uuid", "ov_historiek_account_uuid")
"""The claims by which a pupil is recognised."""


class Visit(Value):
    """One sign-in, from the first page to the page on which the browser came to rest."""

    persona: str
    stage: str
    expected: str
    armed: tuple[str, ...] = ()
    outcome: Outcome
    started: bool = Field(default=True, description="false: it did not come up again when it was started anew")
    reason: str = Field(default="", description="why the outcome was taken for what it is")
    page: Page = Page()
    page_is_declared: bool = Field(default=False, description="the page matches the target's own refusal landmark")
    last_step: Step = Step.NONE
    fired: tuple[str, ...] = ()
    exchanges: tuple[Exchange, ...] = ()
    identity: str | None = None
    name: str | None = None
    cookies_before: tuple[Cookie, ...] = ()
    cookies: tuple[Cookie, ...] = ()
    requests: tuple[Request, ...] = ()
    documents: tuple[Document, ...] = ()
    stored: dict[str, str] = Field(
        default={}, description="local and session storage, IndexedDB and Cache Storage of the application's page"
    )

    def at(self, endpoint: str) -> tuple[Exchange, ...]:
        """The exchanges at one endpoint of the provider, in order."""
        return tuple(exchange for exchange in self.exchanges if exchange.endpoint == endpoint)

    @property
    def claims(self) -> dict[str, JsonValue]:
        """The claims of the last ID token that was sent in this visit; empty without any."""
        tokens = [exchange.id_token for exchange in self.exchanges if exchange.id_token]
        return tokens[-1].claims if tokens else {}

    @property
    def released(self) -> dict[str, JsonValue]:
        """The claims of ID token and userinfo together; the ID token's count where they differ."""
        answers = [exchange.response for exchange in self.at("userinfo")]
        return {**(answers[-1] if answers else {}), **self.claims}

    @property
    def keys(self) -> frozenset[str]:
        """The uuids that were delivered of this person, former accounts too."""
        return frozenset(value for name in KEYS for value in scalars(self.released.get(name)) if value)
