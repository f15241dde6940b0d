"""Run a command while a PostgreSQL of its own answers on loopback; LEERID_TEST_DATABASE tells the command its URL.

python3 scripts/postgres.py --install           install PostgreSQL from Debian's packages, when it is missing (as root)
python3 scripts/postgres.py pytest tests/...    start one in a temporary directory, run the command, stop it again
"""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

VARIABLE = "LEERID_TEST_DATABASE"
PACKAGE = "postgresql"
USER = "postgres"
"""Debian's package makes this user; PostgreSQL refuses to be run by root."""
# It is gone after the tests, so nothing has to reach the disk.
OPTIONS = {"listen_addresses": "127.0.0.1", "fsync": "off", "max_connections": "200"}


def _programs() -> Path | None:
    """Return where the newest PostgreSQL on this machine has its programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), key=lambda path: float(path.parts[-3]))
    return found[-1].parent if found else None


def install() -> None:
    """Install the package; says what to do where that cannot be done."""
    if _programs():
        return
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        sys.exit(f"PostgreSQL is missing. As root on Debian or Ubuntu: apt-get install {PACKAGE}")
    # The service of the package itself is not wanted: a policy that says no keeps it from starting.
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    for command in (["apt-get", "update"], ["apt-get", "install", "-y", "--no-install-recommends", PACKAGE]):
        result = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if result.returncode:
            sys.exit(f"`{' '.join(command)}` failed:\n{result.stderr.strip()}")


@contextmanager
def served() -> Iterator[str]:
    """Serve a fresh PostgreSQL on a free port of loopback; its URL has a password that nobody else knows."""
    programs = _programs()
    if programs is None:
        sys.exit("PostgreSQL is missing: run this script with --install first, as root on Debian or Ubuntu.")
    with tempfile.TemporaryDirectory(prefix="leerid-testbed-postgres-") as folder:
        root, password, port = Path(folder), secrets.token_hex(16), _free_port()
        (root / "password").write_text(password, encoding="ascii")
        if os.geteuid() == 0:
            for path in (root, root / "password"):
                shutil.chown(path, USER)
        data, options = str(root / "data"), {**OPTIONS, "port": str(port), "unix_socket_directories": folder}
        told = ["--encoding=UTF8", "--locale=C", "--auth=scram-sha-256", f"--username={USER}", "--no-sync"]
        _run(str(programs / "initdb"), *told, f"--pwfile={root / 'password'}", f"--pgdata={data}", cwd=root)
        start = " ".join(f"-c {name}={value}" for name, value in options.items())
        control = [str(programs / "pg_ctl"), f"--pgdata={data}", "--wait"]
        _run(*control, f"--log={root / 'log'}", f"--options={start}", "start", cwd=root)
        try:
            yield f"postgresql+psycopg://{USER}:{password}@127.0.0.1:{port}/postgres"
        finally:
            _run(*control, "--mode=immediate", "stop", cwd=root)


def _run(*command: str, cwd: Path) -> None:
    """Run a program of PostgreSQL's, by its own user where this one is root."""
    as_user = ["runuser", "-u", USER, "--"] if os.geteuid() == 0 else []
    # The server inherits what it writes to: a pipe would never end.
    with tempfile.TemporaryFile() as output:
        done = subprocess.run([*as_user, *command], cwd=cwd, stdout=output, stderr=output, check=False)
        if done.returncode:
            output.seek(0)
            sys.exit(f"`{' '.join(command)}` failed:\n{output.read().decode(errors='replace').strip()}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


if __name__ == "__main__":
    if sys.argv[1:] == ["--install"]:
        install()
    elif len(sys.argv) == 1:
        sys.exit(__doc__)
    else:
        with served() as url:
            ended = subprocess.run(sys.argv[1:], env=os.environ | {VARIABLE: url}, check=False)
        sys.exit(ended.returncode)
