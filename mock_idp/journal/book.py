"""The journal: every exchange, numbered, attributed to a stage, secrets masked; the last ones only.

Nobody reads most of it, and masking costs more than the rest of an exchange: so what has ended waits in the memory of
this worker as it is, and is masked before it goes into the store, which is all that anybody reads.
"""

from __future__ import annotations

import secrets
from collections import deque
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from mock_idp.journal.entry import Entry
from mock_idp.journal.exchange import Endpoint, Exchange
from mock_idp.journal.masking import Mask, echoes
from mock_idp.journal.writable import writable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from mock_idp.domain.clock import Clock
    from mock_idp.state.store import Record, Store

KEPT: Final = 10_000
MOST_WAITING: Final = 20_000
"""Characters of an exchange that waits: a longer one is masked at once, and so shortened."""
_KIND: Final = "exchange"
_NUMBERS: Final = "exchange"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Ended:
    """An exchange that ended, as it was said."""

    number: int
    at: datetime
    entry: Entry
    status: int
    response: Mapping[str, Any]
    notes: tuple[str, ...]
    fired: tuple[str, ...]

    @property
    def is_long(self) -> bool:
        """Whether so much was said that it is not to wait."""
        said = (*self.entry.request.values(), *self.response.values())
        return sum(len(each) for each in said if isinstance(each, str)) > MOST_WAITING


class Journal:
    """Writes exchanges down and reads them back. `salt` makes the masks; it is drawn at random and never kept."""

    def __init__(self, store: Store, clock: Clock, *, salt: bytes | None = None, kept: int = KEPT) -> None:
        self._store = store
        self._clock = clock
        self._mask = Mask(salt or secrets.token_bytes(32))
        self._kept = kept
        self._waiting: deque[_Ended] = deque(maxlen=kept)
        self._one_at_a_time = Lock()

    def begin(self, endpoint: str, method: str, stage_id: str) -> Entry:
        """Begin an exchange at one of the `Endpoint`s; it is kept when the entry is finished."""
        return Entry(
            endpoint=Endpoint(endpoint), method=method, stage_id=stage_id, began=self._clock.now(), keep=self._keep
        )

    def exchanges(self, stage: str | None = None, since: int = 0) -> list[Exchange]:
        """Return the exchanges with a number above `since`, of one stage or of all, in ascending order."""
        self._write_down()
        numbers = sorted(number for number in self._numbers(stage) if number > since)
        records = (self._store.get(_KIND, str(number)) for number in numbers)
        return [Exchange.model_validate(each) for each in records if each is not None]

    def newest(self) -> int:
        """Return the number of the newest exchange, 0 when nothing is kept."""
        self._write_down()
        return max(self._numbers(), default=0)

    def clear(self) -> None:
        """Forget what waits; what was written down is in the store."""
        self._waiting.clear()

    def _numbers(self, stage: str | None = None) -> Iterator[int]:
        return map(int, self._store.keys(_KIND if stage is None else _on(stage)))

    def _keep(self, entry: Entry, status: int, response: Mapping[str, Any]) -> None:
        ended = _Ended(
            number=self._store.next_number(_NUMBERS),
            at=self._clock.now(),
            entry=entry,
            status=status,
            response=response,
            notes=tuple(entry.notes),
            fired=tuple(entry.fired_ids),
        )
        self._waiting.append(ended)
        self._forget(str(ended.number - self._kept))
        if ended.is_long:
            self._write_down()

    def _forget(self, number: str) -> None:
        record = self._store.take(_KIND, number)
        if record is not None:
            self._store.delete(_on(record["stage"]), number)

    def _write_down(self) -> None:
        """Put everything that waits into the store, masked."""
        with self._one_at_a_time:
            while self._waiting:
                ended = self._waiting.popleft()
                self._store.put(_KIND, str(ended.number), self._record(ended))
                self._store.put(_on(ended.entry.stage_id), str(ended.number), {})

    def _record(self, ended: _Ended) -> Record:
        entry = ended.entry
        known = echoes({"request": entry.request, "response": dict(ended.response)})
        record = {
            "request": self._mask.masked(entry.request),
            "response": self._mask.masked(ended.response),
            "notes": list(ended.notes),
            "client_id": entry.client_id,
            "account": entry.account,
            "id_token": self._mask.opened(entry.id_token()) if entry.id_token else None,
        }
        return {
            **writable(self._mask.scrubbed(record, known)),
            "number": ended.number,
            "status": ended.status,
            "at": ended.at.isoformat(),
            "duration_ms": max(0.0, round((ended.at - entry.began).total_seconds() * 1000, 1)),
            "flow": entry.flow,
            "issuer": entry.issuer,
            "stage": entry.stage_id,
            "endpoint": str(entry.endpoint),
            "method": entry.method,
            "fired": list(ended.fired),
        }


def _on(stage: str) -> str:
    """The kind of which every key is the number of an exchange on this stage."""
    return f"{_KIND} on {stage}"
