"""`leerid-rp reports`: list what pupils say is wrong in their data, for those who pass it on."""

from __future__ import annotations

import getpass
import json

import click

from relying_party.accounts.reports import Report, Reports
from relying_party.cli.store import database_option, json_option, opened
from relying_party.signin.flow import utc_now


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "unknown"


@click.command()
@database_option
@click.option("--who", metavar="NAME", default=_login_name, show_default="your login name", help="Who reads them.")
@json_option
def reports(database: str, *, who: str, as_json: bool) -> None:
    """List the reports of wrong data, oldest first (protocol, article 7). Moments are UTC.

    Pass each on in writing and at once; nothing is corrected here. Reading them is looking at data of pupils: it stands
    in the privacy log, with your name. A report is deleted together with the account.

    \b
    Examples:
      leerid-rp reports --database sqlite:///pupils.db
      leerid-rp reports --database sqlite:///pupils.db --who "An Peeters" --json
    """
    with opened(database) as store:
        found = Reports(store).read(who=who, now=utc_now())
    if as_json:
        click.echo(json.dumps({"reports": [each.document for each in found]}, indent=2))
        return
    for each in found:
        click.echo(_lines(each))


def _lines(each: Report) -> str:
    text = each.text.replace("\n", "\n    ")
    return f"{each.at:%Y-%m-%d %H:%M:%S}  person {each.person_id}\n    {text}"
