"""A server as the system sees it: started, asked for its first answer, weighed with its children, and stopped."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from benchmarks.flows.wire import Connection, WireError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PROCESSES = Path("/proc")
TICKS_PER_S = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
POLLED_EVERY_S = 0.004
LONGEST_START_S = 30
LONGEST_STOP_S = 10
USER, SYSTEM, CHILDREN_USER, CHILDREN_SYSTEM = 11, 12, 13, 14
"""Fields of /proc/PID/stat behind the name, counted from the state."""
PARENT = 1


@dataclass(frozen=True, kw_only=True)
class Memory:
    """Megabytes of a process and its children: `rss` counts shared pages once for each, `pss` once for all."""

    rss_mb: float | None
    pss_mb: float | None


@dataclass(frozen=True, kw_only=True)
class Server:
    """A running server. `document`: its discovery document; `started_in_s`: until it was answered."""

    process: subprocess.Popen[bytes]
    document: dict[str, Any]
    started_in_s: float

    def cpu_s(self) -> float:
        """Return the processor time so far, of all its processes, in steps of a tick."""
        stats = map(_stat, _family(self.process.pid))
        fields = (USER, SYSTEM, CHILDREN_USER, CHILDREN_SYSTEM)
        return sum(int(stat[each]) for stat in stats if stat for each in fields) / TICKS_PER_S

    def memory(self) -> Memory:
        """Return the memory of all its processes; None where the system does not tell."""
        pids = list(_family(self.process.pid))
        return Memory(rss_mb=_sum(pids, "status", "VmRSS:"), pss_mb=_sum(pids, "smaps_rollup", "Pss:"))

    def stop(self) -> None:
        """End it, and wait for the end."""
        self.process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(LONGEST_STOP_S)
        self.process.kill()
        self.process.wait()


def started(command: Sequence[str], discovery: str, log: Path) -> Server:
    """Start a server and return it as soon as it answers at `discovery`; raise `WireError` when it does not."""
    begin = time.perf_counter()
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output)  # noqa: S603  ours
    while time.perf_counter() < begin + LONGEST_START_S and process.poll() is None:
        if (document := _document(discovery)) is not None:
            return Server(process=process, document=document, started_in_s=time.perf_counter() - begin)
        time.sleep(POLLED_EVERY_S)
    process.kill()
    process.wait()
    raise WireError(f"{command[0]} does not answer at {discovery}; it said:\n{log.read_text(errors='replace')[-1000:]}")


def _document(discovery: str) -> dict[str, Any] | None:
    parts = urlsplit(discovery)
    try:
        with Connection(f"{parts.scheme}://{parts.netloc}") as connection:
            answer = connection.ask(parts.path)
    except OSError:
        return None
    document: dict[str, Any] | None = json.loads(answer.body) if answer.status == 200 else None  # noqa: PLR2004  found
    return document


def _family(pid: int) -> Iterator[int]:
    """Yield a process and everything that it started."""
    yield pid
    for entry in PROCESSES.glob("[0-9]*/stat"):
        stat = _stat(int(entry.parent.name))
        if stat and int(stat[PARENT]) == pid:
            yield from _family(int(entry.parent.name))


def _stat(pid: int) -> list[str]:
    """Return the fields behind the name of the program, which can hold anything; none when it has ended."""
    try:
        return (PROCESSES / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _sum(pids: Sequence[int], file: str, name: str) -> float | None:
    found = [kb for kb in (_kilobytes(pid, file, name) for pid in pids) if kb is not None]
    return round(sum(found) / 1024, 1) if found else None


def _kilobytes(pid: int, file: str, name: str) -> int | None:
    try:
        lines = (PROCESSES / str(pid) / file).read_text().splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) for line in lines if line.startswith(name)), None)
