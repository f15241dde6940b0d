"""Where an export goes: to its file as a whole or not at all, or into a pipe."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, NoReturn

import click

from mock_idp.cli.trouble import give_up
from mock_idp.domain.randomness import fresh_id

if TYPE_CHECKING:
    from collections.abc import Iterator

PIPE: Final = Path("-")
FAILED: Final = 1


def checked(out: Path, *, force: bool) -> Path:
    """Return the file to write, symbolic links followed; leave with exit code 2 when it cannot be one."""
    if out == PIPE:
        return out
    try:
        problem = _problem(out, force=force)
    except OSError as error:
        problem = f"{out}: {error.strerror}."
    if problem:
        give_up([f"--out: {problem}"])
    return out.resolve()


def _problem(out: Path, *, force: bool) -> str:
    if out.is_dir():
        return f"{out} is a directory. Name a file in it."
    if not out.parent.is_dir():
        return f"there is no directory {out.parent}. Make it first."
    return f"{out} is there already. Write --force to replace it." if out.is_file() and not force else ""


@contextmanager
def written(out: Path) -> Iterator[IO[bytes]]:
    """Give what to write to. The file has its name only when all is written; anything else leaves nothing behind."""
    try:
        if out == PIPE:
            yield from _piped()
        elif out.exists() and not out.is_file():  # a device or a named pipe: it is written to, never replaced
            with out.open("wb") as device:
                yield device
        else:
            yield from _renamed(out)
    except BrokenPipeError:
        raise  # click knows that nobody reads any more
    except OSError as error:
        _fail(out, error)


def _piped() -> Iterator[IO[bytes]]:
    stdout = sys.stdout.buffer
    yield stdout
    stdout.flush()


def _renamed(out: Path) -> Iterator[IO[bytes]]:
    part = out.with_name(f".leerid-{fresh_id()}.part")
    try:
        with _terminating(), part.open("xb") as file:
            yield file
        part.replace(out)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


@contextmanager
def _terminating() -> Iterator[None]:
    """Let a request to end (SIGTERM) come as an exception, so that what was begun is cleared away."""
    before = signal.signal(signal.SIGTERM, _leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _leave(number: int, frame: Any) -> NoReturn:
    del frame
    raise SystemExit(128 + number)


def _fail(out: Path, error: OSError) -> NoReturn:
    if out == PIPE:  # what is still held for it cannot be written either, and Python would try once more at its end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    name = "Standard output" if out == PIPE else str(out)
    click.echo(f"leerid-idp: {name} cannot be written: {error.strerror or error}.", err=True)
    raise SystemExit(FAILED)
