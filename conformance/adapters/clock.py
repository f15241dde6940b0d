"""The real clock."""

import asyncio
import time
from datetime import UTC, datetime


class SystemClock:
    """Time as it passes."""

    def now(self) -> datetime:
        """The moment, in UTC."""
        return datetime.now(UTC)

    def elapsed(self) -> float:
        """Seconds on a clock that never goes back."""
        return time.monotonic()

    async def pause(self, seconds: float) -> None:
        """Let time pass, between two looks."""
        await asyncio.sleep(seconds)
