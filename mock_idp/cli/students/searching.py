"""`leerid-idp students search`: anyone among everybody."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any, Final

import click

from mock_idp.cli.students.everybody import Everybody
from mock_idp.cli.students.options import checked_school, choosing, selecting
from mock_idp.cli.trouble import told
from mock_idp.domain.leerid import student_of
from mock_idp.domain.population import Query, Situation

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from mock_idp.domain.finding import Hit

MOST: Final = 999
"""A list that somebody looks through; for more there is the export."""
COLUMNS: Final = ("user name", "password", "name", "born", "school", "group", "shows")


@click.command()
@click.argument("words", nargs=-1)
@selecting
@click.option("--limit", type=click.IntRange(1, MOST), default=20, show_default=True, help="At most so many people.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
@choosing
def search(
    *, words: tuple[str, ...], school: str | None, situation: str | None, limit: int, as_json: bool, **chosen: Any
) -> None:
    """Find people: personas, people of a file, and the crowd.

    WORDS are beginnings of words of a name, of the name of a school or its number; or one user name or uuid. All of
    them must fit. Accents and capitals do not matter.

    \b
    Examples:
      leerid-idp students search lotte peeters
      leerid-idp students search peet --school 700202
      leerid-idp students search --situation two-accounts --limit 5
      leerid-idp students search blauwe walvis --json | jq -r '.found[].user_name'

    On a terminal a table; in a pipe columns with tabs between them.
    """
    with told():
        everybody = Everybody(**chosen)
    query = Query(
        text=" ".join(words),
        situation=Situation(situation) if situation else None,
        school=checked_school(school, everybody),
    )
    result = everybody.search(query, limit)
    rows = [_row(each, everybody.anchor) for each in result.found]
    if as_json:
        click.echo(json.dumps({"found": rows, "is_more": result.is_more}, ensure_ascii=False, indent=2))
        return
    _print(rows)
    click.echo(_closing(len(rows), is_more=result.is_more), err=True)


def _row(hit: Hit, day: date) -> dict[str, Any]:
    person, life = hit.person, hit.person.life
    student = student_of(life, day=day) if life else None
    held = [each for each in student.enrolments if each.holds_on(day)] if student else []
    return {
        "user_name": person.user_name,
        "password": person.password,
        "given_name": student.given_name if student else person.given_name,
        "family_name": student.family_name if student else person.family_name,
        "birth": f"{life.birth.day}/{life.birth.month}/{life.birth.year}" if life else None,
        "schools": [{"number": each.instellingsnummer, "name": each.school_name} for each in held],
        "groups": [each.administratieve_groep_omschrijving for each in held],
        "situations": [each.value for each in hit.situations],
        "persona": hit.persona.slug if hit.persona else None,
    }


def _cells(row: dict[str, Any]) -> tuple[str, ...]:
    """Return a row as people read it."""
    return (
        row["user_name"],
        row["password"],
        " ".join(part for part in (row["given_name"], row["family_name"]) if part),
        row["birth"] or "",
        " + ".join(f"{each['number']} {each['name']}" for each in row["schools"]),
        " + ".join(row["groups"]),
        row["persona"] or ", ".join(row["situations"]),
    )


def _print(rows: list[dict[str, Any]]) -> None:
    if not sys.stdout.isatty():
        _print_plainly(_cells(row) for row in rows)
    elif rows:
        _print_table(_cells(row) for row in rows)


def _print_plainly(rows: Iterable[tuple[str, ...]]) -> None:
    for cells in (COLUMNS, *rows):
        click.echo("\t".join(cells))


def _print_table(rows: Iterable[tuple[str, ...]]) -> None:
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415  rich takes a tenth of a second that a pipe need not wait for
    from rich.console import Console  # noqa: PLC0415  same
    from rich.table import Table  # noqa: PLC0415  same

    table = Table("sign in as", "name, born", "school, group", "shows", box=SIMPLE_HEAD)
    for column in table.columns:
        column.overflow = "fold"
    for user_name, password, name, born, school, group, shows in rows:
        table.add_row(f"{user_name}\n{password}", f"{name}\n{born}", f"{school}\n{group}", shows)
    Console(highlight=False, markup=False).print(table)


def _closing(count: int, *, is_more: bool) -> str:
    if is_more:
        return f"The first {count}; there are more. Add words, or raise --limit."
    return f"{count} found." if count else "Nobody is like that. Fewer words or letters find more."
