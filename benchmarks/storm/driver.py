"""The storm itself: many connections to two served mocks, each answer judged as it comes."""

from __future__ import annotations

import sys
import time
from collections import Counter
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from itertools import count
from random import Random
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any, Final, Self

from benchmarks.flows.peers import beside_python, free_port
from benchmarks.flows.processes import started
from benchmarks.flows.wire import Connection, WireError
from benchmarks.storm.asked import Answered, Asked
from benchmarks.storm.grammar import Material, asked
from benchmarks.storm.pocket import Pocket
from benchmarks.storm.rules import Judge

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.flows.processes import Server

SECRET: Final = "s3cret-of-the-storm"  # noqa: S105  made up for this run, and looked for in what the mock says
REDIRECT_URI: Final = "http://127.0.0.1:9200/callback"
SIGNED_OUT: Final = "http://127.0.0.1:9200/signed-out"
CLIENTS: Final = f"""[[clients]]
client_id = "registered"
client_secret = "{SECRET}"
redirect_uris = ["{REDIRECT_URI}"]
post_logout_redirect_uris = ["{SIGNED_OUT}"]
token_endpoint_auth_method = "client_secret_post"
"""
MOST_BROKEN: Final = 20
TOLD_EVERY: Final = 5_000


@dataclass(frozen=True, kw_only=True)
class Size:
    """How much is sent. `seed`: which requests."""

    requests: int
    seed: int
    connections: int


@dataclass(frozen=True, kw_only=True)
class Broken:
    """A rule that an answer broke. `number`: of the request, to send it again; None for what a log or journal holds."""

    number: int | None
    asked: Asked | None
    complaint: str


@dataclass(kw_only=True)
class Result:
    """What came of a storm. `statuses`: by endpoint and status; memory in megabytes, by mock."""

    size: Size
    statuses: Counter[tuple[str, int]] = field(default_factory=Counter)
    broken: list[Broken] = field(default_factory=list)
    memory_mb: dict[str, dict[str, float | None]] = field(default_factory=dict)
    took_s: float = 0.0


class Mock:
    """A served mock, and how it is judged. Use as a context manager."""

    def __init__(self, name: str, client_id: str, options: list[str], place: Path) -> None:
        self.name = name
        self.client = Material(
            client_id=client_id, client_secret=SECRET, redirect_uri=REDIRECT_URI, signed_out_uri=SIGNED_OUT
        )
        self.judge = Judge(registered=(REDIRECT_URI, SIGNED_OUT) if options else None, secrets=(SECRET.encode(),))
        self._options, self._log = options, place / f"{name}.log"

    def __enter__(self) -> Self:
        port = free_port()
        self.origin = f"http://localhost:{port}"
        serve = [beside_python("leerid-idp"), "serve", "--port", str(port), "--sibling", "evil", *self._options]
        self.server: Server = started(serve, f"{self.origin}/op/.well-known/openid-configuration", self._log)
        return self

    def __exit__(self, *_: object) -> None:
        self.server.stop()

    def complaints(self) -> list[str]:
        """Return what is wrong with what it wrote: secrets in the journal or the log, and what broke unseen."""
        with Connection(self.origin) as connection:
            journal = connection.ask("/control/v1/journal").body
        log = self._log.read_bytes()
        secrets = [*self.judge.secrets, *(code.encode() for code in self.judge.redeemed if len(code) > len(SECRET))]
        found = [f"The {self.name} journal tells a secret."] if any(each in journal for each in secrets) else []
        found += [f"The {self.name} log tells a secret."] if any(each in log for each in secrets) else []
        return found + ([f"The {self.name} log tells of a mistake: {self._log}"] if b"Traceback" in log else [])


class Sender:
    """One connection that is kept, opened again when the server closed it. Use as a context manager."""

    def __init__(self, origin: str) -> None:
        self._origin = origin
        self._connection: Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._hang_up()

    def send(self, request: Asked) -> Answered:
        """Send a request, and once more when the connection was closed meanwhile."""
        try:
            return self._sent(request)
        except (OSError, WireError):
            self._hang_up()
            return self._sent(request)

    def _hang_up(self) -> None:
        if self._connection is not None:
            self._connection.__exit__()
        self._connection = None

    def _sent(self, request: Asked) -> Answered:
        self._connection = self._connection or Connection(self._origin)
        message = request.message(self._origin.partition("//")[2])
        answer = self._connection.say(message, has_body=request.method != "HEAD")
        if answer.headers.get("connection") == "close":
            self._hang_up()
        return Answered(status=answer.status, headers=answer.headers, body=answer.body, cookies=answer.cookies)


def stormed(size: Size, place: Path, *, only: int | None = None) -> Result:
    """Return what came of a storm, or of the one request of that number."""
    clients = place / "clients.toml"
    clients.write_text(CLIENTS, "utf-8")
    result = Result(size=size)
    with ExitStack() as stack:
        strict = stack.enter_context(Mock("strict", "registered", ["--clients", str(clients)], place))
        mocks = (strict, stack.enter_context(Mock("open", "anybody", [], place)))
        before = {mock.name: mock.server.memory().pss_mb for mock in mocks}
        _rage(mocks, result, [only] if only is not None else None)
        for mock in mocks:
            result.broken += [Broken(number=None, asked=None, complaint=each) for each in mock.complaints()]
            result.memory_mb[mock.name] = {"before": before[mock.name], "after": mock.server.memory().pss_mb}
    return result


def _rage(mocks: tuple[Mock, ...], result: Result, only: list[int] | None) -> None:
    numbers, lock, begin = iter(only if only is not None else range(result.size.requests)), Lock(), time.monotonic()
    done = count(1)

    def work() -> None:
        with ExitStack() as stack:
            senders = [stack.enter_context(Sender(mock.origin)) for mock in mocks]
            sent(senders, [Pocket(each.send, mock.client) for each, mock in zip(senders, mocks, strict=True)])

    def sent(senders: list[Sender], pockets: list[Pocket]) -> None:
        while len(result.broken) < MOST_BROKEN:
            with lock:
                number = next(numbers, None)
            if number is None:
                return
            turn = number % len(mocks)
            found = _judged(number, mocks[turn], senders[turn], pockets[turn], result)
            with lock:
                result.broken += found
                _tell(next(done), result)

    threads = [Thread(target=work) for _ in range(result.size.connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    result.took_s = round(time.monotonic() - begin, 1)


def _judged(number: int, mock: Mock, sender: Sender, pocket: Pocket, result: Result) -> list[Broken]:
    """Send the request of a number, count its status, and return the rules that its answer broke."""
    request: Any = None
    try:
        request = asked(Random(f"{result.size.seed}:{number}"), pocket.material())  # noqa: S311  no secret is made
        answered = sender.send(request)
    except (OSError, WireError, LookupError, ValueError) as error:
        return [Broken(number=number, asked=request, complaint=f"There was no answer: {error!r}")]
    pocket.learn(request, answered)
    result.statuses[request.endpoint, answered.status] += 1
    return [Broken(number=number, asked=request, complaint=each) for each in mock.judge.complaints(request, answered)]


def _tell(done: int, result: Result) -> None:
    if done % TOLD_EVERY == 0:
        with suppress(OSError):
            print(f"{done:,} requests, {len(result.broken)} broken rules", file=sys.stderr, flush=True)
