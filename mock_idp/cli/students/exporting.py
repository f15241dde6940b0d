"""`leerid-idp students export`: everybody, or a school, as a file."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

import click

from mock_idp.cli.students.everybody import Everybody
from mock_idp.cli.students.options import checked_school, choosing, selecting
from mock_idp.cli.students.output import PIPE, checked, written
from mock_idp.cli.students.progress import Tally, tallied
from mock_idp.cli.students.selection import Selection
from mock_idp.cli.students.writing import write_csv, write_json_lines, write_sheet
from mock_idp.cli.trouble import give_up, told
from mock_idp.domain.people.export import FURTHER_COLUMNS, SCHOOL_COLUMNS
from mock_idp.domain.population import Query, Situation

if TYPE_CHECKING:
    from collections.abc import Iterator

FORMATS: Final = ("csv", "jsonl", "xlsx")
COLUMNS: Final = {"school": SCHOOL_COLUMNS, "all": {**SCHOOL_COLUMNS, **FURTHER_COLUMNS}}


@click.command()
@selecting
@click.option("--format", "form", type=click.Choice(FORMATS), help="Default: as the name of the file ends, else csv.")
@click.option("--columns", type=click.Choice(tuple(COLUMNS)), help="Of csv and xlsx: those of the real export, or all.")
@click.option("--limit", type=click.IntRange(min=1), help="At most so many lines.")
@click.option("--out", type=click.Path(path_type=Path), default=PIPE, show_default=True, help="A file; - is a pipe.")
@click.option("--force", is_flag=True, help="Replace a file that is there already.")
@choosing
def export(**options: Any) -> None:
    """Export the accounts of a school, or of everybody, as they are on the day at start.

    \b
    Examples:
      leerid-idp students export --school 700202 --out 700202.xlsx
      leerid-idp students export --school 700202 --columns all --out 700202.csv
      leerid-idp students export --situation not-identified --limit 100
      leerid-idp students export --out everybody.jsonl

    csv and xlsx have the headers of the export that schools get: a line for each account and enrolment, all of it
    text. Whoever is enrolled nowhere, or has no account handed out, stands in no school's file. xlsx is the file of
    one school, so it needs --school. `leerid-idp serve --people FILE.csv` reads the csv again, best with --columns all.

    jsonl has a line for each account, with everything about its pupil on that day; of the national number the kind.

    A file is there when all of it is, and not at all when something goes wrong. With a pipe, watch the exit code.
    """
    chosen = {name: options.pop(name) for name in ("seed", "today", "people_file")}
    wish = _Wish(**options)
    if reasons := list(wish.reasons()):
        give_up(reasons)
    out = checked(wish.out, force=wish.force)
    with told():
        selection = wish.selection(Everybody(**chosen))
    with (
        written(out) as file,
        tallied(selection.size(wish.limit), is_hidden=wish.is_for_terminal) as tally,
    ):
        wish.write(file, selection, tally)
    click.echo(_closing(tally.lines, out), err=True)


@dataclass(frozen=True, kw_only=True)
class _Wish:
    """What is asked for, by option."""

    school: str | None
    situation: str | None
    form: str | None
    columns: str | None
    limit: int | None
    out: Path
    force: bool

    @property
    def is_for_terminal(self) -> bool:
        """Whether the lines themselves are looked at."""
        return self.out == PIPE and sys.stdout.isatty()

    @property
    def chosen_form(self) -> str:
        """The form, told by the name of the file when not by an option."""
        ending = self.out.suffix[1:].lower()
        return self.form or (ending if ending in FORMATS else FORMATS[0])

    def reasons(self) -> Iterator[str]:
        """Yield every reason why this cannot be done."""
        if self.chosen_form == "xlsx" and self.school is None:
            yield "--format xlsx: schools get one file each. Add --school NUMBER, or take csv for everybody."
        if self.chosen_form == "xlsx" and self.is_for_terminal:
            yield "--format xlsx: this is nothing to look at on a terminal. Add --out FILE."
        if self.chosen_form == "jsonl" and self.columns is not None:
            yield "--columns: jsonl has no columns, it holds everything. Leave it out."

    def selection(self, everybody: Everybody) -> Selection:
        """Return who is meant; leave when there is no such school."""
        situation = Situation(self.situation) if self.situation else None
        query = Query(situation=situation, school=checked_school(self.school, everybody))
        return Selection(everybody=everybody, query=query)

    def write(self, file: IO[bytes], selection: Selection, tally: Tally) -> None:
        """Write the lines."""
        if self.chosen_form == "jsonl":
            write_json_lines(file, tally.over(islice(selection.documents(), self.limit)))
            return
        columns = COLUMNS[self.columns or "school"]
        write = write_sheet if self.chosen_form == "xlsx" else write_csv
        write(file, tuple(columns), tally.over(islice(selection.rows(columns), self.limit)))


def _closing(lines: int, out: Path) -> str:
    where = "" if out == PIPE else f" in {out}"
    return f"{lines:,} line{'' if lines == 1 else 's'}{where}."
