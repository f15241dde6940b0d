"""Processes the harness may start: the application and the mock, each in a process group of its own."""

import asyncio
import os
import shutil
import signal
import sys
from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import httpx

from conformance.errors import InputError, Problem

LOOK_EVERY_S: Final = 0.05
GRACE_S: Final = 5.0
TAIL_LINES: Final = 20
LOG_LINES: Final = 5000
SERVER_ERROR: Final = 500


class Process:
    """A command that serves something at `ready_url`; found running already, it is used as it is and left alone."""

    def __init__(
        self,
        command: Sequence[str],
        ready_url: str,
        *,
        environment: Mapping[str, str] | None = None,
        timeout_s: float = 30,
        key: str = "start.command",
    ) -> None:
        """Describe it; `key` is where it stands in the target file, for messages."""
        self._command, self._ready_url, self._key = tuple(command), ready_url, key
        self._environment = {**os.environ, **(environment or {})}
        self._timeout_s = timeout_s
        self._tail: deque[str] = deque(maxlen=TAIL_LINES)
        self._log: deque[str] = deque(maxlen=LOG_LINES)
        self._process: asyncio.subprocess.Process | None = None
        self._reader: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        """Start it unless it answers already.

        Raises:
            InputError: when it cannot be started or does not become ready.
        """
        if not await self.answers():
            await self._start_or_tell()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop what was started here."""
        await self.stop()

    @property
    def can_restart(self) -> bool:
        """Whether it was started here."""
        return self._process is not None

    @property
    def has_log(self) -> bool:
        """Whether it was started here, and so prints into our pipe."""
        return self._process is not None

    @property
    def tail(self) -> str:
        """The last lines it printed."""
        return "\n".join(self._tail)

    async def log(self) -> str:
        """What it has written of late."""
        return "\n".join(self._log)

    async def answers(self) -> bool:
        """Whether something answers at `ready_url` without a server error."""
        async with _asking() as http:
            return await self._answers(http)

    async def _answers(self, http: httpx.AsyncClient) -> bool:
        try:
            return (await http.get(self._ready_url)).status_code < SERVER_ERROR
        except httpx.HTTPError:
            return False

    async def restart(self) -> str | None:
        """Stop and start it. None when it is ready; else why not, with its last lines."""
        await self.stop()
        await self._start()
        return await self._why_not_ready()

    async def stop(self) -> None:
        """Ask its process group to end; insist after a while."""
        process = self._process
        if process is None:
            return
        for number, patience in ((signal.SIGTERM, GRACE_S), (signal.SIGKILL, GRACE_S)):
            with suppress(ProcessLookupError):
                os.killpg(process.pid, number)
            with suppress(TimeoutError):
                await asyncio.wait_for(process.wait(), patience)
                break
        if self._reader:
            await self._reader

    async def _start_or_tell(self) -> None:
        await self._start()
        if why := await self._why_not_ready():
            await self.stop()
            raise InputError(Problem(key=self._key, message=why, hint="try the command by hand"))

    async def _start(self) -> None:
        program = find_program(self._command[0])
        if program is None:
            hint = "install it, or give its full path"
            raise InputError(Problem(key=self._key, message=f"no program {self._command[0]!r} was found", hint=hint))
        self._tail.clear()
        self._process = await asyncio.create_subprocess_exec(
            program,
            *self._command[1:],
            env=self._environment,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            start_new_session=True,
        )
        self._reader = asyncio.create_task(self._read())

    async def _read(self) -> None:
        stream = self._process.stdout if self._process else None
        while stream and (line := await stream.readline()):
            self._log.append(line.decode(errors="replace").rstrip())
            self._tail.append(self._log[-1])

    async def _why_not_ready(self) -> str | None:
        time = asyncio.get_running_loop().time
        deadline = time() + self._timeout_s
        async with _asking() as http:
            while time() < deadline:
                if self._process and self._process.returncode is not None:
                    return f"{self._command[0]} ended with status {self._process.returncode}; it said:\n{self.tail}"
                if await self._answers(http):
                    return None
                await asyncio.sleep(LOOK_EVERY_S)
        where = f"{self._command[0]} does not answer at {self._ready_url} after {self._timeout_s:g} s"
        return f"{where}; it said:\n{self.tail}"


def _asking() -> httpx.AsyncClient:
    return httpx.AsyncClient(timeout=2, verify=False)  # noqa: S501  a test server's own certificate


class NoProcess:
    """An application that somebody else started."""

    can_restart = has_log = False

    async def log(self) -> str:
        """Nothing: nobody can tell."""
        return ""

    async def restart(self) -> str | None:
        """Say that it cannot be done."""
        return "the harness did not start this application"


def find_program(name: str) -> str | None:
    """A program by name or path; beside the Python that runs the harness first, then on PATH."""
    beside = Path(sys.executable).parent
    return shutil.which(name, path=os.pathsep.join([str(beside), os.environ.get("PATH", "")]))
