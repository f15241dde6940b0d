"""Which issuer answered an exchange: its address, its keys, and how long its codes and tokens hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mock_idp.journal import Exchange
    from mock_idp.provider import Provider
    from mock_idp.settings import Policy


@dataclass(frozen=True, kw_only=True)
class Answering:
    """The issuer of an exchange, as far as it still is there: a sibling that was closed has no keys any more."""

    identifier: str
    kids: tuple[str, ...]
    policy: Policy


def answering(exchange: Exchange, provider: Provider) -> Answering:
    """Return the issuer that answered."""
    issuer = provider.issuers.get(exchange.issuer)
    if issuer is not None:
        kids = tuple(key.kid for key in issuer.keys.list())
        return Answering(identifier=issuer.identifier, kids=kids, policy=issuer.policy)
    closed = f"{provider.settings.site}/i/{exchange.issuer}/op"
    return Answering(identifier=closed, kids=(), policy=provider.issuers.main.policy)
