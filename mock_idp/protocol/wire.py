"""A request on the wire as Authlib wants to read it, without a web framework."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from authlib.oauth2.rfc6749 import OAuth2Payload, OAuth2Request

from mock_idp.protocol.code import AuthorizationCode, SignedIn  # noqa: TC001  attributes of the request

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from mock_idp.protocol.client import RegisteredClient
    from mock_idp.protocol.granted import Granted, Token

Pairs = tuple[tuple[str, str], ...]

MEANT_EMPTY: Final = frozenset({"switch"})
"""Parameters that ACM takes without a value; others are then treated as left out (RFC 6749 section 3.1)."""
SECURE: Final = "https://localhost"
"""Authlib refuses plain HTTP. The mock speaks it, for tests, on loopback, and says so on every page and header."""


@dataclass(frozen=True, kw_only=True)
class WireRequest:
    """What came in: parameters in their order (repeated ones too), and the Authorization header.

    `flow`: to which sign-in the request belongs, for the journal.
    """

    method: str = "GET"
    parameters: Pairs = ()
    authorization: str | None = None
    stage_id: str = "default"
    flow: str | None = None


class Parameters(OAuth2Payload):
    """Parameters as Authlib reads them: the first value of each, and all values."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._lists: defaultdict[str, list[str]] = defaultdict(list)
        for name, value in pairs:
            if value or name in MEANT_EMPTY:
                self._lists[name].append(value)

    @cached_property
    def data(self) -> dict[str, str]:
        """The first value of each parameter."""
        return {name: values[0] for name, values in self._lists.items()}

    @property
    def datalist(self) -> defaultdict[str, list[str]]:
        """All values of each parameter."""
        return self._lists


class AcmRequest(OAuth2Request):
    """Authlib's request, and what is learnt while it is handled."""

    client: RegisteredClient | None
    user: SignedIn | None
    authorization_code: AuthorizationCode | None
    refresh_token: Token | None
    granted: Granted | None = None

    def __init__(self, wire: WireRequest) -> None:
        headers = {"Authorization": wire.authorization} if wire.authorization else {}
        super().__init__(method=wire.method, uri=SECURE, headers=headers)
        self.payload = Parameters(wire.parameters)
        self.stage_id = wire.stage_id
        self.flow = wire.flow
        self.learnt = Learnt()

    @property
    def args(self) -> Mapping[str, str]:
        """The parameters."""
        data: Mapping[str, str] = self.payload.data
        return data

    @property
    def form(self) -> Mapping[str, str]:
        """The parameters."""
        return self.args


@dataclass(kw_only=True)
class Learnt:
    """What the journal wants to know about a request, collected on the way."""

    notes: list[str] = field(default_factory=list)
    id_token: Callable[[], dict[str, Any]] | None = None

    def note(self, sentence: str) -> None:
        """Add a plain sentence: what was odd, and how to mend it. Said twice, kept once."""
        if sentence and sentence not in self.notes:
            self.notes.append(sentence)
