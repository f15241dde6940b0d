"""The first sheet of an Excel file, read by its format (ECMA-376) and not by the library that wrote it."""

from __future__ import annotations

import io
import zipfile
from typing import NamedTuple
from xml.etree import ElementTree as ET

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
TEXT = "49"
"""The number format of a cell that Excel leaves as it is typed."""


class Cell(NamedTuple):
    value: str
    kind: str
    number_format: str


def cells_in(content: bytes) -> list[list[Cell]]:
    """Return the rows of the sheet."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        texts = ["".join(each.itertext()) for each in _parts(archive, "xl/sharedStrings.xml", "si")]
        (styled,) = _parts(archive, "xl/styles.xml", "cellXfs")
        formats = [each.get("numFmtId", "") for each in styled]
        sheet = _parts(archive, "xl/worksheets/sheet1.xml", "row")
    return [[_cell(cell, texts, formats) for cell in row] for row in sheet]


def _parts(archive: zipfile.ZipFile, name: str, tag: str) -> list[ET.Element]:
    return list(ET.fromstring(archive.read(name)).iter(f"{MAIN}{tag}"))  # noqa: S314  written a moment ago


def _cell(cell: ET.Element, texts: list[str], formats: list[str]) -> Cell:
    number_format = formats[int(cell.get("s", "0"))]
    value = cell.findtext(f"{MAIN}v", "")
    if cell.get("t") == "s":
        return Cell(texts[int(value)], "text", number_format)
    return Cell(value, "other" if value else "text", number_format)
