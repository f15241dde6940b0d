"""`leerid-idp students`, run in this process, in one of its own, and on a terminal."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from datetime import date
from typing import Any, Final

from click.testing import CliRunner

from mock_idp.cli import main

COMMAND: Final = [sys.executable, "-c", "from mock_idp.cli import main; main(prog_name='leerid-idp')"]
TODAY: Final = "2026-11-23"
ANCHOR: Final = date.fromisoformat(TODAY)


def run(*arguments: str, code: int = 0) -> Any:
    done = CliRunner().invoke(main, ["students", *arguments, "--today", TODAY])
    assert done.exit_code == code, done.output
    return done


def found(*arguments: str) -> Any:
    return json.loads(run("search", *arguments, "--json").stdout)["found"]


def shown(key: str, *arguments: str) -> Any:
    return json.loads(run("show", key, *arguments, "--json").stdout)


def on_terminal(*arguments: str, code: int = 0) -> str:
    """Return what the command writes on a terminal."""
    mine, theirs = pty.openpty()
    with subprocess.Popen([*COMMAND, "students", *arguments], stdout=theirs, stderr=theirs, stdin=theirs) as process:
        os.close(theirs)
        written = bytearray()
        while True:
            try:
                part = os.read(mine, 4096)
            except OSError:  # Linux says so when nobody holds the other end any more
                break
            if not part:
                break
            written += part
    os.close(mine)
    assert process.returncode == code
    return written.decode()
