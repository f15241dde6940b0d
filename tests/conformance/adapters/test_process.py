"""Starting, finding, restarting and stopping a real command."""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable

import httpx
import pytest
from laboratory import free_port

from conformance.adapters.process import NoProcess, Process, find_program
from conformance.errors import InputError

SERVER = """
import http.server, sys
print("serving", flush=True)
http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), http.server.SimpleHTTPRequestHandler).serve_forever()
"""


def server(port: int, *, timeout_s: float = 20) -> Process:
    return Process([sys.executable, "-c", SERVER, str(port)], f"http://127.0.0.1:{port}/", timeout_s=timeout_s)


def during(process: Process, look: Callable[[], Awaitable[None]]) -> None:
    async def use() -> None:
        async with process:
            await look()

    asyncio.run(use())


async def never() -> None:
    pytest.fail("the command was taken for ready")


def test_a_command_is_ready_inside_and_gone_afterwards() -> None:
    process = server(free_port())

    async def look() -> None:
        assert await process.answers()
        assert process.can_restart

    during(process, look)
    assert not asyncio.run(process.answers())


def test_what_a_command_prints_is_its_log() -> None:
    process = server(free_port())

    async def look() -> None:
        async with asyncio.timeout(10):
            while "serving" not in await process.log():  # noqa: ASYNC110  a pipe signals nobody
                await asyncio.sleep(0.02)

    during(process, look)
    assert asyncio.run(NoProcess().log()) == ""


def test_what_runs_already_is_used_and_left_alone() -> None:
    port = free_port()
    first, second = server(port), server(port)

    async def look() -> None:
        async with second:
            assert not second.can_restart
            assert not second.has_log
        assert await first.answers()

    during(first, look)


def test_a_restart_is_another_process() -> None:
    process = server(free_port())

    async def look() -> None:
        before = process._process
        assert await process.restart() is None
        assert process._process is not before

    during(process, look)


def test_the_whole_process_group_is_stopped() -> None:
    port = free_port()
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {SERVER!r}, '{port}'])"
    process = Process([sys.executable, "-c", parent], f"http://127.0.0.1:{port}/")

    async def look() -> None:
        assert await process.answers()

    during(process, look)
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"http://127.0.0.1:{port}/")


def test_a_program_that_is_not_there_is_told() -> None:
    with pytest.raises(InputError, match=r"start\.command: no program 'no-such-program'"):
        during(Process(["no-such-program"], "http://127.0.0.1:1/"), never)


def test_a_command_that_ends_is_told_with_its_last_words() -> None:
    process = Process([sys.executable, "-c", "import sys; print('no database'); sys.exit(7)"], "http://127.0.0.1:1/")
    with pytest.raises(InputError, match=r"ended with status 7; it said:\nno database"):
        during(process, never)


def test_a_command_that_never_answers_is_told_and_stopped() -> None:
    script = "import time; print('thinking', flush=True); time.sleep(60)"
    process = Process([sys.executable, "-c", script], "http://127.0.0.1:1/", timeout_s=1)
    with pytest.raises(InputError, match=r"does not answer at http://127\.0\.0\.1:1/ after 1 s"):
        during(process, never)
    assert process._process is not None
    assert process._process.returncode is not None


def test_the_environment_is_given_on_top_of_ours() -> None:
    script = "import os, sys; print(os.environ['LEERID_TEST'], 'PATH' in os.environ); sys.exit(1)"
    process = Process([sys.executable, "-c", script], "http://127.0.0.1:1/", environment={"LEERID_TEST": "given"})
    with pytest.raises(InputError, match="given True"):
        during(process, never)


def test_somebody_elses_application_cannot_be_restarted() -> None:
    assert not NoProcess.can_restart
    assert asyncio.run(NoProcess().restart())


def test_our_own_commands_are_found_without_an_activated_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", os.devnull)
    assert find_program("leerid-check")
