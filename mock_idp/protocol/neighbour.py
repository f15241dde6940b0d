"""The other issuer of a mock, as faults need it that mix two issuers up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeAlias

    from mock_idp.domain.clients import Client
    from mock_idp.protocol.signing_key import SigningKey

    FindNeighbour: TypeAlias = Callable[[], "Neighbour | None"]


@dataclass(frozen=True, kw_only=True)
class Neighbour:
    """An issuer beside the one that speaks: the main one for a sibling, the first sibling for the main one."""

    identifier: str
    authorization_endpoint: str
    signing: SigningKey
    clients: Sequence[Client]
    is_main: bool

    def address_of(self, redirect_uri: str) -> tuple[str, str] | None:
        """Return client_id and redirect URI that the application behind `redirect_uri` has here, None without any."""
        site = urlsplit(redirect_uri)[:2]
        found = ((each.client_id, uri) for each in self.clients for uri in each.redirect_uris)
        return next((pair for pair in found if urlsplit(pair[1])[:2] == site), None)


def alone() -> None:
    """Return nobody: there is no other issuer."""
