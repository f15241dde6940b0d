"""`leerid-check run --report DIR`: whether the reports can be written there, and what is said when they could not."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from conformance.errors import InputError, Problem

HINT: Final = "name another folder, or make this one fit to be written"


def check_fit(folder: Path) -> None:
    """Nothing, when reports can be written there; the folder need not be there yet, and is not made.

    Raises:
        InputError: when something else is there, or nobody may write.
    """
    with writing("--report", folder):
        nearest = next(place for place in (folder.absolute(), *folder.absolute().parents) if _is_there(place))
        fit = os.access(nearest, os.W_OK | os.X_OK)
    if not nearest.is_dir():
        raise InputError(Problem(key="--report", message=f"{nearest} is no folder", hint=HINT))
    if not fit:
        raise InputError(Problem(key="--report", message=f"nobody may write into {nearest}", hint=HINT))


def _is_there(place: Path) -> bool:
    return place.is_symlink() or place.exists()  # a link that leads nowhere is in the way as well


@contextmanager
def writing(option: str, folder: Path) -> Iterator[None]:
    """Whatever the disk objects to is told as a problem of the option that named the folder.

    Raises:
        InputError: when a file cannot be written.
    """
    try:
        yield
    except OSError as error:
        message = f"{error.filename2 or error.filename or folder} cannot be written: {error.strerror or error}"
        raise InputError(Problem(key=option, message=message, hint=HINT)) from None
