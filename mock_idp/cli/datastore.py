"""`leerid-idp datastore serve`: the SSO datastore as a service of its own, for a mock that is to ask it over HTTP."""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mock_idp.cli.serving import address_of, day, free_port, serve_until_stopped
from mock_idp.cli.trouble import told

if TYPE_CHECKING:
    from flask import Flask

    from mock_idp.provider.served_datastore import DatastoreSettings


@click.group()
def datastore() -> None:
    """The SSO datastore that ACM asks at every sign-in, apart from the mock."""


@datastore.command()
@click.option("--host", default="localhost", show_default=True, help="Name or address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=9101, show_default=True, help="0 takes a free port.")
@click.option("--seed", type=int, default=0, show_default=True, help="As that of the mock: it makes the same crowd.")
@click.option(
    "--people",
    "people_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="People beside the personas and the crowd, as those of the mock.",
)
@click.option("--today", metavar="DATE", callback=day, help="Read the registers as if it was started on this day.")
@click.option(
    "--lag-days",
    type=click.IntRange(0, 3650),
    default=0,
    show_default=True,
    metavar="N",
    help="Know only what was known so many days before.",
)
@click.option(
    "--delay",
    "delay_s",
    type=click.FloatRange(0, 60),
    default=0.0,
    show_default=True,
    metavar="SECONDS",
    help="Take so long for each answer; a mock gives up after 5 seconds.",
)
@click.option("--allow-remote", is_flag=True, help="Allow listening beyond loopback. There is no password.")
def serve(**options: Any) -> None:
    """Serve the datastore, on loopback unless told otherwise. Stop it to see what a sign-in does without it.

    It knows the people whom a mock of the same --seed, --people and --today knows, started on the same
    day. People made on a stage of the mock stay there.

    \b
    Examples:
      leerid-idp datastore serve
      leerid-idp datastore serve --lag-days 14 --delay 3
      leerid-idp serve --datastore http://localhost:9101
    """
    from mock_idp.provider.served_datastore import (  # noqa: PLC0415  `leerid-idp --help` need not wait for it
        DatastoreSettings,
    )

    with told():
        settings = DatastoreSettings(**options)
        address = address_of(settings.host)
        port = free_port(address, host=settings.host, port=settings.port)
        settings = settings.model_copy(update={"port": port})
        _application(settings)  # before the worker begins, as `leerid-idp serve` does
    click.echo(_welcome(settings))
    serve_until_stopped(partial(_application, settings), address, settings.port)


@cache
def _application(settings: DatastoreSettings) -> Flask:
    from mock_idp.provider.served_datastore import ServedDatastore  # noqa: PLC0415  same
    from mock_idp.web.datastore import create_datastore_app  # noqa: PLC0415  same

    return create_datastore_app(ServedDatastore(settings))


def _welcome(settings: DatastoreSettings) -> str:
    knows = f"what was known {settings.lag_days} days before" if settings.lag_days else "what is known on the day"
    return f"""leerid-testbed: an SSO datastore for tests. Not of the Flemish government; every pupil is invented.

  datastore       {settings.url}
  knows           {knows}
  answers         {f"after {settings.delay_s:g} s" if settings.delay_s else "at once"}
  described at    {settings.url}/v1/openapi.json

  Let a mock ask it
    leerid-idp serve --datastore {settings.url}

  Stop with Ctrl-C."""
