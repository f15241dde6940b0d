"""Reports from one run: console, JSON, JUnit, one HTML page that works offline, Markdown. All show the same values."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from conformance.report import Report
from conformance.reporters import junit, markdown, page
from conformance.reporters.console import ConsoleReporter
from conformance.reporters.masking import masked

__all__ = ["ConsoleReporter", "write_all"]

Reporter = Callable[[Report, Path], str]

FILES: Final[Mapping[str, Reporter]] = {
    "report.json": lambda report, _: report.dump(),
    "junit.xml": lambda report, _: junit.render(report),
    "report.html": page.render,
    "summary.md": lambda report, _: markdown.render(report),
}
"""What is written into the report's directory, and by whom."""


def write_all(report: Report, directory: Path) -> list[Path]:
    """Write every report of a run into `directory`, which is made when it is not there; return the files.

    Screenshots are read from `directory`, to which their paths are relative. Whatever looks like a secret is masked.
    """
    directory.mkdir(parents=True, exist_ok=True)
    safe = masked(report)
    return [_write(directory / name, reporter(safe, directory)) for name, reporter in FILES.items()]


def _write(path: Path, text: str) -> Path:
    """Write the file as a whole: whoever looks meanwhile sees the old one or the new one."""
    draft = path.with_name(f".{path.name}.part")
    draft.write_text(text, encoding="utf-8")
    return draft.replace(path)
