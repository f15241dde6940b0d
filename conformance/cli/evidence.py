"""`leerid-check run --evidence DIR`: what is written to be filed, once the run is over."""

from pathlib import Path

import click

from conformance.adapters.browser import Chromium
from conformance.report import Report
from conformance.reporters.evidence import PROFILE, write_pack


def warn(profile: str, *, pictures: bool) -> None:
    """Say what the document will lack."""
    if profile != PROFILE:
        click.echo(
            f"warning: the evidence is about the profile {profile!r}; --profile {PROFILE} runs what the protocol asks",
            err=True,
        )
    if not pictures:
        click.echo("warning: --no-pictures: the evidence will hold no screenshot", err=True)


async def file_evidence(report: Report, *, pictures: Path, into: Path) -> list[Path]:
    """Write the evidence pack; the browser that prints it has no window, whatever drove the application."""
    click.echo(f"printing the evidence in Dutch and English: {into}", err=True)
    async with Chromium(headed=False) as printer:
        written = await write_pack(report, pictures=pictures, into=into, printer=printer)
    return [path for path in written if path.parent == into]
