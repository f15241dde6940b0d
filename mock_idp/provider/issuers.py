"""The issuers of a mock: the main one, and siblings at `/i/NAME/op` that are opened and closed while it runs."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING

from mock_idp.protocol.conduct import MAIN, Conduct
from mock_idp.provider.issuer import Ground, Issuer
from mock_idp.state.scoped import ScopedStore

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mock_idp.domain.clients import Client
    from mock_idp.protocol.neighbour import Neighbour
    from mock_idp.settings import Policy, Settings
    from mock_idp.state.store import Store


class Issuers:
    """Issuers by name."""

    def __init__(self, settings: Settings, store: Store, clients: tuple[Client, ...], ground: Ground) -> None:
        self._settings = settings
        self._store = store
        self._ground = replace(ground, neighbour_of=lambda name: partial(self.neighbour, name))
        self._siblings: dict[str, Issuer] = {}
        self._lock = Lock()
        self.main = Issuer(self._conduct(MAIN, settings.issuer), store, clients, self._ground)
        self._siblings = {name: self._made(name) for name in settings.siblings}

    def get(self, name: str | None) -> Issuer | None:
        """Return the issuer of that name, the main one for None."""
        return self.main if name in {None, MAIN} else self._siblings.get(name or "")

    def all(self) -> list[Issuer]:
        """Return every issuer, the main one first."""
        return [self.main, *self._siblings.values()]

    def neighbour(self, name: str) -> Neighbour | None:
        """Return the other issuer for the one of that name: the main one for a sibling, the first sibling for that."""
        other = self.main if name != MAIN else next(iter(self._siblings.values()), None)
        return other.as_neighbour() if other else None

    def open(self, name: str, *, policy: Policy | None = None, armed: Iterable[str] = ()) -> Issuer:
        """Open a sibling with keys of its own, or change the policy and what is armed of one that is there."""
        with self._lock:
            issuer = self.get(name) or self._made(name, policy)
            issuer.conduct.policy = policy or self._settings.policy
            issuer.conduct.armed = tuple(armed)
            if not issuer.is_main:
                self._siblings[name] = issuer
        return issuer

    def close(self, name: str) -> bool:
        """Close a sibling; return whether there was one. The main issuer stays."""
        with self._lock:
            return self._siblings.pop(name, None) is not None

    def reset(self) -> None:
        """Go back to the issuers of the start, with the keys, clients and policy of the start."""
        with self._lock:
            self.main.conduct.policy, self.main.conduct.armed = self._settings.policy, ()
            self.main.clients.reset()
            self.main.keys.reset()
            self._siblings = {name: self._made(name) for name in self._settings.siblings}

    def _made(self, name: str, policy: Policy | None = None) -> Issuer:
        conduct = self._conduct(name, f"{self._settings.site}/i/{name}/op")
        conduct.policy = policy or conduct.policy
        scope = f"{name} {self._store.next_number('issuer')}"
        return Issuer(conduct, ScopedStore(self._store, scope), (), self._ground)

    def _conduct(self, name: str, identifier: str) -> Conduct:
        return Conduct(
            name=name,
            identifier=identifier,
            policy=self._settings.policy,
            is_open=self._settings.is_open,
            default_profile=self._settings.default_profile,
        )
