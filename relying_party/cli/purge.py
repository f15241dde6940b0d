"""`leerid-rp purge`: delete the accounts whose time is over."""

from __future__ import annotations

import json

import click

from relying_party.accounts.retention import Purged, Retention
from relying_party.cli.store import database_option, json_option, opened
from relying_party.settings import LONGEST_PRIVACY_LOG_DAYS, PREFIX, PRIVACY_LOG_DAYS
from relying_party.signin.flow import utc_now


@click.command()
@database_option
@click.option(
    "--privacy-log-days",
    type=click.IntRange(min=1, max=LONGEST_PRIVACY_LOG_DAYS),
    envvar=f"{PREFIX}PRIVACY_LOG_DAYS",
    default=PRIVACY_LOG_DAYS,
    show_default=True,
    help=f"How long entries of the privacy log are kept; or {PREFIX}PRIVACY_LOG_DAYS.",
)
@click.option("--dry-run", is_flag=True, help="Say how many would go, and delete nothing.")
@json_option
def purge(database: str, *, privacy_log_days: int, dry_run: bool, as_json: bool) -> None:
    """Delete accounts three years after the last sign-in (protocol, article 3), with all that hangs on them.

    Each deletion stands in the privacy log, whose own entries go when they are old; what stays of it can be verified
    as before. `leerid-rp serve` does it once a day; doing it twice, or stopping it half-way, does no harm. It asks no
    provider anything: after the agreement has ended, and nothing is served any more, run it daily by hand.

    \b
    Examples:
      leerid-rp purge --database sqlite:///pupils.db --dry-run
      leerid-rp purge --database sqlite:///pupils.db
    """
    with opened(database) as store:
        retention, now = Retention(store, log_days=privacy_log_days), utc_now()
        if dry_run:
            found = Purged(accounts=len(retention.due(now=now)), log_entries=retention.log_due(now=now))
        else:
            found = retention.purge(now=now)
    click.echo(_document(found, dry_run=dry_run) if as_json else _sentence(found, dry_run=dry_run))


def _document(found: Purged, *, dry_run: bool) -> str:
    gone = Purged(accounts=0, log_entries=0) if dry_run else found
    told = {"due": found.accounts, "purged": gone.accounts}
    of_log = {"log_entries_due": found.log_entries, "log_entries_purged": gone.log_entries}
    return json.dumps({**told, **of_log, "dry_run": dry_run})


def _sentence(found: Purged, *, dry_run: bool) -> str:
    gone = "would be" if dry_run else "were"
    return f"{found.accounts} accounts and {found.log_entries} entries of the privacy log {gone} deleted."
