from collections.abc import Sequence
from pathlib import Path

import pytest

from conformance.adapters.provision import PLAYWRIGHT, provide
from conformance.errors import InputError, Problem

BROWSER = Path("/invented/chromium")


class Machine:
    """A machine on which a browser appears when the command that brings it has run."""

    def __init__(self, brought_by: str | None) -> None:
        self.brought_by = brought_by
        self.commands: list[str] = []
        self.said: list[str] = []
        self.refuses = "nothing"

    def run(self, command: Sequence[str]) -> str | None:
        self.commands.append(" ".join(command))
        brings = self.brought_by and self.brought_by in self.commands[-1] and self.refuses not in self.commands[-1]
        return None if brings else "no network"

    def find(self) -> Path:
        wanted = self.brought_by
        if wanted == "" or any(wanted and wanted in each and self.refuses not in each for each in self.commands):
            return BROWSER
        raise InputError(Problem(message="none"))


def _provide(machine: Machine) -> Path:
    return provide(say=machine.said.append, run=machine.run, find=machine.find)


def test_a_browser_that_is_there_is_used_and_nothing_is_run() -> None:
    machine = Machine(brought_by="")
    assert _provide(machine) == BROWSER
    assert machine.commands == []


def test_playwright_is_asked_first() -> None:
    machine = Machine(brought_by="playwright install")
    assert _provide(machine) == BROWSER
    assert machine.commands == [" ".join(PLAYWRIGHT)]


def test_root_on_debian_gets_the_package_when_the_download_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 0)
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    machine = Machine(brought_by="apt-get install")
    assert _provide(machine) == BROWSER
    assert machine.commands[-1].endswith("chromium chromium-headless-shell")


def test_a_distribution_without_the_shell_gets_the_whole_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 0)
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    machine = Machine(brought_by="--no-install-recommends chromium")
    machine.refuses = "chromium-headless-shell"
    assert _provide(machine) == BROWSER
    assert machine.commands[-1].endswith("-recommends chromium")


def test_without_root_the_error_says_what_failed_and_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    machine = Machine(brought_by=None)
    with pytest.raises(InputError, match=r"no network[\s\S]*playwright install chromium"):
        _provide(machine)
    assert len(machine.commands) == 1
