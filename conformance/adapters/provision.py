"""Getting a browser onto a machine that has none: Playwright's own download, else Debian's package, else advice."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from conformance.adapters.chromium import ADVICE, find_chromium
from conformance.errors import InputError, Problem

Command = Sequence[str]
Run = Callable[[Command], str | None]
"""Runs a command to its end: None when it worked, else the last thing it said."""

PLAYWRIGHT: Final[Command] = (sys.executable, "-m", "playwright", "install", "chromium")
APT_INSTALL: Final = ("apt-get", "install", "-y", "--no-install-recommends")
DEBIAN: Final[tuple[Command, ...]] = (
    ("apt-get", "update"),
    (*APT_INSTALL, "chromium", "chromium-headless-shell"),  # the shell: a fifth of the processor time per visitor
    (*APT_INSTALL, "chromium"),  # where the distribution has no shell
)
PATIENCE_S: Final = 900


def find() -> Path:
    """The browser of this machine.

    Raises:
        InputError: when there is none.
    """
    return find_chromium(headed=False)


def provide(*, say: Callable[[str], None], run: Run | None = None, find: Callable[[], Path] = find) -> Path:
    """The browser of this machine; when there is none, one is installed first. `say` tells what takes long.

    Raises:
        InputError: when no way led to a browser, with what each of them said.
    """
    problems: list[Problem] = []
    for command in (None, *_ways()):
        if command:
            say(f"no browser yet: {' '.join(command)}")
            trouble = (run or _run)(command)
            if trouble is not None:
                problems.append(Problem(key=" ".join(command), message=trouble))
                continue
        try:
            return find()
        except InputError:
            continue
    raise InputError(*problems, Problem(message="no Chrome or Chromium could be installed here", hint=ADVICE))


def _ways() -> Iterator[Command]:
    yield PLAYWRIGHT
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        yield from DEBIAN


def _run(command: Command) -> str | None:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(  # noqa: S603  the two fixed commands above
            command, env=environment, capture_output=True, text=True, timeout=PATIENCE_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    if done.returncode == 0:
        return None
    said = (done.stderr or done.stdout).strip().splitlines()
    return said[-1] if said else f"exit code {done.returncode}"
