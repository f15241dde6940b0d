"""The evidence pack: a document that a privacy officer can file, in Dutch and English, as HTML and PDF.

From the same report as every other reporter; nothing but the report and its pictures goes in, so that the same report
gives the same document. What no run can show is a checklist for a person to sign.
"""

import shutil
import tempfile
from pathlib import Path

from conformance.ports import Printer
from conformance.report import Report
from conformance.reporters.evidence import folder
from conformance.reporters.evidence.document import PROFILE, Source, footer, render
from conformance.reporters.evidence.texts import LANGUAGES
from conformance.reporters.masking import masked
from conformance.reporters.page import picture

__all__ = ["PROFILE", "check_free", "write_pack"]

check_free = folder.check_free


async def write_pack(report: Report, *, pictures: Path, into: Path, printer: Printer) -> list[Path]:
    """Write the pack into a folder, and return its files; secrets are masked.

    Made elsewhere first: when printing fails, what was in the folder is as it was.

    Raises:
        InputError: when something in the folder would be lost.
    """
    check_free(into)
    with tempfile.TemporaryDirectory() as place:
        made = Path(place)
        write_pages(masked(report), pictures, made)
        for language in LANGUAGES:
            page = made / f"evidence.{language}.html"
            printed = await printer.print_page(page, footer=footer(masked(report), language), at=report.generated_at)
            page.with_suffix(".pdf").write_bytes(printed)
        folder.seal(made)
        return folder.replace(into, made)


def write_pages(report: Report, pictures: Path, made: Path) -> None:
    """Write everything that needs no browser: the report, its pictures, the document in each language."""
    (made / "report.json").write_text(report.dump(), encoding="utf-8")
    for result in report.results:
        _copy(pictures, result.screenshot, made)
    named = {path.relative_to(made).as_posix(): folder.digest(path) for path in made.rglob("*") if path.is_file()}
    source = Source(report=report, pictures=made, checksums=named)
    for language in LANGUAGES:
        (made / f"evidence.{language}.html").write_text(render(source, language), encoding="utf-8")


def _copy(pictures: Path, name: str | None, made: Path) -> None:
    """A picture, under the name by which the report knows it; nothing when there is none in the folder."""
    if name is None or picture(pictures, name) is None:
        return
    place = made / name
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(pictures / name, place)
