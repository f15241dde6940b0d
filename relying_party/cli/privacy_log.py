"""`leerid-rp privacy-log`: read the privacy log, and ask whether anybody changed it."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import asdict

import click

from relying_party.accounts.privacy_log import PrivacyLog, Recorded
from relying_party.cli.store import database_option, json_option, opened

BROKEN = 1


class Hash(click.ParamType[str]):
    """A SHA-256 in hexadecimal, or nothing: half a hash would call a sound log broken."""

    name = "hash"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return it in small letters."""
        told = value.strip().lower()
        if told and not re.fullmatch("[0-9a-f]{64}", told):
            self.fail("is not a hash that `verify` prints: 64 characters from 0 to f", param, ctx)
        return told


@click.group("privacy-log")
def privacy_log() -> None:
    """Read the privacy log: who signed in or was refused, what was joined, read, exported and deleted, and when.

    An entry names a pupil by a key (leer_id_uuid or account_uuid) and holds nothing else about anybody. Every entry
    holds the hash of the one before it, so a change shows.

    \b
    Look at it:                 leerid-rp privacy-log show --database sqlite:///pupils.db
    Ask whether it is intact:   leerid-rp privacy-log verify --database sqlite:///pupils.db
    """


@privacy_log.command()
@database_option
@click.option(
    "--noted", type=Hash(), default="", help="A hash that `verify` printed earlier: it must still be in the log."
)
@json_option
def verify(database: str, noted: str, *, as_json: bool) -> None:
    """Follow the chain of hashes; exit 0 when it holds, 1 with the first broken entry when it does not.

    The last line is the latest hash. Keep it elsewhere: whoever can write in the database could compute the whole
    chain again or cut off its end, and only a hash that was noted before shows that.

    \b
    Examples:
      leerid-rp privacy-log verify --database sqlite:///pupils.db
      leerid-rp privacy-log verify --database sqlite:///pupils.db --noted 3f9c...
      leerid-rp privacy-log verify --database sqlite:///pupils.db --json
    """
    with opened(database) as store:
        found = PrivacyLog(store).verify(noted=noted)
    if as_json:
        click.echo(json.dumps({"holds": found.holds, **asdict(found)}))
    elif found.holds:
        click.echo(f"The privacy log holds: {found.entries} entries.\n{found.latest}")
    else:
        click.echo(f"The privacy log is broken at entry {found.broken}: {found.problem}.", err=True)
    sys.exit(0 if found.holds else BROKEN)


@privacy_log.command()
@database_option
@json_option
def show(database: str, *, as_json: bool) -> None:
    """Print every entry, oldest first. Moments are UTC.

    \b
    Examples:
      leerid-rp privacy-log show --database sqlite:///pupils.db
      leerid-rp privacy-log show --database sqlite:///pupils.db --json
    """
    with opened(database) as store:
        entries = PrivacyLog(store).entries()
    if as_json:
        click.echo(json.dumps({"entries": [each.document for each in entries]}, indent=2))
        return
    for each in entries:
        click.echo(_line(each))


def _line(each: Recorded) -> str:
    entry = each.entry
    ended = f"{entry.outcome}: {entry.reason}" if entry.reason else entry.outcome
    told = [("key", entry.key), ("person", entry.person), ("by", entry.who), ("for", entry.purpose)]
    about = "  ".join(f"{name} {value}" for name, value in told if value)
    return f"{each.number:>6}  {entry.at:%Y-%m-%d %H:%M:%S}  {entry.kind:<20} {ended}  {about}"
