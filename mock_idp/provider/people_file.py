"""The file of people that the mock is started with: TOML, or a school's export as CSV."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from mock_idp.domain.people.csv_export import document_in
from mock_idp.domain.people.written import PeopleFile
from mock_idp.domain.problems import Problem, ProblemsError, parsed, validated

if TYPE_CHECKING:
    from pathlib import Path

TABLES: Final = (".csv", ".tsv", ".txt")
WORKBOOKS: Final = (".xlsx", ".xls", ".xlsm", ".ods")


@dataclass(frozen=True, kw_only=True)
class ReadFile:
    """A file that was read. `notes`: what was filled in where it said nothing, in sentences."""

    name: str
    document: PeopleFile
    notes: tuple[str, ...] = ()


def read_people_file(path: Path) -> ReadFile:
    """Return what a file says of people; raise `ProblemsError` with every problem."""
    suffix = path.suffix.lower()
    if suffix in WORKBOOKS:
        raise _unusable(path, "This is a workbook.", "Save the sheet as CSV, and give that file.")
    content = _content(path)
    if suffix in TABLES:
        export = document_in(content, str(path))
        return ReadFile(name=str(path), document=export.document, notes=export.notes)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        raise _unusable(path, "This is no text in UTF-8.", "A school's export ends in .csv.") from None
    return ReadFile(name=str(path), document=validated(PeopleFile, parsed(text, str(path)), str(path)))


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise _unusable(path, f"This file cannot be read: {error.strerror}.") from None


def _unusable(path: Path, message: str, hint: str = "") -> ProblemsError:
    return ProblemsError([Problem(file=str(path), key="", message=message, hint=hint)])
