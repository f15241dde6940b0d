"""`leerid-rp affected`: whom a breach concerns, to be told to the data protection officers without delay."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

import click

from relying_party.accounts.affected import Affected, Breach, Span, breach
from relying_party.accounts.retention import BRUSSELS
from relying_party.cli.store import database_option, json_option, opened
from relying_party.signin.flow import utc_now

if TYPE_CHECKING:
    from collections.abc import Iterator


class Moment(click.ParamType[datetime]):
    """A day, from its beginning or to its end, or a moment; in Brussels where no zone is told."""

    name = "moment"

    def __init__(self, *, of_day: time) -> None:
        self._of_day = of_day

    def convert(self, value: str | datetime, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Return it in UTC."""
        if isinstance(value, datetime):
            return value
        try:
            return self._read(value.strip())
        except (ValueError, OverflowError):
            self.fail("is no day like 2026-09-01 and no moment like 2026-09-01T14:30", param, ctx)

    def _read(self, text: str) -> datetime:
        day_alone = len(text) == len("2026-09-01")
        told = datetime.combine(date.fromisoformat(text), self._of_day) if day_alone else datetime.fromisoformat(text)
        return (told if told.tzinfo else told.replace(tzinfo=BRUSSELS)).astimezone(UTC)


@click.command()
@database_option
@click.option("--from", "since", required=True, type=Moment(of_day=time.min), help="When it began: a day or a moment.")
@click.option("--until", type=Moment(of_day=time.max), default=utc_now, help="When it ended, included. [now]")
@json_option
def affected(database: str, since: datetime, until: datetime, *, as_json: bool) -> None:
    """List whom a breach concerns: whose data was held or touched from one moment to another (protocol, article 9).

    Each is told by keys (leer_id_uuid, account_uuid) and by our own id, with what was done according to the privacy
    log and the names of the data items that are kept; no name, no birth date, no address. Accounts that are gone are
    on the list as long as the log tells of them, and so are pupils who were refused: of those nothing was held.
    A day is one in Brussels, --until to its end; so is a moment without a zone.

    \b
    Examples:
      leerid-rp affected --database sqlite:///pupils.db --from 2026-09-01
      leerid-rp affected --database sqlite:///pupils.db --from 2026-09-01T14:30 --until 2026-09-03 --json
    """
    if since > until:
        raise click.UsageError(f"--from {_told(since)} lies after --until {_told(until)}: exchange them.")
    with opened(database) as store:
        found = breach(store, Span(since=since, until=until))
    for line in _doubts(found, since):
        click.echo(line, err=True)
    if as_json:
        click.echo(json.dumps(_document(found, since, until), indent=2))
        return
    for each in found.affected:
        click.echo(_line(each))
    click.echo(f"{len(found.affected)} persons from {_told(since)} until {_told(until)}.")


def _doubts(found: Breach, since: datetime) -> Iterator[str]:
    if found.log_problem:
        yield f"The privacy log is broken ({found.log_problem}): what it tells may be wrong, and more may be concerned."
    if found.log_shortened and found.log_since and since < found.log_since:
        yield f"The privacy log begins on {_told(found.log_since)}: it does not tell what was done before."
    if found.nameless:
        yield f"{found.nameless} entries name nobody: attempts that ended before it was known who came."


def _document(found: Breach, since: datetime, until: datetime) -> dict[str, object]:
    log = {
        "since": found.log_since.isoformat() if found.log_since else None,
        "shortened": found.log_shortened,
        "problem": found.log_problem,
    }
    persons = [asdict(each) for each in found.affected]
    span = {"from": since.isoformat(), "until": until.isoformat()}
    return {**span, "persons": persons, "nameless_entries": found.nameless, "log": log}


def _line(each: Affected) -> str:
    state = "held, gone since" if each.held and each.gone else "held" if each.held else "not held"
    acts = ", ".join(f"{kind} {number}" for kind, number in each.acts.items()) or "nothing done"
    told = [" ".join(each.keys), f"person {each.person}" if each.person else "", state, acts, " ".join(each.items)]
    return "  ".join(word for word in told if word)


def _told(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S} UTC"
