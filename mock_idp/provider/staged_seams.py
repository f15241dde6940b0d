"""The seams of a stage: what it has armed bends the payload, and the exchange being handled learns what fired."""

from __future__ import annotations

from contextvars import ContextVar
from functools import partial
from typing import TYPE_CHECKING, Any

from mock_idp import faults
from mock_idp.faults import Beside, Seam

if TYPE_CHECKING:
    from collections.abc import Collection

    from mock_idp.journal import Entry
    from mock_idp.protocol.conduct import Conduct
    from mock_idp.protocol.neighbour import FindNeighbour
    from mock_idp.provider.traps import Traps
    from mock_idp.state.stages import Stages

CURRENT: ContextVar[Entry | None] = ContextVar("entry of the exchange being handled", default=None)


class StagedSeams:
    """The `Seams` port over stages, what an issuer has armed, and the catalogue of faults."""

    def __init__(self, stages: Stages, conduct: Conduct, traps: Traps, find_neighbour: FindNeighbour) -> None:
        self._stages = stages
        self._conduct = conduct
        self._traps = traps
        self._find_neighbour = find_neighbour

    def bend(
        self, seam: str, payload: Any, *, stage_id: str, plus: Collection[str] = (), only: Collection[str] | None = None
    ) -> Any:
        """Return the payload as the stage wants it to go out; `plus` holds as well, or `only` that and no other."""
        armed = (*self._stages.get(stage_id).armed, *self._conduct.armed, *plus) if only is None else only
        if not armed and seam != Seam.SIGNATURE:  # there an honest payload is sealed
            return payload
        beside = Beside(
            trap=partial(self._traps.address, stage_id),
            untrusted=partial(self._traps.untrusted, stage_id),
            issuer=lambda: self._conduct.identifier,
            neighbour=self._find_neighbour,
        )
        bent, fired = faults.bend(seam, payload, armed, beside)
        entry = CURRENT.get()
        if entry is not None and fired:
            entry.fired(fired)
        return bent
