"""What is known of one sign-in. Each step adds to it; nothing in it is ever changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from relying_party.accounts.sessions import Vouched
from relying_party.signin.tokens import RS256, IdToken, Verifier

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from joserfc.jwk import RSAKey

    from relying_party.accounts.sessions import Begun


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """The answers of the provider beside what this application asked and expects.

    What has not arrived yet is empty, so a guard that asks too early says no.
    """

    issuer: str
    client_id: str
    now: float
    """Seconds since 1970, UTC."""
    max_age_s: int | None = None
    """How old an authentication may be, when we asked for that."""
    means: Sequence[str] = ()
    """The means of authentication that we asked for; none when any will do."""
    metadata: Mapping[str, Any] = field(default_factory=dict)
    begun: Begun | None = None
    came_to: str = ""
    """The redirect URI at which the authorization response arrived."""
    parameters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    token_response: Mapping[str, Any] = field(default_factory=dict)
    verifier: Verifier = RS256
    keys: Sequence[RSAKey] = ()
    id_token: IdToken = field(default_factory=IdToken)
    userinfo: Mapping[str, Any] = field(default_factory=dict)
    first: Mapping[str, Any] = field(default_factory=dict)
    """The claims of the first ID token of the sign-in, when it is refreshed."""

    def parameter(self, name: str) -> str:
        """Return one parameter of the authorization response, "" when it is absent."""
        return next(iter(self.parameters.get(name, ())), "")

    @property
    def claims(self) -> Mapping[str, Any]:
        """The claims of the ID token."""
        return self.id_token.claims


def vouched(evidence: Evidence) -> Vouched:
    """Return who vouches for the person of a judged token."""
    told = {name: evidence.claims.get(name) for name in ("sub", "sid")}
    subject, session = (value if isinstance(value, str) else "" for value in told.values())
    return Vouched(issuer=evidence.issuer, subject=subject, provider_session=session)
