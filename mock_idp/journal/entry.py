"""An exchange while it happens: what the endpoint learns is collected here, and kept when it answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from mock_idp.journal.exchange import Endpoint


@dataclass(kw_only=True, slots=True)
class Entry:
    """A mutable builder of one exchange. `keep` writes it down; `flow` is the sign-in that it belongs to.

    `id_token`: opens the ID token that was issued, when somebody reads of it.
    """

    endpoint: Endpoint
    method: str
    stage_id: str
    began: datetime
    keep: Callable[[Entry, int, Mapping[str, Any]], None]
    flow: str | None = None
    issuer: str = "op"
    request: dict[str, Any] = field(default_factory=dict)
    client_id: str | None = None
    account: str | None = None
    id_token: Callable[[], dict[str, Any]] | None = None
    notes: list[str] = field(default_factory=list)
    fired_ids: list[str] = field(default_factory=list)

    def note(self, sentence: str) -> None:
        """Add a plain sentence: what was odd in the request and how to mend it. Said twice, kept once."""
        if sentence not in self.notes:
            self.notes.append(sentence)

    def fired(self, ids: Iterable[str]) -> None:
        """Add the ids of faults that changed something in this exchange."""
        self.fired_ids.extend(each for each in ids if each not in self.fired_ids)

    def finish(self, status: int, response: Mapping[str, Any]) -> None:
        """Write the exchange down, with the HTTP status and the parameters or members of the answer."""
        self.keep(self, status, response)
