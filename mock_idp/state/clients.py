"""The registered clients: those of the clients file, and those that the control API adds while the mock runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mock_idp.domain.clients import Client

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mock_idp.state.store import Record, Store

_KIND: Final = "client"


class Clients:
    """Clients by id. `initial` are there at start and again after a reset. A record is read once, then remembered."""

    def __init__(self, store: Store, initial: Iterable[Client] = ()) -> None:
        self._store = store
        self._initial = tuple(initial)
        self._read: dict[str, tuple[Record, Client]] = {}
        self.reset()

    def list(self) -> list[Client]:
        """Return every registered client, oldest first."""
        return [Client.from_record(record) for _, record in self._store.items(_KIND)]

    def get(self, client_id: str) -> Client | None:
        """Return the client, or None when it is not registered."""
        record = self._store.get(_KIND, client_id)
        if record is None:
            return None
        before = self._read.get(client_id)
        if before is None or before[0] != record:  # another worker may have changed it
            before = self._read[client_id] = (record, Client.from_record(record))
        return before[1]

    def put(self, client: Client) -> Client:
        """Register a client, replacing the one of that id."""
        self._store.put(_KIND, client.client_id, client.model_dump(mode="json"))
        return client

    def delete(self, client_id: str) -> bool:
        """Forget a client; return whether there was one."""
        self._read.pop(client_id, None)
        return self._store.take(_KIND, client_id) is not None

    def reset(self) -> None:
        """Forget every client but the initial ones."""
        for client_id, _ in list(self._store.items(_KIND)):
            self._store.delete(_KIND, client_id)
        for client in self._initial:
            self.put(client)
