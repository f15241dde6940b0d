"""Which browser is found, in which order."""

from pathlib import Path

import pytest

from conformance.adapters import chromium
from conformance.adapters.chromium import find_chromium, flags
from conformance.errors import InputError


@pytest.fixture(autouse=True)
def no_fixed_places(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chromium, "PLACES", ())


def program(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


def surroundings(home: Path) -> dict[str, str]:
    return {"HOME": str(home), "PATH": str(home / "bin")}


def test_the_program_that_is_asked_for_comes_first(tmp_path: Path) -> None:
    program(tmp_path / "bin" / "chromium")
    mine = program(tmp_path / "mine")
    assert find_chromium(headed=False, environment={**surroundings(tmp_path), "LEERID_CHROMIUM": str(mine)}) == mine


def test_a_program_that_is_asked_for_and_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"LEERID_CHROMIUM: .* is no program"):
        find_chromium(headed=False, environment={"LEERID_CHROMIUM": str(tmp_path / "absent")})


def test_a_headless_shell_is_preferred(tmp_path: Path) -> None:
    program(tmp_path / "bin" / "chromium")
    shell = program(tmp_path / "bin" / "chromium-headless-shell")
    assert find_chromium(headed=False, environment=surroundings(tmp_path)) == shell


def test_playwrights_own_shell_is_preferred_to_a_full_browser(tmp_path: Path) -> None:
    program(tmp_path / "bin" / "chromium")
    shell = program(tmp_path / ".cache/ms-playwright/chromium_headless_shell-1/chrome-linux/headless_shell")
    assert find_chromium(headed=False, environment=surroundings(tmp_path)) == shell


def test_a_full_browser_is_taken_for_those_who_want_to_watch(tmp_path: Path) -> None:
    full = program(tmp_path / "bin" / "chromium")
    program(tmp_path / "bin" / "chromium-headless-shell")
    assert find_chromium(headed=True, environment=surroundings(tmp_path)) == full


def test_without_any_browser_one_is_told_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="playwright install chromium"):
        find_chromium(headed=False, environment=surroundings(tmp_path))


def test_only_root_goes_without_sandbox() -> None:
    assert "--no-sandbox" in flags(is_root=True)
    assert "--no-sandbox" not in flags(is_root=False)


def test_what_draws_has_a_process_of_its_own_only_where_somebody_watches() -> None:
    assert "--in-process-gpu" in flags(is_root=False)
    assert "--in-process-gpu" not in flags(is_root=False, headed=True)
