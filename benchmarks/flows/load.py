"""The load: so many sign-ins over a few connections, each as soon as the one before has ended."""

from __future__ import annotations

import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from statistics import median, quantiles
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from benchmarks.flows.application import Endpoints
from benchmarks.flows.flow import Flow
from benchmarks.flows.wire import Connection

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.flows.application import Application, Prepared
    from benchmarks.flows.peers import Credentials, Peer
    from benchmarks.flows.processes import Server


@dataclass(frozen=True, kw_only=True)
class Round:
    """What a round of sign-ins took. `cpu_ms`: processor time of the server for one; the driver's beside it."""

    flows_per_second: float
    cpu_ms: float
    latency_ms: float
    latency_ms_of_99: float
    driver_cpu_ms: float


class Rival:
    """A provider that is running, and whoever signs in there next."""

    def __init__(self, peer: Peer, server: Server, application: Application, people: Iterator[Credentials]) -> None:
        self.peer = peer
        self.server = server
        self._application = application
        self._people = people
        self._endpoints = Endpoints.told(server.document)
        parts = urlsplit(self._endpoints.token)
        self._origin = f"{parts.scheme}://{parts.netloc}"

    def check(self) -> None:
        """Sign one person in and check everything that comes back."""
        with self._flow() as flow:
            flow.checked(self._prepared(1)[0])

    def round(self, flows: int, connections: int) -> Round:
        """Sign so many people in; what they send is made before the clock runs."""
        waiting = deque(self._prepared(flows))
        cpu, driver, begin = self.server.cpu_s(), time.process_time(), time.perf_counter()
        with ThreadPoolExecutor(connections) as pool:
            parts = [pool.submit(self._drain, waiting) for _ in range(connections)]
            times = [each for part in parts for each in part.result()]
        took, driver = time.perf_counter() - begin, time.process_time() - driver
        return Round(
            flows_per_second=flows / took,
            cpu_ms=(self.server.cpu_s() - cpu) / flows * 1e3,
            latency_ms=median(times) * 1e3,
            latency_ms_of_99=(quantiles(times, n=100)[-1] if len(times) > 1 else times[0]) * 1e3,
            driver_cpu_ms=driver / flows * 1e3,
        )

    def _prepared(self, flows: int) -> Sequence[Prepared]:
        people = islice(self._people, flows)
        return [self._application.prepared(self.peer, self._endpoints, person) for person in people]

    def _drain(self, waiting: deque[Prepared]) -> list[float]:
        """Sign people in until nobody is waiting; return how long each took, in seconds."""
        times = []
        with self._flow() as flow:
            while waiting:
                try:
                    prepared = waiting.popleft()
                except IndexError:  # another connection took the last one
                    break
                begin = time.perf_counter()
                flow.sign_in(prepared)
                times.append(time.perf_counter() - begin)
        return times

    @contextmanager
    def _flow(self) -> Iterator[Flow]:
        with Connection(self._origin) as connection:
            yield Flow(connection, self._endpoints, self._application)
