"""How the cost of a sign-in grows with the number of sign-ins before it, at our own mock.

Twice: as the mock comes, when next to nothing expires meanwhile and memory tells what a login leaves behind; and with
lifetimes that end many times over, when memory shows that what has expired leaves, and old journal entries with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from benchmarks.flows.comparing import running
from benchmarks.flows.peers import ours

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from benchmarks.flows.application import Application
    from benchmarks.flows.comparing import Size
    from benchmarks.flows.load import Rival
    from benchmarks.flows.peers import Peer

SHORT_S: Final = 20
USUAL: Final = "as it comes"
SHORT: Final = f"{SHORT_S} s"
SWITCHES: Final = tuple(
    f"{name}={SHORT_S}" for name in ("access_token_ttl_s", "session_ttl_s", "interaction_ttl_s", "code_ttl_s")
)
"""What makes everything of a sign-in expire soon, but the jti of its assertion, which is kept for ten minutes."""
USUAL_PART: Final = 10
"""As it comes, the mock goes through one in so many of the logins: memory grows with each by the same."""
BATCH = 500
"""So many are measured last before each point; their latency and cost stand for it."""
FEWEST_FOR_CPU = 100
"""The system counts processor time in ticks of some ten milliseconds: of fewer sign-ins it tells nothing."""


@dataclass(frozen=True, kw_only=True)
class Point:
    """What a sign-in costs after so many logins, and what the server weighs then."""

    lifetimes: str
    logins: int
    latency_ms: float
    cpu_ms_per_flow: float | None
    rss_mb: float | None
    pss_mb: float | None


def grown(application: Application, place: Path, size: Size, say: Callable[[str], None]) -> list[Point]:
    """Sign people in with the usual lifetimes, then `size.logins` with short ones; measure at 1, 10, 100 and so on."""
    some = max(1, size.logins // USUAL_PART)
    usual = _followed(Course(USUAL, ours(application, place), some, size.connections), application, place, say)
    short = ours(application, place, *SWITCHES)
    return usual + _followed(Course(SHORT, short, size.logins, size.connections), application, place, say)


class Course(NamedTuple):
    """So many logins at a server with these lifetimes."""

    lifetimes: str
    peer: Peer
    logins: int
    connections: int


def _followed(course: Course, application: Application, place: Path, say: Callable[[str], None]) -> list[Point]:
    with running(course.peer, application, place) as rival:
        points, done = [], 0
        for point in checkpoints(course.logins):
            for batch in _batches(point - done - BATCH):
                say(f"{done:,} of {course.logins:,} logins; lifetimes: {course.lifetimes}")
                rival.round(batch, course.connections)
                done += batch
            points.append(_point(rival, course, point, point - done))
            done = point
        return points


def _point(rival: Rival, course: Course, logins: int, measured: int) -> Point:
    """Sign the last ones in before a point, and return what they tell."""
    last, memory = rival.round(measured, course.connections), rival.server.memory()
    return Point(
        lifetimes=course.lifetimes,
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
