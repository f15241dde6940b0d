"""`leerid-check coverage`: requirement by requirement, the scenarios that show it, and what none shows."""

import json
from itertools import groupby

import click

from conformance.cli.problems import told
from conformance.errors import InputError
from conformance.runner import load_suite
from conformance.runner.coverage import PROTOCOL, Count, Covered, counted
from conformance.runner.coverage import coverage as covered


@click.command()
@click.option("--family", multiple=True, metavar="NAME", help="Only requirements such as CLM or LR; may be repeated.")
@click.option("--uncovered", is_flag=True, help="Only what no scenario shows.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def coverage(family: tuple[str, ...], *, uncovered: bool, as_json: bool) -> None:
    """List every requirement with the scenarios that cite it, and count.

    \b
    leerid-check coverage
    leerid-check coverage --uncovered
    leerid-check coverage --family SIG --family CLM
    leerid-check coverage --json
    """
    with told():
        suite, problems = load_suite()
        if problems:
            raise InputError(*problems)
    rows = [row for row in covered(suite) if not family or row.family in family]
    if not rows:
        known = ", ".join(sorted({row.family for row in covered(suite)}))
        raise click.BadParameter(f"no requirement is of {', '.join(family)}; there are {known}.", param_hint="--family")
    shown = [row for row in rows if row.is_open or not uncovered]
    click.echo(json.dumps(_document(shown, rows), indent=2) if as_json else "\n".join(_lines(shown, rows)))


def _document(shown: list[Covered], rows: list[Covered]) -> dict[str, object]:
    return {
        "requirements": [
            {
                "id": row.requirement.id,
                "sentence": row.requirement.sentence,
                "scenarios": row.scenarios,
                "shown_by": row.requirement.shown_by,
                "not_applicable": row.requirement.not_applicable or None,
            }
            for row in shown
        ],
        "counts": {name: vars(count) for name, count in _counts(rows)},
    }


def _lines(shown: list[Covered], rows: list[Covered]) -> list[str]:
    lines: list[str] = []
    for family, members in groupby(sorted(shown, key=_family), key=_family):
        lines.append(click.style(family, bold=True))
        lines += [f"  {row.requirement.id:8} {_told(row)}" for row in members]
    return [*lines, *(f"{name}: {_in_words(count)}" for name, count in _counts(rows))]


def _family(row: Covered) -> str:
    return row.family


def _told(row: Covered) -> str:
    if row.is_signed_for:
        return f"a person signs for it: {row.requirement.sentence}"
    if row.scenarios:
        return ", ".join(row.scenarios)
    if not row.is_applicable:
        return f"not applicable: {row.requirement.not_applicable}"
    return click.style(f"no scenario: {row.requirement.sentence}", fg="yellow")


def _counts(rows: list[Covered]) -> tuple[tuple[str, Count], ...]:
    protocol = [row for row in rows if row.family == PROTOCOL]
    attacks = [row for row in rows if row.family != PROTOCOL]
    parts = (("what can go wrong at a login", attacks), ("the LeerID protocol", protocol))
    return tuple((name, counted(part)) for name, part in parts if part)


def _in_words(count: Count) -> str:
    signed_for = f"{count.signed_for} for a person to sign, " if count.signed_for else ""
    rest = f"{count.not_applicable} not applicable, {count.uncovered} without scenario"
    return f"{count.covered} of {count.all} covered, {signed_for}{rest}"
