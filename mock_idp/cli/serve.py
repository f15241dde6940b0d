"""`leerid-idp serve`: the mock, served by granian in this process."""

from __future__ import annotations

import os
import socket
import time
from datetime import date
from functools import cache, partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, Final

import click
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels
from pydantic import SecretStr

from mock_idp.cli.trouble import give_up, told
from mock_idp.settings import Settings

if TYPE_CHECKING:
    from flask import Flask

THREADS: Final = 4
"""Requests at the same time: few, because Python computes one at a time; more than one, because a fault may wait."""

FOLLOWED_EVERY_S: Final = 0.5
"""A parent that was killed cannot stop its worker, which would keep the port: so the worker looks."""


def _day(context: click.Context, parameter: click.Parameter, value: str | None) -> date | None:
    """Return the date of an option, or refuse it."""
    try:
        return None if value is None else date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"{value!r} is no date; write it as 2026-09-01.", context, parameter) from None


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
    "--today", metavar="DATE", callback=_day, help="Read the registers as if the mock was started on this day."
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
        address = _address(settings.host)
        settings = settings.model_copy(update={"port": _free_port(address, settings)})
        _application(settings)  # before the worker begins, so that it has it ready, and problems are told here
    click.echo(_welcome(settings))
    server = Granian(
        "leerid-idp",
        address=address,
        port=settings.port,
        interface=Interfaces.WSGI,
        blocking_threads=THREADS,
        websockets=False,
        workers=1,
        log_level=LogLevels.error,
    )
    server.serve(target_loader=partial(_in_worker, settings, os.getpid()), wrap_loader=False)


def _in_worker(settings: Settings, parent: int) -> Flask:
    """Return the application; the worker then follows its parent, whatever ends that one."""
    Thread(target=_follow, args=(parent,), daemon=True).start()
    return _application(settings)


def _follow(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(FOLLOWED_EVERY_S)
    os._exit(0)


@cache
def _application(settings: Settings) -> Flask:
    from mock_idp.web import create_app  # noqa: PLC0415  `leerid-idp --help` need not wait for the whole mock

    return create_app(settings)


def _address(host: str) -> str:
    """Return the address of a name, IPv4 first: browsers and libraries find it by either name."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except OSError:
        give_up([f"--host: {host!r} is no name or address of this machine. Try localhost."])
    return str(min(found, key=lambda each: each[0] != socket.AF_INET)[4][0])


def _free_port(address: str, settings: Settings) -> int:
    """Return the port to listen on; leave with a message when somebody else does already."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, settings.port))
        except OSError as error:
            give_up([f"Cannot listen on {settings.host}:{settings.port}: {error.strerror}. Try --port 0, a free one."])
        return int(probe.getsockname()[1])


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
