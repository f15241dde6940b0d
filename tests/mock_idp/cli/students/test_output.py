"""Where an export goes: whole or not at all, without growing, and with a bar for whoever waits."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from functools import partial
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from students_command import COMMAND, TODAY, on_terminal, run

if TYPE_CHECKING:
    from pathlib import Path

EXPORT = [*COMMAND, "students", "export", "--today", TODAY]
MEASURED = (
    "import resource, sys\n"
    "from mock_idp.cli import main\n"
    "main(['students', 'export', '--limit', sys.argv[1], '--out', sys.argv[2]], standalone_mode=False)\n"
    "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
)
PATIENCE_S = 60


def exported(*arguments: str, **options: Any) -> Any:
    return subprocess.run(
        [*EXPORT, *arguments], capture_output=True, text=True, timeout=PATIENCE_S, check=False, **options
    )


def begun(folder: Path) -> Path:
    """Return the part of a file that an export has begun."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        for part in folder.glob(".*.part"):
            if part.stat().st_size:
                return part
    raise AssertionError("No export began.")


def names_in(folder: Path) -> list[str]:
    return [each.name for each in folder.iterdir()]


def small_files() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))


# Files ---------------------------------------------------------------------------------------------------------------


def test_a_file_has_the_rights_that_the_user_wants(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        run("export", "--limit", "1", "--out", str(tmp_path / "a.csv"))
    finally:
        os.umask(before)
    assert (tmp_path / "a.csv").stat().st_mode & 0o777 == 0o640


def test_a_file_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("mine", "utf-8")
    told = run("export", "--limit", "1", "--out", str(file), code=2).stderr
    assert f"{file} is there already. Write --force" in told
    assert file.read_text("utf-8") == "mine"


def test_a_file_is_replaced_when_that_is_wanted(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("mine", "utf-8")
    assert f"1 line in {file}." in run("export", "--limit", "1", "--out", str(file), "--force").stderr
    assert file.read_text("utf-8").startswith("Achternaam,")
    assert names_in(tmp_path) == ["a.csv"]


def test_a_link_leads_to_the_file_that_is_replaced(tmp_path: Path) -> None:
    file, link = tmp_path / "a.csv", tmp_path / "link.csv"
    file.write_text("mine", "utf-8")
    link.symlink_to(file)
    run("export", "--limit", "1", "--out", str(link), "--force")
    assert link.is_symlink()
    assert file.read_text("utf-8").startswith("Achternaam,")


def test_a_named_pipe_is_written_to_and_stays_one(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = Thread(target=lambda: read.append(pipe.read_text("utf-8")))
    reader.start()
    run("export", "--limit", "1", "--out", str(pipe))
    reader.join(PATIENCE_S)
    assert read[0].startswith("Achternaam,")
    assert pipe.is_fifo()


@pytest.mark.parametrize(("place", "told"), [(".", "is a directory"), ("no/where.csv", "there is no directory")])
def test_a_place_that_cannot_be_is_told(tmp_path: Path, place: str, told: str) -> None:
    assert told in run("export", "--limit", "1", "--out", str(tmp_path / place), code=2).stderr


def test_a_name_that_is_too_long_is_told(tmp_path: Path) -> None:
    told = run("export", "--limit", "1", "--out", str(tmp_path / ("a" * 300)), code=2).stderr
    assert "File name too long" in told


def test_a_long_name_is_a_name(tmp_path: Path) -> None:
    run("export", "--limit", "1", "--out", str(tmp_path / ("a" * 255)))
    assert names_in(tmp_path) == ["a" * 255]


# Things that go wrong ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_a_full_disk_leaves_no_half_file(tmp_path: Path, form: str) -> None:
    file = tmp_path / "a"
    file.write_text("mine", "utf-8")
    done = exported("--limit", "5000", "--format", form, "--out", str(file), "--force", preexec_fn=small_files)
    assert done.returncode == 1
    assert done.stderr == f"leerid-idp: {file} cannot be written: File too large.\n"
    assert file.read_text("utf-8") == "mine"
    assert names_in(tmp_path) == ["a"]


def test_a_full_disk_leaves_no_half_excel_file(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    done = exported("--school", "700202", "--out", str(file), preexec_fn=small_files)
    assert (done.returncode, done.stderr) == (1, f"leerid-idp: {file} cannot be written: File too large.\n")
    assert names_in(tmp_path) == []


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a device that is always full")  # noqa: PTH110  a device
@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_a_full_device_is_told(form: str) -> None:
    with open("/dev/full", "w") as full:  # noqa: PTH123  a device
        done = subprocess.run(
            [*EXPORT, "--limit", "5000", "--format", form],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=PATIENCE_S,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr == "leerid-idp: Standard output cannot be written: No space left on device.\n"


@pytest.mark.parametrize(("stop", "code"), [(signal.SIGINT, 1), (signal.SIGTERM, 128 + signal.SIGTERM)])
def test_stopping_leaves_no_half_file(tmp_path: Path, stop: signal.Signals, code: int) -> None:
    command = [*EXPORT, "--out", str(tmp_path / "a.csv")]
    at_start = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)  # a job in the background is begun deaf to it
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, preexec_fn=at_start) as process:  # noqa: PLW1509  no threads here
        assert process.stderr is not None
        begun(tmp_path)
        process.send_signal(stop)
        told = process.stderr.read()
    assert process.returncode == code
    assert "Traceback" not in told
    assert names_in(tmp_path) == []


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_a_pipe_that_is_closed_is_no_trouble(form: str) -> None:
    with subprocess.Popen(
        [*EXPORT, "--format", form], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == ""
    assert process.returncode == 1


def test_a_search_into_a_closed_pipe_is_no_trouble() -> None:
    command = [*COMMAND, "students", "search", "peeters", "--limit", "999"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert "Traceback" not in process.stderr.read()


# Size ----------------------------------------------------------------------------------------------------------------


def peak_kib(lines: int, file: Path) -> int:
    """Return the memory that an export of so many lines took at its peak."""
    command = [sys.executable, "-c", MEASURED, str(lines), str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    with file.open("rb") as written:
        assert sum(1 for _ in written) == lines + 1
    return int(done.stdout)


def test_four_times_the_lines_take_no_more_memory(tmp_path: Path) -> None:
    few, many = peak_kib(20_000, tmp_path / "few.csv"), peak_kib(80_000, tmp_path / "many.csv")
    assert many < few + 4096


# Progress ------------------------------------------------------------------------------------------------------------


def test_a_bar_is_shown_on_a_terminal(tmp_path: Path) -> None:
    told = on_terminal("export", "--limit", "5000", "--out", str(tmp_path / "a.csv"))
    assert "━" in told
    assert f"5,000 lines in {tmp_path / 'a.csv'}." in told.replace("\r\n", "")


def test_no_bar_disturbs_lines_on_a_terminal() -> None:
    assert "━" not in on_terminal("export", "--limit", "600")


def test_no_bar_is_written_into_a_pipe(tmp_path: Path) -> None:
    assert exported("--limit", "5000", "--out", str(tmp_path / "a.csv")).stderr == (
        f"5,000 lines in {tmp_path / 'a.csv'}.\n"
    )
