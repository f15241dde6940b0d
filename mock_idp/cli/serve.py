"""`leerid-idp serve`: the mock."""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from pydantic import SecretStr

from mock_idp.cli.serving import address_of, day, free_port, serve_until_stopped
from mock_idp.cli.trouble import told
from mock_idp.settings import Settings

if TYPE_CHECKING:
    from flask import Flask


@click.command()
@click.option("--host", default="localhost", show_default=True, help="Name or address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=9100, show_default=True, help="0 takes a free port.")
@click.option("--issuer", "issuer_url", metavar="URL", help="The issuer, when it does not follow from host and port.")
@click.option(
    "--seed", type=int, default=0, show_default=True, help="Makes the passwords; keys and tokens never follow."
)
@click.option(
    "--clients",
    "clients_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="TOML file of registered clients. With it only those are served; without it any client on loopback is.",
)
@click.option(
    "--today", metavar="DATE", callback=day, help="Read the registers as if the mock was started on this day."
)
@click.option(
    "--control-token",
    envvar="LEERID_CONTROL_TOKEN",
    show_envvar=True,
    help="The control API then demands it. Prefer the variable: other users can read command lines.",
)
@click.option("--allow-remote", is_flag=True, help="Allow listening beyond loopback; needs a control token as well.")
def serve(*, control_token: str | None, **options: Any) -> None:
    """Serve the test identity provider, on loopback unless told otherwise.

    \b
    Examples:
      leerid-idp serve
      leerid-idp serve --port 9333 --today 2026-09-01
      leerid-idp serve --clients clients.toml

    \b
    A clients file:
      [[clients]]
      client_id = "my-application"
      client_secret = "a secret made for this test"
      redirect_uris = ["http://127.0.0.1:9200/callback"]
      post_logout_redirect_uris = ["http://127.0.0.1:9200/signed-out"]
      token_endpoint_auth_method = "client_secret_basic"
    """
    with told():
        settings = Settings(control_token=SecretStr(control_token) if control_token else None, **options)
        address = address_of(settings.host)
        port = free_port(address, host=settings.host, port=settings.port)
        settings = settings.model_copy(update={"port": port})
        _application(settings)  # before the worker begins, so that it has it ready, and problems are told here
    click.echo(_welcome(settings))
    serve_until_stopped(partial(_application, settings), address, settings.port)


@cache
def _application(settings: Settings) -> Flask:
    from mock_idp.web import create_app  # noqa: PLC0415  `leerid-idp --help` need not wait for the whole mock

    return create_app(settings)


def _welcome(settings: Settings) -> str:
    client = "any, on this computer" if settings.is_open else f"those of {settings.clients_file}"
    return f"""leerid-testbed: a test identity provider. Not of the Flemish government; every pupil is invented.

  Paste into your application
    issuer          {settings.issuer}
    discovery       {settings.issuer}/.well-known/openid-configuration
    client          {client}
    scope           openid profile ov_leerling

  Look at
    start page      {settings.site}/
    pupils          {settings.site}/control/v1/personas   (or: leerid-idp personas)
    journal         {settings.site}/control/v1/journal

  Stop with Ctrl-C."""
