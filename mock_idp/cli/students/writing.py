"""The forms of an export: CSV, JSON Lines and the Excel file that a school gets."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from typing import IO, TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SHEET: Final = "Leerlingen"
AS_TEXT: Final = 49
"""The number format of Excel that leaves a cell as it is typed."""
MADE_ON: Final = datetime(2026, 9, 1, tzinfo=UTC)
"""Excel notes when a file was made. Always the same, so that the same pupils make the same file."""


@dataclass(frozen=True)
class _Encoded:
    """Text into a file of bytes. A `TextIOWrapper` would close the file with it when something goes wrong."""

    file: IO[bytes]

    def write(self, text: str) -> int:
        """Write the text as UTF-8."""
        return self.file.write(text.encode())


def write_csv(file: IO[bytes], header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write rows of text: UTF-8, commas, quotation marks where needed, one row a line (RFC 4180)."""
    writer = csv.writer(_Encoded(file), lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)


def write_json_lines(file: IO[bytes], documents: Iterable[dict[str, Any]]) -> None:
    """Write one JSON object a line, UTF-8."""
    for document in documents:
        file.write(json.dumps(document, ensure_ascii=False).encode() + b"\n")


def write_sheet(file: IO[bytes], header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write one Excel sheet in which every cell is text. It is made in memory: a school is small."""
    from xlsxwriter import Workbook  # noqa: PLC0415  only Excel needs it

    made = io.BytesIO()
    workbook = Workbook(made, {"in_memory": True})
    workbook.set_properties({"created": MADE_ON})
    text, bold = (workbook.add_format({"num_format": AS_TEXT, "bold": each}) for each in (False, True))
    sheet = workbook.add_worksheet(SHEET)
    for number, row in enumerate(chain([header], rows)):
        for column, value in enumerate(row):
            sheet.write_string(number, column, value, text if number else bold)
    sheet.freeze_panes(1, 0)
    sheet.autofit()
    sheet.ignore_errors({"number_stored_as_text": "A1:Z1048576"})  # no warning beside every register number
    workbook.close()
    file.write(made.getvalue())
