"""How the cost of a sign-in grows with the number of sign-ins before it, at our own mock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.flows.comparing import running

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from benchmarks.flows.application import Application
    from benchmarks.flows.comparing import Size
    from benchmarks.flows.load import Rival
    from benchmarks.flows.peers import Peer

BATCH = 500
"""So many are measured last before each point; their latency and cost stand for it."""
FEWEST_FOR_CPU = 100
"""The system counts processor time in ticks of some ten milliseconds: of fewer sign-ins it tells nothing."""


@dataclass(frozen=True, kw_only=True)
class Point:
    """What a sign-in costs after so many logins, and what the server weighs then."""

    logins: int
    latency_ms: float
    cpu_ms_per_flow: float | None
    rss_mb: float | None
    pss_mb: float | None


def grown(peer: Peer, application: Application, place: Path, size: Size, say: Callable[[str], None]) -> list[Point]:
    """Sign `size.logins` people in at one server, and measure at 1, 10, 100 and so on."""
    with running(peer, application, place) as rival:
        points, done = [], 0
        for point in checkpoints(size.logins):
            for batch in _batches(point - done - BATCH):
                say(f"{done:,} of {size.logins:,} logins")
                rival.round(batch, size.connections)
                done += batch
            points.append(_point(rival, point, point - done, size.connections))
            done = point
        return points


def _point(rival: Rival, logins: int, measured: int, connections: int) -> Point:
    """Sign the last ones in before a point, and return what they tell."""
    last, memory = rival.round(measured, connections), rival.server.memory()
    return Point(
        logins=logins,
        latency_ms=round(last.latency_ms, 2),
        cpu_ms_per_flow=round(last.cpu_ms, 2) if measured >= FEWEST_FOR_CPU else None,
        rss_mb=memory.rss_mb,
        pss_mb=memory.pss_mb,
    )


def _batches(number: int) -> Iterator[int]:
    """Yield batches that make up so many sign-ins; none for a number below one."""
    return (min(BATCH, number - begin) for begin in range(0, number, BATCH))


def checkpoints(logins: int) -> Iterator[int]:
    """Yield 1, 10, 100 and so on, and `logins` last."""
    point = 1
    while point < logins:
        yield point
        point *= 10
    yield logins
