"""`leerid-idp clients check`: what is missing or odd in a client's registration, before it goes to ACM."""

from __future__ import annotations

import json
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mock_idp.cli.trouble import told

if TYPE_CHECKING:
    from mock_idp.domain.dossier import Finding


@click.group()
def clients() -> None:
    """Registrations of applications: what `serve --clients FILE` reads, and an integration dossier tells ACM."""


@clients.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--claims-profile",
    "claims_profile_files",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="FILE",
    help="TOML file of a claims profile that a client names; may be given several times.",
)
@click.option("--strict", is_flag=True, help="Leave with 1 for what is odd as well.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
def check(file: Path, *, claims_profile_files: tuple[Path, ...], strict: bool, as_json: bool) -> None:
    """Check the registrations in FILE as somebody who reads integration dossiers would.

    What is missing cannot work at ACM or leaves pupils unprotected; what is odd may be meant so. Each
    finding says what it rests on: documented, seen in code of clients, or inferred.

    \b
    Examples:
      leerid-idp clients check clients.toml
      leerid-idp clients check clients.toml --strict --json

    \b
    Exit code: 0 nothing is missing, 1 something is (with --strict: or odd), 2 the file cannot be used.
    """
    from mock_idp.domain.dossier import Weight, findings  # noqa: PLC0415  help need not wait for it
    from mock_idp.provider.start import read_clients, read_profiles  # noqa: PLC0415  same
    from mock_idp.settings import Settings  # noqa: PLC0415  same

    with told():
        settings = Settings(clients_file=file, claims_profile_files=claims_profile_files)
        registered = read_clients(settings, read_profiles(settings))
        found = findings(registered)
    if as_json:
        click.echo(json.dumps({"findings": [asdict(each) for each in found]}, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_lines(found, len(registered))))
    weighty = [each for each in found if strict or each.weight == Weight.MISSING]
    raise SystemExit(1 if weighty else 0)


def _lines(found: tuple[Finding, ...], count: int) -> list[str]:
    lines: list[str] = []
    for client_id, of_client in groupby(found, key=lambda each: each.client_id):
        lines.append(click.style(client_id, bold=True))
        for each in of_client:
            colour = "red" if each.weight == "missing" else "yellow"
            lines.append(f"  {click.style(f'{each.weight:<8}', fg=colour)} {each.key}: {each.sentence}")
            lines.append(f"           {each.hint} ({each.certainty})")
    missing = sum(each.weight == "missing" for each in found)
    clients_told = f"{count} client" if count == 1 else f"{count} clients"
    return [*lines, f"{clients_told}: {missing} missing, {len(found) - missing} odd."]
