"""A table in a text file as spreadsheets write it: in which encoding, with which delimiter, and where its header is.

What belongs here: from bytes to cells by column, each with its line. What the cells mean does not.
"""

from __future__ import annotations

import csv
import unicodedata
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING, Final

from mock_idp.domain.problems import Problem, ProblemsError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

DELIMITERS: Final = (",", ";", "\t")
HEADER_WITHIN: Final = 5
"""Rows among which the header is looked for (F7)."""
ENCODINGS: Final = ("utf-8-sig", "cp1252")


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A line of the table. `number` counts from 1, as editors do; `cells` by column, those that are not empty."""

    number: int
    cells: Mapping[str, str]

    def problem(self, file: str, column: str, message: str, hint: str = "") -> Problem:
        """Return what is wrong with a cell of this line."""
        where = f"line {self.number}, column {column}" if column else f"line {self.number}"
        return Problem(file=file, key=where, message=message, hint=hint)


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """A table. `unread`: headers that are not known; `problems`: what is wrong with rows, whatever they mean."""

    lines: tuple[Line, ...]
    unread: tuple[str, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Header:
    delimiter: str
    row: int
    cells: tuple[str, ...]


def table_in(content: bytes, file: str, known: Mapping[str, str], required: str) -> Table:
    """Return the table in a file; raise `ProblemsError` when there is none.

    `known`: canonical column by every header that stands for it, each as `folded` writes it; `required`: the column by
    which the header is found.
    """
    text = _decoded(content, file)
    header = _header(text, known, required, file)
    columns = [known.get(folded(cell)) for cell in header.cells]
    if twice := sorted({each for each in columns if each and columns.count(each) > 1}):
        raise ProblemsError(
            Problem(file=file, key="header", message=f"Column {each} is there twice.") for each in twice
        )
    problems: list[Problem] = []
    lines = tuple(_lines(_rows(text, header.delimiter, problems, file), header.row, columns, problems, file))
    if not lines and not problems:
        problems.append(Problem(file=file, key="", message="There is nobody in this file, only a header."))
    unread = [cell for cell, column in zip(header.cells, columns, strict=True) if cell and column is None]
    return Table(lines=lines, unread=tuple(unread), problems=tuple(problems))


def folded(header: str) -> str:
    """Return a header as it is compared: whatever its case, spaces and accents."""
    plain = "".join(each for each in unicodedata.normalize("NFKD", header) if not unicodedata.combining(each))
    return " ".join(plain.casefold().split())


def _decoded(content: bytes, file: str) -> str:
    encodings = ("utf-16",) if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else ENCODINGS
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    message = "This is no text in UTF-8 or Windows-1252."
    raise ProblemsError([Problem(file=file, key="", message=message, hint="Save it as CSV UTF-8.")])


def _header(text: str, known: Mapping[str, str], required: str, file: str) -> _Header:
    """Return the header with most of the known columns, whatever the delimiter."""
    found = [header for delimiter in DELIMITERS for header in _candidates(text, delimiter)]
    found = [each for each in found if required in {known.get(folded(cell)) for cell in each.cells}]
    if not found:
        raise ProblemsError([_without_header(text, known, required, file)])
    return max(found, key=lambda each: sum(folded(cell) in known for cell in each.cells))


def _candidates(text: str, delimiter: str) -> Iterator[_Header]:
    for number, (_, cells) in zip(range(HEADER_WITHIN), _rows(text, delimiter, [], ""), strict=False):
        yield _Header(delimiter=delimiter, row=number, cells=tuple(cell.strip() for cell in cells))


def _without_header(text: str, known: Mapping[str, str], required: str, file: str) -> Problem:
    cells = {cell for delimiter in DELIMITERS for header in _candidates(text, delimiter) for cell in header.cells}
    near = [cell for cell in sorted(cells) if did_you_mean(folded(cell), [folded(required)])]
    there = sorted({known[folded(cell)] for cell in cells if folded(cell) in known})
    hint = f"{near[0]!r} is near." if near else f"Only these are there: {', '.join(there) or 'none that is known'}."
    message = f"No header in the first {HEADER_WITHIN} rows: no column {required}."
    return Problem(file=file, key="", message=message, hint=hint)


def _rows(text: str, delimiter: str, problems: list[Problem], file: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the number of the line on which each row ends, and its cells; where it cannot be read, it stops."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as error:
        message = f"This row cannot be read: {error}."
        hint = "A quotation mark inside a cell is written twice."
        problems.append(Problem(file=file, key=f"line {reader.line_num}", message=message, hint=hint))


def _lines(
    rows: Iterable[tuple[int, list[str]]],
    header: int,
    columns: list[str | None],
    problems: list[Problem],
    file: str,
) -> Iterator[Line]:
    """Yield the lines below the header that are not empty."""
    for place, (number, cells) in enumerate(rows):
        stripped = [cell.strip() for cell in cells]
        if place <= header or not any(stripped):
            continue
        named = zip(columns, stripped, strict=False)
        line = Line(number=number, cells={column: cell for column, cell in named if column and cell})
        if any(stripped[len(columns) :]):
            problems.append(line.problem(file, "", f"There are {len(cells)} cells below {len(columns)} headers."))
        yield line
