"""`leerid-rp purge`: delete the accounts whose time is over."""

from __future__ import annotations

import json

import click

from relying_party.accounts.retention import Retention
from relying_party.cli.store import database_option, json_option, opened
from relying_party.signin.flow import utc_now


@click.command()
@database_option
@click.option("--dry-run", is_flag=True, help="Say how many would go, and delete nothing.")
@json_option
def purge(database: str, *, dry_run: bool, as_json: bool) -> None:
    """Delete accounts three years after the last sign-in (protocol, article 3), with all that hangs on them.

    Each deletion stands in the privacy log. Run it once a day; doing it twice, or stopping it half-way, does no harm.
    It asks no provider anything, so it goes on after the agreement has ended.

    \b
    Examples:
      leerid-rp purge --database sqlite:///pupils.db --dry-run
      leerid-rp purge --database sqlite:///pupils.db
    """
    with opened(database) as store:
        retention, now = Retention(store), utc_now()
        number = len(retention.due(now=now)) if dry_run else retention.purge(now=now)
    if as_json:
        click.echo(json.dumps({"purged": 0 if dry_run else number, "due": number, "dry_run": dry_run}))
        return
    click.echo(f"{number} accounts {'would be' if dry_run else 'were'} deleted.")
