"""Where a fault may bend what the provider says: the grants call this port, the provider floor supplies it."""

from __future__ import annotations

from typing import Any, Protocol


class Seams(Protocol):
    """Passes a payload through the faults that a stage has armed."""

    def bend(self, seam: str, payload: Any, *, stage_id: str) -> Any:
        """Return `payload`, changed by the armed faults of `seam`; unchanged when nothing is armed."""
        ...


class HonestSeams:
    """The null object: nothing is ever armed."""

    def bend(self, seam: str, payload: Any, *, stage_id: str) -> Any:
        """Return the payload as it is."""
        del seam, stage_id
        return payload
