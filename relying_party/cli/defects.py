"""`leerid-rp defects`: list the ways in which the application can be wrong on purpose."""

from __future__ import annotations

import json

import click

from relying_party.defects import catalogue


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
def defects(*, as_json: bool) -> None:
    """List the defects: each makes the application wrong in exactly one way."""
    rows = [
        {
            "id": entry.id,
            "sentence": entry.sentence,
            "requirements": list(entry.requirements),
            "replaces": entry.replaces,
        }
        for _id, entry in sorted(catalogue().items())
    ]
    if as_json:
        click.echo(json.dumps({"defects": rows}, indent=2))
        return
    for row in rows:
        click.echo(f"{row['id']}\n    {row['sentence']}\n    instead of: {row['replaces']}")
