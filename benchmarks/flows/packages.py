"""The packages of the peers that run on Node, installed as package-lock.json beside this says; nothing is committed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).parent / "node"
FILES = ("package.json", "package-lock.json", "server.mjs")
INSTALL = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
READY = "installed.json"


def why_no_node() -> str | None:
    """Return why the peers of Node cannot be compared, None when they can."""
    missing = [each for each in ("node", "npm") if shutil.which(each) is None]
    if not missing:
        return None
    return f"{' and '.join(missing)} not found: install Node 20 or later (on Debian: apt-get install nodejs npm)."


def install(place: Path) -> str | None:
    """Install the packages in `place`, unless they are there; return why it did not work."""
    wanted = (HERE / "package-lock.json").read_text("utf-8")
    for name in FILES:
        shutil.copy(HERE / name, place / name)
    ready = place / READY
    if ready.is_file() and ready.read_text("utf-8") == wanted:
        return None
    npm = [shutil.which("npm") or "npm", *INSTALL]
    done = subprocess.run(npm, cwd=place, capture_output=True, text=True, check=False)  # noqa: S603  npm, found above
    if done.returncode:
        return f"npm ci failed in {place}: {done.stderr.strip()[-500:]}"
    ready.write_text(wanted, "utf-8")
    return None
