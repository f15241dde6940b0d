"""The comparison: everybody in turns in one run, so that the ratios hold where the absolute figures do not."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.flows.load import Rival
from benchmarks.flows.peers import free_port, pupils
from benchmarks.flows.processes import started

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from benchmarks.flows.application import Application
    from benchmarks.flows.load import Round
    from benchmarks.flows.peers import Peer
    from benchmarks.flows.processes import Memory, Server

    Say = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class Size:
    """How much is measured. `logins`: the most that one server goes through for the growth; 0 leaves it out."""

    rounds: int
    flows: int
    starts: int
    connections: int
    logins: int


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What came out for one provider: medians of rounds and of starts; memory at rest and after all rounds."""

    name: str
    authentication: str
    leaves_out: str
    flows_per_second: float
    cpu_ms_per_flow: float
    latency_ms: float
    latency_ms_of_99: float
    driver_cpu_ms_per_flow: float
    start_to_first_answer_s: float
    rss_mb: float | None
    pss_mb: float | None
    rss_after_load_mb: float | None
    pss_after_load_mb: float | None
    rounds: list[float]


@dataclass(frozen=True, kw_only=True)
class Started:
    """A rival, how long each of its starts took, and its memory before any load."""

    rival: Rival
    starts_s: tuple[float, ...]
    at_rest: Memory


def start(peer: Peer, place: Path) -> Server:
    """Start the server of a peer; what it prints goes into a file in `place`."""
    port = free_port()
    return started(peer.command(port), peer.discovery(port), place / f"{peer.name}.log")


@contextmanager
def running(peer: Peer, application: Application, place: Path) -> Iterator[Rival]:
    """Run one provider, and sign one person in with every check, before it is measured."""
    server = start(peer, place)
    try:
        rival = Rival(peer, server, application, pupils())
        rival.check()
        yield rival
    finally:
        server.stop()


def compared(rivals: Sequence[Peer], application: Application, place: Path, size: Size, say: Say) -> list[Measured]:
    """Measure everybody in turns."""
    cold = _starts(rivals, place, size.starts, say)
    with _all_running(rivals, application, place) as everybody:
        at_rest = [each.server.memory() for each in everybody]
        for rival in everybody:
            say(f"warming {rival.peer.name} up")
            rival.check()
            rival.round(size.flows, size.connections)
        rounds = _rounds(everybody, size, say)
        return [
            _measured(Started(rival=rival, starts_s=cold[rival.peer.name], at_rest=memory), rounds[rival.peer.name])
            for rival, memory in zip(everybody, at_rest, strict=True)
        ]


def _starts(rivals: Sequence[Peer], place: Path, number: int, say: Say) -> dict[str, tuple[float, ...]]:
    """Return how long each start takes until the first answer, in turns."""
    times: dict[str, tuple[float, ...]] = {each.name: () for each in rivals}
    for turn in range(number):
        for peer in rivals:
            say(f"start {turn + 1} of {number}: {peer.name}")
            server = start(peer, place)
            server.stop()
            times[peer.name] += (server.started_in_s,)
    return times


def _rounds(everybody: Sequence[Rival], size: Size, say: Say) -> dict[str, list[Round]]:
    rounds: dict[str, list[Round]] = {each.peer.name: [] for each in everybody}
    for turn in range(size.rounds):
        for rival in everybody:
            say(f"round {turn + 1} of {size.rounds}: {size.flows} sign-ins at {rival.peer.name}")
            rounds[rival.peer.name].append(rival.round(size.flows, size.connections))
    return rounds


@contextmanager
def _all_running(rivals: Sequence[Peer], application: Application, place: Path) -> Iterator[list[Rival]]:
    servers: list[Server] = []
    try:
        for peer in rivals:
            servers.append(start(peer, place))  # noqa: PERF401  each that runs is stopped when the next does not start
        yield [Rival(peer, server, application, pupils()) for peer, server in zip(rivals, servers, strict=True)]
    finally:
        for server in servers:
            server.stop()


def _measured(begun: Started, rounds: Sequence[Round]) -> Measured:
    peer, after = begun.rival.peer, begun.rival.server.memory()
    return Measured(
        name=peer.name,
        authentication=peer.authentication,
        leaves_out=peer.leaves_out,
        flows_per_second=round(median(each.flows_per_second for each in rounds), 1),
        cpu_ms_per_flow=round(median(each.cpu_ms for each in rounds), 2),
        latency_ms=round(median(each.latency_ms for each in rounds), 2),
        latency_ms_of_99=round(median(each.latency_ms_of_99 for each in rounds), 2),
        driver_cpu_ms_per_flow=round(median(each.driver_cpu_ms for each in rounds), 2),
        start_to_first_answer_s=round(median(begun.starts_s), 3),
        rss_mb=begun.at_rest.rss_mb,
        pss_mb=begun.at_rest.pss_mb,
        rss_after_load_mb=after.rss_mb,
        pss_after_load_mb=after.pss_mb,
        rounds=[round(each.flows_per_second, 1) for each in rounds],
    )
