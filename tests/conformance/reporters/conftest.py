"""Reports as the reporters write them, for all tests of reporters."""

import base64
from pathlib import Path

import pytest
from example_report import example

from conformance.report import Report
from conformance.reporters import write_all

ONE_PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII="
)


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every report of one run."""
    folder = tmp_path_factory.mktemp("report")
    (folder / "screenshots").mkdir()
    (folder / "screenshots" / "page.png").write_bytes(ONE_PIXEL)
    write_all(example("screenshots/page.png"), folder)
    return folder


@pytest.fixture(scope="session")
def report() -> Report:
    """The report that was written."""
    return example("screenshots/page.png")
