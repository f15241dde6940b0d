"""The journal: every exchange, numbered, attributed to a stage, secrets masked; the last ones only."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any, Final

from mock_idp.journal.entry import Entry
from mock_idp.journal.exchange import Endpoint, Exchange
from mock_idp.journal.masking import Mask, echoes
from mock_idp.journal.writable import writable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mock_idp.domain.clock import Clock
    from mock_idp.state.store import Record, Store

KEPT: Final = 10_000
_KIND: Final = "exchange"
_NUMBERS: Final = "exchange"


class Journal:
    """Writes exchanges down and reads them back. `salt` makes the masks; it is drawn at random and never kept."""

    def __init__(self, store: Store, clock: Clock, *, salt: bytes | None = None, kept: int = KEPT) -> None:
        self._store = store
        self._clock = clock
        self._mask = Mask(salt or secrets.token_bytes(32))
        self._kept = kept

    def begin(self, endpoint: str, method: str, stage_id: str) -> Entry:
        """Begin an exchange at one of the `Endpoint`s; it is kept when the entry is finished."""
        return Entry(
            endpoint=Endpoint(endpoint), method=method, stage_id=stage_id, began=self._clock.now(), keep=self._keep
        )

    def exchanges(self, stage: str | None = None, since: int = 0) -> list[Exchange]:
        """Return the exchanges with a number above `since`, of one stage or of all, in ascending order."""
        records = (record for _, record in self._store.items(_KIND))
        wanted = [each for each in records if each["number"] > since and stage in {None, each["stage"]}]
        return [Exchange.model_validate(each) for each in sorted(wanted, key=_number)]

    def newest(self) -> int:
        """Return the number of the newest exchange, 0 when nothing is kept."""
        return max((record["number"] for _, record in self._store.items(_KIND)), default=0)

    def _keep(self, entry: Entry, status: int, response: Mapping[str, Any]) -> None:
        number = self._store.next_number(_NUMBERS)
        record = self._record(entry, response)
        self._store.put(_KIND, str(number), {**record, "number": number, "status": status})
        self._store.delete(_KIND, str(number - self._kept))

    def _record(self, entry: Entry, response: Mapping[str, Any]) -> Record:
        known = echoes({"request": entry.request, "response": dict(response)})
        record = {
            "request": self._mask.masked(entry.request),
            "response": self._mask.masked(response),
            "notes": list(entry.notes),
            "client_id": entry.client_id,
            "account": entry.account,
            "id_token": self._mask.opened(entry.id_token) if entry.id_token else None,
        }
        now = self._clock.now()
        return {
            **writable(self._mask.scrubbed(record, known)),
            "at": now.isoformat(),
            "duration_ms": max(0.0, round((now - entry.began).total_seconds() * 1000, 1)),
            "flow": entry.flow,
            "issuer": entry.issuer,
            "stage": entry.stage_id,
            "endpoint": str(entry.endpoint),
            "method": entry.method,
            "fired": list(entry.fired_ids),
        }


def _number(record: Record) -> int:
    number: int = record["number"]
    return number
