"""The honest sign-in afterwards, shared: one that begins after several scenarios have ended vouches for all of them."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

Settle = Callable[[str | None], None]


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A scenario that ended and waits for an honest sign-in; `settle` takes None, or why that did not work."""

    ended_at: float
    settle: Settle


class Aftermath:
    """Keeps those who wait, and settles them together. Times are seconds of one clock."""

    def __init__(self, still_works: Callable[[], Awaitable[str | None]], elapsed: Callable[[], float]) -> None:
        """Sign in honestly by calling `still_works`."""
        self._still_works, self._elapsed = still_works, elapsed
        self._waiting: list[Waiting] = []

    def __len__(self) -> int:
        """How many wait."""
        return len(self._waiting)

    def wait(self, settle: Settle) -> None:
        """Let a scenario wait that has just ended."""
        self._waiting.append(Waiting(ended_at=self._elapsed(), settle=settle))

    def vouch(self, began_at: float) -> None:
        """An honest sign-in that began at this time has worked: settle all that had ended by then."""
        self._settle([each for each in self._waiting if each.ended_at <= began_at], None)

    async def settle(self) -> None:
        """Sign in honestly once, and settle all that wait now."""
        waiting = list(self._waiting)
        if not waiting:
            return
        self._waiting = []
        reason = await self._still_works()
        if reason and len(waiting) > 1:
            reason = f"{reason}; one of the {len(waiting)} scenarios before it, or all of them, brought this about"
        self._settle(waiting, reason)

    def _settle(self, settled: list[Waiting], reason: str | None) -> None:
        self._waiting = [each for each in self._waiting if each not in settled]
        for each in settled:
            each.settle(reason)
