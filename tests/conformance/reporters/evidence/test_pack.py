"""The folder of the evidence pack: what is in it, what may be written over, and that every change is noticed."""

import asyncio
import hashlib
import shutil
import subprocess
from datetime import datetime
from pathlib import Path

import pytest
from example_report import example

from conformance.errors import InputError, Problem
from conformance.report import Report, Verdict
from conformance.reporters.evidence import check_free, write_pack

FILES = {"SHA256SUMS", "evidence.en.html", "evidence.en.pdf", "evidence.nl.html", "evidence.nl.pdf", "report.json"}
PICTURE = "screenshots/page.png"
SECRET = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJub2JvZHkifQ.c2lnbmF0dXJl"


class Press:
    """Prints by copying; with `trouble`, not at all."""

    def __init__(self, *, trouble: bool = False) -> None:
        self.trouble = trouble

    async def print_page(self, page: Path, *, footer: str, at: datetime) -> bytes:
        if self.trouble:
            raise InputError(Problem(file=page.name, message="no paper"))
        return f"{_read(page)}{footer}{at}".encode()


def _read(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def short(report: Report) -> Report:
    return report.model_copy(update={"results": report.results[:5]})


def written(folder: Path, into: Path, *, trouble: bool = False, report: Report | None = None) -> list[Path]:
    (folder / "report" / "screenshots").mkdir(parents=True, exist_ok=True)
    (folder / "report" / PICTURE).write_bytes(b"a picture")
    told = report or short(example(PICTURE))
    return asyncio.run(write_pack(told, pictures=folder / "report", into=into, printer=Press(trouble=trouble)))


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    written(tmp_path, tmp_path / "new" / "pack")
    return tmp_path / "new" / "pack"


def test_everything_is_in_the_folder(pack: Path) -> None:
    assert {path.relative_to(pack).as_posix() for path in pack.rglob("*") if path.is_file()} == FILES | {PICTURE}
    assert Report.load(pack / "report.json") == short(example(PICTURE))


def test_the_list_has_the_checksum_of_every_file_but_itself(pack: Path) -> None:
    lines = (pack / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    listed = {name: digest for digest, name in (line.split("  ") for line in lines)}
    assert set(listed) == FILES - {"SHA256SUMS"} | {PICTURE}
    for name, digest in listed.items():
        assert hashlib.sha256((pack / name).read_bytes()).hexdigest() == digest


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="the machine has no sha256sum")
@pytest.mark.parametrize("name", ["evidence.nl.html", "evidence.en.pdf", "report.json", PICTURE])
def test_sha256sum_notices_a_changed_file(pack: Path, name: str) -> None:
    check = ["sha256sum", "-c", "--quiet", "SHA256SUMS"]
    assert subprocess.run(check, cwd=pack, check=False, capture_output=True).returncode == 0
    with (pack / name).open("ab") as file:
        file.write(b" ")
    done = subprocess.run(check, cwd=pack, check=False, capture_output=True, text=True)
    assert done.returncode != 0
    assert name in done.stdout


def test_the_document_holds_the_checksums_of_what_it_was_made_from(pack: Path) -> None:
    text = (pack / "evidence.nl.html").read_text(encoding="utf-8")
    assert hashlib.sha256((pack / "report.json").read_bytes()).hexdigest() in text


def test_an_earlier_pack_is_replaced(tmp_path: Path, pack: Path) -> None:
    written(tmp_path, pack, report=short(example()))
    assert {path.relative_to(pack).as_posix() for path in pack.rglob("*") if path.is_file()} == FILES


def test_an_empty_folder_will_do(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert written(tmp_path, tmp_path / "empty")


def refused(folder: Path) -> str:
    with pytest.raises(InputError) as told:
        check_free(folder)
    return told.value.problems[0].line


def test_a_folder_with_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("of somebody")
    assert "holds mine.txt, which no evidence pack wrote" in refused(tmp_path)


def test_a_pack_to_which_something_was_added_is_refused(pack: Path) -> None:
    (pack / "signed.pdf").write_text("with a signature")
    assert "holds signed.pdf" in refused(pack)


def test_a_pack_of_which_a_file_was_changed_is_refused(tmp_path: Path, pack: Path) -> None:
    (pack / "evidence.nl.pdf").write_text("with a signature")
    with pytest.raises(InputError):
        written(tmp_path, pack)
    assert (pack / "evidence.nl.pdf").read_text() == "with a signature"


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert "is no folder" in refused(tmp_path / "file")


def test_when_printing_fails_the_earlier_pack_stays_as_it_was(tmp_path: Path, pack: Path) -> None:
    before = (pack / "SHA256SUMS").read_bytes()
    with pytest.raises(InputError, match="no paper"):
        written(tmp_path, pack, trouble=True)
    assert (pack / "SHA256SUMS").read_bytes() == before
    check_free(pack)


def test_a_picture_outside_the_report_is_not_taken(tmp_path: Path) -> None:
    (tmp_path / "outside.png").write_bytes(b"somebody's")
    written(tmp_path, tmp_path / "pack", report=short(example("../outside.png")))
    assert {path.relative_to(tmp_path / "pack").as_posix() for path in (tmp_path / "pack").rglob("*")} == FILES


def test_what_looks_like_a_secret_is_in_no_file(tmp_path: Path) -> None:
    report = short(example())
    results = tuple(
        result.model_copy(update={"reason": SECRET, "verdict": Verdict.FAILED}) for result in report.results
    )
    told = report.model_copy(update={"results": results, "observations": (SECRET,)})
    for path in written(tmp_path, tmp_path / "pack", report=told):
        assert b"eyJhbGci" not in path.read_bytes(), path.name
