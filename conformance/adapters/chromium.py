"""Which Chromium to drive: the one that is asked for, else a headless shell, else what is on the machine."""

import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from conformance.errors import InputError, Problem

ASKED_FOR: Final = "LEERID_CHROMIUM"
SHELLS: Final = ("chromium-headless-shell", "headless_shell")
FULL: Final = ("google-chrome", "google-chrome-stable", "chromium", "chromium-browser", "chrome")
PLACES: Final = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/usr/lib/chromium/chromium-headless-shell",
)
PLAYWRIGHT_SHELLS: Final = ("chromium_headless_shell-*/*/headless_shell", "chromium_headless_shell-*/*/*shell*")
PLAYWRIGHT_FULL: Final = ("chromium-*/*/chrome", "chromium-*/*/*/Contents/MacOS/Chromium*", "chromium-*/*/chrome.exe")
FLAGS: Final = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--renderer-process-limit=1",  # for each visitor; else every site that one comes to starts another
)
WINDOWLESS_FLAGS: Final = ("--in-process-gpu",)
"""Nothing is drawn on a screen, so what draws needs no process of its own."""
ADVICE: Final = (
    "run `leerid-check browser --install`, or `playwright install chromium`, or on Debian `apt-get install chromium`; "
    f"or set {ASKED_FOR} to the program's path"
)


def find_chromium(*, headed: bool, environment: Mapping[str, str] = os.environ) -> Path:
    """The program to start; a headless shell is preferred, since it is faster, unless somebody wants to watch.

    Raises:
        InputError: when there is none.
    """
    if asked_for := environment.get(ASKED_FOR):
        return _asked_for(Path(asked_for))
    candidates = [*_full(environment)] if headed else [*_shells(environment), *_full(environment)]
    if candidates:
        return candidates[0]
    raise InputError(Problem(message="no Chrome or Chromium was found on this machine", hint=ADVICE))


def flags(*, is_root: bool, headed: bool = False) -> list[str]:
    """Command line flags; the sandbox is left out only for root, who cannot have one."""
    return [*FLAGS, *(() if headed else WINDOWLESS_FLAGS), *(["--no-sandbox"] if is_root else ())]


def _asked_for(path: Path) -> Path:
    if path.is_file() and os.access(path, os.X_OK):
        return path
    raise InputError(Problem(key=ASKED_FOR, message=f"{path} is no program that can be started", hint=ADVICE))


def _shells(environment: Mapping[str, str]) -> Iterator[Path]:
    yield from _on_path(SHELLS, environment)
    yield from _of_playwright(PLAYWRIGHT_SHELLS, environment)
    yield from (path for place in PLACES if "headless" in place and (path := Path(place)).exists())


def _full(environment: Mapping[str, str]) -> Iterator[Path]:
    yield from _on_path(FULL, environment)
    yield from (path for place in PLACES if "headless" not in place and (path := Path(place)).exists())
    yield from _of_playwright(PLAYWRIGHT_FULL, environment)


def _on_path(names: tuple[str, ...], environment: Mapping[str, str]) -> Iterator[Path]:
    for name in names:
        if found := shutil.which(name, path=environment.get("PATH")):
            yield Path(found)


def _of_playwright(patterns: tuple[str, ...], environment: Mapping[str, str]) -> Iterator[Path]:
    """Browsers that `playwright install` fetched, the newest first."""
    home = Path(environment.get("HOME", "~")).expanduser()
    given = environment.get("PLAYWRIGHT_BROWSERS_PATH")
    folders = [Path(given)] if given else [home / ".cache/ms-playwright", home / "Library/Caches/ms-playwright"]
    for folder in folders:
        for pattern in patterns:
            found = (path for path in folder.glob(pattern) if path.is_file() and os.access(path, os.X_OK))
            yield from sorted(found, reverse=True)
