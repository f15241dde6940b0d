"""The folder of an evidence pack: what may be written over, and the list of checksums that shows every change."""

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from conformance.errors import InputError, Problem

LIST: Final = "SHA256SUMS"
HINT: Final = "give a folder that is new or empty, or one that holds an earlier pack as it was written"


def check_free(folder: Path) -> None:
    """Nothing, when a pack may be written there: the folder is new, empty, or an earlier pack that nobody changed.

    Raises:
        InputError: when something there would be lost.
    """
    if not folder.exists():
        return
    if not folder.is_dir():
        raise InputError(Problem(key="--evidence", message=f"{folder} is no folder", hint=HINT))
    strange = [str(path.relative_to(folder)) for path in _files(folder) if not _is_ours(folder, path)]
    if strange:
        more = f" and {len(strange) - 1} more" if len(strange) > 1 else ""
        message = f"{folder} holds {strange[0]}{more}, which no evidence pack wrote or which was changed since"
        raise InputError(Problem(key="--evidence", message=message, hint=HINT))


def seal(folder: Path) -> None:
    """Write the list of checksums of everything in the folder, in the form that `sha256sum -c` reads."""
    lines = [f"{digest(path)}  {path.relative_to(folder).as_posix()}\n" for path in _files(folder)]
    (folder / LIST).write_text("".join(lines), encoding="utf-8")


def replace(folder: Path, made: Path) -> list[Path]:
    """Let what was made take the place of an earlier pack; the files, in order. What is not free is not touched."""
    check_free(folder)
    for path in _files(folder):
        path.unlink()
    folder.mkdir(parents=True, exist_ok=True)
    for path in _files(made):
        place = folder / path.relative_to(made)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, place)
    return list(_files(folder))


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def listed(folder: Path) -> dict[str, str]:
    """The checksums of the list by file name; none when there is no list."""
    file = folder / LIST
    if not file.is_file():
        return {}
    lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    return {name: checksum for checksum, _, name in (line.partition("  ") for line in lines)}


def _is_ours(folder: Path, path: Path) -> bool:
    known = listed(folder)
    name = path.relative_to(folder).as_posix()
    return bool(known) and (name == LIST or known.get(name) == digest(path))


def _files(folder: Path) -> Iterator[Path]:
    """Every file below, in order of name; a link is a file that no pack wrote."""
    return iter(sorted(path for path in folder.rglob("*") if not path.is_dir()))
