"""What the rows share."""

import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from laboratory import Laboratory
from matrix_rows import WAYS, Ways


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder in memory where there is one: at each write the application waits until its database is on the disk."""
    memory = Path("/dev/shm")  # noqa: S108  a folder of our own is made in it
    with TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        yield Path(folder)


@pytest.fixture(params=WAYS)
def ways(request: pytest.FixtureRequest, laboratory: Laboratory, place: Path) -> Ways:
    """How the application is set up."""
    return WAYS[request.param](laboratory, place)


@pytest.fixture(autouse=True)
def _no_search(monkeypatch: pytest.MonkeyPatch) -> None:
    """Httpcore asks for sniffio at each request, and Python searches its whole path when it is not installed."""
    monkeypatch.setitem(sys.modules, "sniffio", None)
